import { X509Certificate } from 'node:crypto'
import { connect, createServer as createTcpServer, type AddressInfo } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Proxy } from '../../electron/upstream/proxy/proxy.ts'
import { startTestProxy, proxyUser, type ProxyBehaviour } from '../support/test-proxy.ts'
import { startTestSocks, type SocksOptions } from '../support/test-socks.ts'
import {
  answer,
  anUpstream,
  aRequest,
  delta,
  json,
  never,
  secret,
  startProvider,
  wholeStream,
} from './local-provider.ts'
import { certified, pem, startTlsProvider } from './tls-provider.ts'

const proxyAt = (port: number, about: Partial<Proxy> = {}): Proxy => ({
  kind: 'http',
  hostname: '127.0.0.1',
  port,
  credentials: () => null,
  ...about,
})

async function aProxy(behaviour: ProxyBehaviour = 'tunnels') {
  const proxy = await startTestProxy()
  proxy.behaves(behaviour)
  onTestFinished(() => proxy.close())
  return proxy
}

const failure = (cause: string) => ({
  committed: false,
  failure: { kind: 'transport', cause, bodySent: false },
})

/** The name for which the certificate is. */
const named = /DNS:([\w.-]+)/.exec(certificateNames('other-host'))?.[1] ?? ''

function certificateNames(name: string) {
  return new X509Certificate(pem(`${name}.crt`)).subjectAltName ?? ''
}

describe('through a proxy', () => {
  it('a provider is reached by its name in a tunnel, and TLS is made with it: the proxy sees neither key nor text', async () => {
    const proxy = await aProxy()
    const provider = await startTlsProvider('other-host')
    const upstream = anUpstream({ ca: [pem('other-host.crt')], proxyFor: () => proxyAt(proxy.port) })
    const request = aRequest(`https://${named}:${provider.port}/v1`)
    expect(await upstream.attempt(request, secret, never)).toMatchObject({ committed: true })
    expect(proxy.asked).toEqual([`CONNECT ${named}:${provider.port} HTTP/1.1`])
    expect(provider.keys).toEqual([`Bearer ${secret}`])
    expect(proxy.seen().includes(secret)).toBe(false)
    expect(proxy.seen().includes('chat/completions')).toBe(false)
  })

  it('a certificate of another host is refused as without one', async () => {
    const proxy = await aProxy()
    const provider = await startTlsProvider('other-host')
    const upstream = anUpstream({ ca: [pem('other-host.crt')], proxyFor: () => proxyAt(proxy.port) })
    const result = await upstream.attempt(aRequest(`https://elsewhere.example:${provider.port}/v1`), secret, never)
    expect(result).toMatchObject(failure('tls'))
    expect(provider.keys).toEqual([])
  })

  it('an http provider of a private network has a tunnel too, and its connection is used again', async () => {
    const proxy = await aProxy()
    const provider = await startProvider((response) => json(response, 200, answer))
    const upstream = anUpstream({ proxyFor: () => proxyAt(proxy.port) })
    for (let nth = 0; nth < 6; nth += 1) {
      const result = await upstream.attempt(aRequest(`http://ollama.internal:${provider.port}/v1`), secret, never)
      expect(result.committed).toBe(true)
    }
    expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ollama.internal:${provider.port} HTTP/1.1`]))
    // The next call may be on its way before the connection of the one before is free.
    expect(proxy.asked.length).toBeLessThan(3)
    expect(provider.seen.map(({ url }) => url)).toEqual(Array(6).fill('/v1/chat/completions'))
  })

  it('that wants a user and password it is told them, and nobody else is', async () => {
    const proxy = await aProxy('asks')
    const provider = await startProvider((response) => json(response, 200, answer))
    const apiBase = `http://ollama.internal:${provider.port}/v1`
    const ask = (credentials: Proxy['credentials']) =>
      anUpstream({ proxyFor: () => proxyAt(proxy.port, { credentials }) }).attempt(aRequest(apiBase), secret, never)
    expect(await ask(() => null)).toMatchObject(failure('proxy-auth'))
    expect(await ask(() => ({ user: proxyUser, password: 'wrong' }))).toMatchObject(failure('proxy-auth'))
    expect((await ask(() => ({ user: proxyUser, password: 'the password' }))).committed).toBe(true)
    expect(JSON.stringify(provider.seen)).not.toMatch(/proxy-auth/i)
  })

  it.each<[ProxyBehaviour, string]>([
    ['closes', 'proxy-unreachable'],
    ['cuts', 'proxy-unreachable'],
    ['answers HTML', 'proxy-unreachable'],
    ['endless', 'proxy-unreachable'],
    ['hangs', 'proxy-unreachable'],
    ['forbids', 'proxy-refused'],
    ['cannot', 'proxy-refused'],
    ['asks', 'proxy-auth'],
  ])('that %s the request fails by %s, and no key has left', async (behaviour, cause) => {
    const proxy = await aProxy(behaviour)
    const upstream = anUpstream({ proxyFor: () => proxyAt(proxy.port), timeouts: { connectMs: 500 } })
    expect(await upstream.attempt(aRequest('https://api.example/v1'), secret, never)).toMatchObject(failure(cause))
    expect(proxy.seen().includes(secret)).toBe(false)
  })

  it('that is not there, or whose name is unknown, or that belongs to the machine, is said to be unreachable', async () => {
    const gone = await aProxy()
    await gone.close()
    for (const proxy of [
      proxyAt(gone.port),
      proxyAt(3128, { hostname: 'no-such-proxy.invalid' }),
      proxyAt(80, { kind: 'https' }),
    ]) {
      const upstream = anUpstream({ proxyFor: () => proxy, timeouts: { connectMs: 2_000 } })
      const result = await upstream.attempt(aRequest('https://api.example/v1'), secret, never)
      expect(result).toMatchObject(failure('proxy-unreachable'))
    }
  })

  it('a tunnel that is cut after the request is a lost connection, as without one', async () => {
    const proxy = await aProxy('cuts the tunnel')
    const provider = await startProvider((response) => json(response, 200, answer))
    const upstream = anUpstream({ proxyFor: () => proxyAt(proxy.port) })
    const result = await upstream.attempt(aRequest(`http://ollama.internal:${provider.port}/v1`), secret, never)
    expect(result).toMatchObject({ committed: false, failure: { cause: 'connection-lost', bodySent: true } })
  })

  it('over TLS the proxy itself is known by its certificate', async () => {
    const inner = await aProxy()
    const proxyServer = createTlsServer(certified('trusted'), (socket) => {
      const behind = connect(inner.port, '127.0.0.1')
      socket.pipe(behind).pipe(socket)
      for (const one of [socket, behind]) one.on('error', () => socket.destroy())
    })
    await new Promise<void>((resolve) => proxyServer.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void proxyServer.close())
    const { port } = proxyServer.address() as AddressInfo
    const provider = await startProvider((response) => json(response, 200, answer))
    const ask = (ca: readonly string[]) =>
      anUpstream({ ca, proxyFor: () => proxyAt(port, { kind: 'https' }) }).attempt(
        aRequest(`http://ollama.internal:${provider.port}/v1`),
        secret,
        never,
      )
    expect((await ask([pem('trusted.crt')])).committed).toBe(true)
    expect(await ask([])).toMatchObject(failure('proxy-unreachable'))
  })

  it('a change of way holds for the next request, and a stream under way ends as it began', async () => {
    const proxy = await aProxy()
    const gate = Promise.withResolvers<void>()
    const cut = wholeStream.indexOf(delta('lo'))
    const provider = await startProvider(async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(wholeStream.slice(0, cut))
      await gate.promise
      response.end(wholeStream.slice(cut))
    })
    let way: Proxy | null = proxyAt(proxy.port)
    const upstream = anUpstream({ proxyFor: () => way })
    const apiBase = `http://127.0.0.1:${provider.port}/v1`
    const stream = () => upstream.attempt(aRequest(apiBase, { streaming: true }), secret, never)
    const first = await stream()
    way = null
    upstream.reroute()
    const second = await stream()
    expect(proxy.asked).toHaveLength(1)
    gate.resolve()
    for (const one of [first, second]) {
      if (!one.committed || Buffer.isBuffer(one.answer.body)) throw new Error('no stream')
      const text = Buffer.concat(await Array.fromAsync(one.answer.body)).toString()
      expect(text).toBe(wholeStream)
    }
  })
})

describe('through SOCKS 5', () => {
  async function ask(options: SocksOptions, credentials: Proxy['credentials'] = () => null, host = 'ollama.internal') {
    const socks = await startTestSocks(options)
    onTestFinished(() => socks.close())
    const provider = await startProvider((response) => json(response, 200, answer))
    const proxy = proxyAt(socks.port, { kind: 'socks5', credentials })
    const result = await anUpstream({ proxyFor: () => proxy }).attempt(
      aRequest(`http://${host}:${provider.port}/v1`),
      secret,
      never,
    )
    return { result, asked: socks.asked, port: provider.port }
  }

  it('the proxy is given the name, and resolves it itself', async () => {
    const { result, asked, port } = await ask({})
    expect(result.committed).toBe(true)
    expect(asked).toEqual([`ollama.internal:${port}`])
  })

  it('an address is given as one', async () => {
    const { result, asked, port } = await ask({}, () => null, '10.0.0.1')
    expect(result.committed).toBe(true)
    expect(asked).toEqual([`10.0.0.1:${port}`])
  })

  it('user and password are told where they are wanted', async () => {
    const credentials = { user: 'person', password: 'the pässword' }
    expect((await ask({ credentials }, () => credentials)).result.committed).toBe(true)
    expect((await ask({ credentials })).result).toMatchObject(failure('proxy-auth'))
    const wrong = () => ({ user: 'person', password: 'wrong' })
    expect((await ask({ credentials }, wrong)).result).toMatchObject(failure('proxy-auth'))
  })

  it('a refusal is the proxy’s', async () => {
    expect((await ask({ reply: 5 })).result).toMatchObject(failure('proxy-refused'))
  })

  it('what speaks something else is not reached', async () => {
    const server = createTcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n').on('error', () => {}))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const upstream = anUpstream({ proxyFor: () => proxyAt(port, { kind: 'socks5' }) })
    const result = await upstream.attempt(aRequest('https://api.example/v1'), secret, never)
    expect(result).toMatchObject(failure('proxy-unreachable'))
  })
})
