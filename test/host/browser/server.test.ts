import { connect } from 'node:net'
import { describe, expect, it, vi } from 'vitest'
import { FakeClock } from '../../support/fake-clock.ts'
import { aBrowserServer, closeCodeOf, outcomeOf } from '../../support/browser-server.ts'
import { rawRequest, sendRaw } from '../../support/raw-http.ts'

const codeOf = (link: string) => new URL(link).hash.replace('#code=', '')

describe('The page', () => {
  it('is served with a content policy whose nonce it carries, and each time with another', async () => {
    const { server } = await aBrowserServer()
    const [first, second] = await Promise.all([fetch(`${server.origin}/`), fetch(`${server.origin}/`)])
    const policy = first.headers.get('content-security-policy') ?? ''
    const nonce = /'nonce-([\w-]+)'/.exec(policy)?.[1] ?? 'none'
    expect(await first.text()).toContain(`<meta name="csp-nonce" content="${nonce}">`)
    expect(second.headers.get('content-security-policy')).not.toBe(policy)
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${server.port};`)
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types default")
    expect(policy).not.toMatch(/unsafe|\*/)
  })

  it.each(['/', '/assets/index.js', '/nothing', '/session', '/link'])(
    'and whatever else is at %s tells the browser to keep, guess, share and frame nothing',
    async (path) => {
      const { server } = await aBrowserServer()
      const { headers } = await fetch(`${server.origin}${path}`)
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('set-cookie')).toBeNull()
      expect(headers.get('access-control-allow-origin')).toBeNull()
    },
  )

  it('has a head without a body', async () => {
    const { server } = await aBrowserServer()
    const response = await fetch(`${server.origin}/`, { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
  })

  it('is on 127.0.0.1 and on no other address of this machine', async () => {
    const { server } = await aBrowserServer()
    const refused = new Promise((resolve) => {
      connect(server.port, '::1')
        .on('error', () => resolve('refused'))
        .on('connect', () => resolve('connected'))
    })
    expect(await refused).toBe('refused')
  })
})

describe('A request as no browser of ours sends it', () => {
  const own = (port: number) => [`host: 127.0.0.1:${port}`]

  it.each([
    ['/../../package.json', 404],
    ['/assets/../../../../etc/passwd', 404],
    ['/%2e%2e/%2e%2e/etc/passwd', 404],
    ['/..%2f..%2fetc%2fpasswd', 404],
    ['/assets/..\\..\\package.json', 404],
    ['/assets/index.js%00.png', 404],
    ['/assets//index.js', 404],
    ['/ASSETS/INDEX.JS', 404],
    ['/assets/', 404],
    ['//etc/passwd', 400],
    ['http://evil.test/', 400],
    ['/assets/index.js', 200],
    ['/?anything=1', 200],
  ])('for %s gets %i', async (target, status) => {
    const { server } = await aBrowserServer()
    expect((await sendRaw(server.port, rawRequest(`GET ${target}`, own(server.port)))).status).toBe(status)
  })

  it.each([
    ['without a Host', []],
    ['with two', ['host: 127.0.0.1:PORT', 'host: evil.test']],
    ['with a name that was rebound', ['host: rebind.test:PORT']],
    ['with localhost', ['host: localhost:PORT']],
  ])('%s is misdirected, page and files included', async (_, headers) => {
    const { server } = await aBrowserServer()
    const lines = headers.map((header) => header.replace('PORT', String(server.port)))
    for (const target of ['/', '/assets/index.js', '/nothing']) {
      const answer = await sendRaw(server.port, rawRequest(`GET ${target}`, lines))
      expect(answer.status).toBe(421)
      expect(answer.body).not.toContain('<')
    }
  })

  it('may name the right Host only once even when it asks in HTTP/1.0', async () => {
    const { server } = await aBrowserServer()
    expect((await sendRaw(server.port, 'GET / HTTP/1.0\r\n\r\n')).status).toBe(421)
  })

  it.each([
    ['two lengths', 'content-length: 5\r\ncontent-length: 6'],
    ['a length and chunks', 'content-length: 5\r\ntransfer-encoding: chunked'],
  ])('with %s is not read at all', async (_, framing) => {
    const { server } = await aBrowserServer()
    const bytes = `POST /session HTTP/1.1\r\nhost: 127.0.0.1:${server.port}\r\n${framing}\r\n\r\n{"a":1}`
    expect((await sendRaw(server.port, bytes)).status).toBe(400)
  })

  it('with headers beyond 16 KiB is cut off', async () => {
    const { server } = await aBrowserServer()
    const answer = await sendRaw(server.port, rawRequest('GET /', [...own(server.port), `x: ${'y'.repeat(20_000)}`]))
    expect(answer.status).toBe(431)
  })
})

describe('A one-time code', () => {
  it('is in the fragment of the link and is exchanged for a session', async () => {
    const { server, post } = await aBrowserServer()
    const link = server.link()
    expect(link).toMatch(new RegExp(`^${server.origin}/#code=[\\w-]+$`))
    const response = await post('/session', JSON.stringify({ code: codeOf(link) }))
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ token: expect.stringMatching(/^[\w-]{43}$/) })
  })

  it('is refused in the same words whether it is wrong or was used, and its session ends with the second use', async () => {
    const { server, post, enter } = await aBrowserServer()
    const link = server.link()
    const token = await enter(link)
    const session = () => fetch(`${server.origin}/session`, { headers: { authorization: `Bearer ${token}` } })
    expect((await session()).status).toBe(204)
    const used = await post('/session', JSON.stringify({ code: codeOf(link) }))
    const wrong = await post('/session', JSON.stringify({ code: 'A'.repeat(32) }))
    expect([used.status, wrong.status]).toEqual([401, 401])
    expect(await used.text()).toBe(await wrong.text())
    expect((await session()).status).toBe(401)
  })

  it.each([
    ['a form', 'application/x-www-form-urlencoded', 'code=x', 415],
    ['plain text, which any page may send', 'text/plain', '{"code":"x"}', 415],
    ['nothing', 'application/json', '', 400],
    ['no JSON', 'application/json', '{"code":', 400],
    ['no object', 'application/json', 'null', 400],
    ['no code', 'application/json', '{"token":"x"}', 400],
    ['a number', 'application/json', '{"code":1}', 400],
    ['a prototype', 'application/json', '{"__proto__":{"code":"x"}}', 400],
    ['an endless code', 'application/json', `{"code":"${'x'.repeat(200)}"}`, 400],
    ['a body that is too large', 'application/json', `{"code":"${'x'.repeat(5_000)}"}`, 413],
  ])('is not looked for in %s', async (_, type, body, status) => {
    const { post } = await aBrowserServer()
    const response = await post('/session', body, { 'content-type': type })
    expect(response.status).toBe(status)
    expect(await response.text()).toBe('Refused.\n')
  })

  it.each([
    ['from another page', { origin: 'http://evil.test' }],
    ['from another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['from a page without an origin', { origin: 'null' }],
    ['across sites', { 'sec-fetch-site': 'cross-site' }],
    ['from another port, as Chromium marks it', { 'sec-fetch-site': 'same-site' }],
  ])('is not exchanged %s, and stays good for its owner', async (_, headers: Record<string, string>) => {
    const { server, post } = await aBrowserServer()
    const code = codeOf(server.link())
    const bytes = (given: Record<string, string>) =>
      rawRequest(
        'POST /session',
        Object.entries({ host: new URL(server.origin).host, 'content-type': 'application/json', ...given }).map(
          ([name, value]) => `${name}: ${value}`,
        ),
        JSON.stringify({ code }),
      )
    const answer = await sendRaw(server.port, bytes({ origin: server.origin, ...headers }))
    expect(answer.status).toBe(403)
    expect((await post('/session', JSON.stringify({ code }))).status).toBe(200)
  })

  it('waits a second for its refusal after twenty wrong ones in a minute, while a right one does not', async () => {
    const clock = new FakeClock()
    const { server, post } = await aBrowserServer({ clock })
    const wrong = () => post('/session', JSON.stringify({ code: 'wrong' }))
    for (let tried = 0; tried < 20; tried += 1) expect((await wrong()).status).toBe(401)
    const before = clock.pending
    const late = wrong()
    await vi.waitFor(() => expect(clock.pending).toBe(before + 1))
    expect((await post('/session', JSON.stringify({ code: codeOf(server.link()) }))).status).toBe(200)
    await clock.advance(1_000)
    expect((await late).status).toBe(401)
  })
})

describe('A session', () => {
  it('ends when its page says so, together with its sockets', async () => {
    const { server, enter, call } = await aBrowserServer()
    const token = await enter(server.link())
    const { socket, client } = call(token)
    await client.settings.get()
    const closed = closeCodeOf(socket)
    const authorization = `Bearer ${token}`
    const left = await fetch(`${server.origin}/session`, {
      method: 'DELETE',
      headers: { authorization, origin: server.origin },
    })
    expect(left.status).toBe(204)
    expect(await closed).toBe(4401)
    expect((await fetch(`${server.origin}/session`, { headers: { authorization } })).status).toBe(401)
  })

  it.each(['', 'Bearer', 'Bearer ', 'Basic abc', 'Bearer a b', `Bearer ${'x'.repeat(500)}`, 'bearer'])(
    'is not found by the header %j',
    async (authorization) => {
      const { server } = await aBrowserServer()
      expect((await fetch(`${server.origin}/session`, { headers: { authorization } })).status).toBe(401)
    },
  )

  it('is not found by a cookie or in the address', async () => {
    const { server, enter } = await aBrowserServer()
    const token = await enter(server.link())
    const headers = { cookie: `keywheel=${token}; token=${token}; session=${token}` }
    expect((await fetch(`${server.origin}/session`, { headers })).status).toBe(401)
    expect((await fetch(`${server.origin}/session?token=${token}`)).status).toBe(404)
  })
})

describe('The socket', () => {
  it('carries calls and their answers, for several tabs at once', async () => {
    const { server, enter, call } = await aBrowserServer()
    const [one, two] = [call(await enter(server.link())), call(await enter(server.link()))]
    await one.client.settings.set({ theme: 'dark' })
    expect((await two.client.settings.get()).theme).toBe('dark')
  })

  it('serves a tab that was duplicated together with its session', async () => {
    const { server, enter, call } = await aBrowserServer()
    const token = await enter(server.link())
    const answers = await Promise.all([call(token).client.settings.get(), call(token).client.settings.get()])
    expect(answers).toHaveLength(2)
  })

  it('lets go of a stream when its page goes away', async () => {
    const { server, enter, call, application } = await aBrowserServer()
    const { socket, client } = call(await enter(server.link()))
    const live = await client.events.live()
    await live.next()
    expect(application.streams.open).toBe(1)
    socket.terminate()
    await vi.waitFor(() => expect(application.streams.open).toBe(0))
  })

  it('never sends the token back', async () => {
    const { server, enter, call } = await aBrowserServer()
    const { socket } = call(await enter(server.link()))
    expect(await outcomeOf(socket)).toBe('open')
    expect(socket.protocol).toBe('keywheel')
  })

  it.each<[string, (token: string) => string[]]>([
    ['no subprotocol', () => []],
    ['no token', () => ['keywheel']],
    ['a token alone', (token) => [token]],
    ['a wrong token', (token) => ['keywheel', `${token.slice(1)}A`]],
    ['the token before the name', (token) => [token, 'keywheel']],
    ['more than a token', (token) => ['keywheel', 'x', token]],
  ])('is refused with %s', async (_, protocols) => {
    const { server, enter, openSocket } = await aBrowserServer()
    const token = await enter(server.link())
    expect(await outcomeOf(openSocket(protocols(token)))).toBe(401)
  })

  it.each<[string, Record<string, string>, number]>([
    ['another Origin', { origin: 'http://evil.test' }, 403],
    ['the Origin of another port', { origin: 'http://127.0.0.1:1' }, 403],
    ['no Origin', {}, 403],
    ['a rebound Host', { host: 'rebind.test', origin: 'http://rebind.test' }, 421],
    ['another page as its initiator', { 'sec-fetch-site': 'cross-site' }, 403],
  ])('is refused with the right token and %s', async (_, headers, status) => {
    const { server, enter, openSocket } = await aBrowserServer()
    const token = await enter(server.link())
    const given = 'sec-fetch-site' in headers ? { origin: server.origin, ...headers } : headers
    expect(await outcomeOf(openSocket(['keywheel', token], given))).toBe(status)
  })

  it('is at one address only', async () => {
    const { server, enter, openSocket } = await aBrowserServer()
    const token = await enter(server.link())
    expect(await outcomeOf(openSocket(['keywheel', token], { origin: server.origin }, '/'))).toBe(404)
    expect(await outcomeOf(openSocket(['keywheel', token], { origin: server.origin }, `/rpc?${token}`))).toBe(404)
  })

  it('is closed by a message that is larger than any import', async () => {
    const { server, enter, call } = await aBrowserServer()
    const { socket } = call(await enter(server.link()))
    await outcomeOf(socket)
    const closed = closeCodeOf(socket)
    socket.send(Buffer.alloc(12 * 1024 * 1024 + 1))
    expect(await closed).toBe(1009)
  })

  it('outlives text that is no call', async () => {
    const silenced = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const { server, enter, call } = await aBrowserServer()
    const { socket, client } = call(await enter(server.link()))
    await outcomeOf(socket)
    for (const nonsense of ['', '{', 'null', '[]', '{"i":1}', '\u0000']) socket.send(nonsense)
    expect(await client.settings.get()).toMatchObject({ theme: 'system' })
    silenced.mockRestore()
  })

  it('is given up when its page answers no ping for half a minute', async () => {
    const clock = new FakeClock()
    const { server, enter, openSocket } = await aBrowserServer({ clock })
    const socket = openSocket(['keywheel', await enter(server.link())])
    expect(await outcomeOf(socket)).toBe('open')
    socket.pause()
    const closed = closeCodeOf(socket)
    await clock.advance(60_000)
    socket.resume()
    expect(await closed).toBe(1006)
  })
})

describe('A link for a second start', () => {
  it('is given to who knows the control token, and opens a session', async () => {
    const { server, controlToken, post, enter } = await aBrowserServer()
    const response = await post('/link', '', { authorization: `Bearer ${controlToken}` })
    const { link } = (await response.json()) as { link: string }
    expect(await enter(link)).toMatch(/^[\w-]{43}$/)
    expect(server.link()).not.toBe(link)
  })

  it('is given neither to a page with a session nor to a wrong token nor without an Origin', async () => {
    const { server, controlToken, post, enter } = await aBrowserServer()
    const session = await enter(server.link())
    expect((await post('/link', '', { authorization: `Bearer ${session}` })).status).toBe(401)
    expect((await post('/link', '', { authorization: 'Bearer wrong' })).status).toBe(401)
    expect((await post('/link', '')).status).toBe(401)
    const headers = { authorization: `Bearer ${controlToken}` }
    expect((await fetch(`${server.origin}/link`, { method: 'POST', headers })).status).toBe(403)
  })
})

describe('Closing the server', () => {
  it('tells each page and ends what it held open', async () => {
    const { server, enter, call, application } = await aBrowserServer()
    const { socket, client } = call(await enter(server.link()))
    const live = await client.events.live()
    await live.next()
    const closed = closeCodeOf(socket)
    await server.close()
    expect(await closed).toBe(1001)
    await vi.waitFor(() => expect(application.streams.open).toBe(0))
    await expect(fetch(server.origin)).rejects.toThrow('fetch failed')
  })

  it('does not wait for a page that no longer listens', async () => {
    const clock = new FakeClock()
    const { server, enter, openSocket } = await aBrowserServer({ clock })
    const socket = openSocket(['keywheel', await enter(server.link())])
    await outcomeOf(socket)
    socket.pause()
    const closed = server.close()
    await clock.advance(2_000)
    await clock.advance(2_000)
    await expect(closed).resolves.toBeUndefined()
    socket.resume()
  })

  it('does not wait for a request that never ends', async () => {
    const clock = new FakeClock()
    const { server } = await aBrowserServer({ clock })
    const dangling = sendRaw(server.port, `POST /session HTTP/1.1\r\nhost: 127.0.0.1:${server.port}\r\n`)
    await vi.waitFor(async () => expect((await fetch(server.origin)).status).toBe(200))
    const closed = server.close()
    await vi.waitFor(async () => {
      await clock.advance(2_000)
      await expect(fetch(server.origin)).rejects.toThrow('fetch failed')
    })
    await clock.advance(2_000)
    await closed
    await dangling
  })
})
