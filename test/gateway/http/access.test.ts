import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FakeClock } from '../../support/fake-clock.ts'
import { aGatewayPort } from '../../support/gateway-port.ts'
import { rawRequest, sendRaw } from '../../support/raw-http.ts'
import { createFailureThrottle } from '../../../electron/loopback/failure-throttle.ts'

type Port = Awaited<ReturnType<typeof aGatewayPort>>

interface Shape {
  line?: string
  hosts?: string[]
  headers?: string[]
  token?: string | null
  type?: string | null
}

/** A request that is answered, but for what a test changes about it. */
function shaped({ host, token: ours }: Port, shape: Shape = {}): string {
  const { line = 'POST /v1/chat/completions', hosts = [host], headers = [], token = ours, type } = shape
  const isPost = line.startsWith('POST')
  const contentType = type === undefined ? 'application/json' : type
  return rawRequest(
    line,
    [
      ...hosts.map((one) => `Host: ${one}`),
      ...headers,
      ...(token === null ? [] : [`Authorization: Bearer ${token}`]),
      ...(isPost && contentType !== null ? [`Content-Type: ${contentType}`] : []),
    ],
    isPost ? '{"model":"m"}' : '',
  )
}

const ask = async (port: Port, shape: Shape = {}) => sendRaw(port.port, shaped(port, shape))

const codeOf = (body: string): unknown => {
  const parsed = JSON.parse(body) as { error: { code: unknown } }
  return parsed.error.code
}

describe('the address', () => {
  it('is answered under its three names, with its port', async () => {
    const port = await aGatewayPort()
    for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
      expect(await ask(port, { hosts: [`${name}:${port.port}`] })).toMatchObject({ status: 200 })
    }
  })

  it.each([
    ['a name that a page has rebound', (p: number) => [`rebind.test:${p}`]],
    ['a name under localhost', (p: number) => [`x.localhost:${p}`]],
    ['a trailing dot', (p: number) => [`localhost.:${p}`]],
    ['another spelling of the address', (p: number) => [`127.1:${p}`]],
    ['the address within IPv6', (p: number) => [`[::ffff:127.0.0.1]:${p}`]],
    ['the unspecified address', (p: number) => [`0.0.0.0:${p}`]],
    ['another port', (p: number) => [`127.0.0.1:${p + 1}`]],
    ['no port', () => ['127.0.0.1']],
    ['no Host', () => []],
    ['an empty Host', () => ['']],
    ['the right Host twice', (p: number) => [`127.0.0.1:${p}`, `127.0.0.1:${p}`]],
    ['the right Host and another', (p: number) => [`127.0.0.1:${p}`, 'evil.test']],
    ['another Host and the right one', (p: number) => ['evil.test', `127.0.0.1:${p}`]],
  ])('is not %s, whatever token comes with it', async (_, hosts) => {
    const port = await aGatewayPort()
    const answer = await ask(port, { hosts: hosts(port.port) })
    expect([answer.status, codeOf(answer.body)]).toEqual([421, 'other_host'])
    expect(port.requests).toEqual([])
  })

  it.each([
    ['GET http://evil.test/v1/models', 400],
    ['GET //evil.test/v1/models', 400],
    ['GET *', 400],
    ['GET /v1/\u00e9', 400],
  ])('is a plain path: %s is refused', async (line, status) => {
    const port = await aGatewayPort()
    expect(await ask(port, { line })).toMatchObject({ status })
    expect(port.requests).toEqual([])
  })

  it('says ok at /healthz, and nothing else, once the Host is right', async () => {
    const port = await aGatewayPort()
    expect(await ask(port, { line: 'GET /healthz', token: null })).toMatchObject({ status: 200, body: 'ok\n' })
    expect(await ask(port, { line: 'GET /healthz', token: null, hosts: ['evil.test'] })).toMatchObject({ status: 421 })
  })
})

describe('a web page', () => {
  it.each([
    ['an image', { line: 'GET /v1/models', headers: ['Sec-Fetch-Site: cross-site'], token: null }, 403],
    [
      'a no-cors POST of text/plain',
      { headers: ['Origin: http://evil.test', 'Sec-Fetch-Site: cross-site'], token: null, type: 'text/plain' },
      403,
    ],
    ['a form', { headers: ['Origin: http://evil.test'], token: null, type: 'text/plain' }, 403],
    [
      'a plain cors GET',
      { line: 'GET /v1/models', headers: ['Origin: http://evil.test', 'Sec-Fetch-Site: cross-site'], token: null },
      403,
    ],
    [
      'a preflight',
      {
        line: 'OPTIONS /v1/chat/completions',
        headers: ['Origin: http://evil.test', 'Access-Control-Request-Method: POST'],
        token: null,
      },
      403,
    ],
    ['a page on another port of this machine', { headers: ['Sec-Fetch-Site: same-site'] }, 403],
    ['a page without an origin', { headers: ['Origin: null'] }, 403],
    ['a page that holds a token', { headers: ['Origin: http://evil.test'] }, 403],
    ['two words about its site', { headers: ['Sec-Fetch-Site: none', 'Sec-Fetch-Site: cross-site'] }, 403],
  ] as const)('is refused: %s', async (_, shape, status) => {
    const port = await aGatewayPort()
    const answer = await ask(port, { ...shape, headers: [...(shape.headers ?? [])] })
    expect(answer.status).toBe(status)
    expect(answer.head).not.toMatch(/access-control/i)
    expect(port.requests).toEqual([])
  })

  it('gets no Access-Control header from any answer, and none may be framed, sniffed or kept', async () => {
    const port = await aGatewayPort()
    const answers = [await ask(port), await ask(port, { token: null }), await ask(port, { hosts: ['evil.test'] })]
    for (const { head } of answers) {
      expect(head).not.toMatch(/^(?:access-control|set-cookie|server|x-powered-by)/im)
      expect(head).toMatch(/^x-content-type-options: nosniff/im)
      expect(head).toMatch(/^cross-origin-resource-policy: same-origin/im)
      expect(head).toMatch(/^cache-control: no-store/im)
    }
  })
})

describe('a method', () => {
  it.each(['PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND'])(
    'other than GET, HEAD and POST is refused: %s',
    async (method) => {
      const port = await aGatewayPort()
      expect(await ask(port, { line: `${method} /v1/models` })).toMatchObject({ status: 405 })
      expect(port.requests).toEqual([])
    },
  )

  it('HEAD is answered like GET, without the body', async () => {
    const port = await aGatewayPort()
    const answer = await ask(port, { line: 'HEAD /v1/models' })
    expect(answer).toMatchObject({ status: 200, body: '' })
    expect(answer.head).toMatch(/^content-length: 11$/im)
  })
})

describe('a token', () => {
  it('is taken as OpenAI’s clients present it, and as Anthropic’s do', async () => {
    const port = await aGatewayPort()
    expect(await ask(port)).toMatchObject({ status: 200 })
    expect(await ask(port, { token: null, headers: [`x-api-key: ${port.token}`] })).toMatchObject({ status: 200 })
    expect(await ask(port, { token: null, headers: [`AUTHORIZATION: bearer ${port.token}`] })).toMatchObject({
      status: 200,
    })
  })

  it('never reaches the gateway, which only learns whose it is', async () => {
    const port = await aGatewayPort()
    await ask(port, { headers: [`x-api-key: ${port.token}`, 'Cookie: a=b', 'Proxy-Authorization: x'] })
    expect(port.requests).toMatchObject([{ client: 'notebook' }])
    expect(JSON.stringify(port.requests)).not.toContain(port.token)
    expect(Object.keys(port.requests[0]?.headers ?? {})).toEqual(['content-type'])
  })

  const wrong: readonly (readonly [string, (token: string) => Shape])[] = [
    ['none', () => ({ token: null })],
    ['another', () => ({ token: `gw-${'a'.repeat(43)}` })],
    ['one with another last character', (token) => ({ token: token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A') })],
    ['one that is cut short', (token) => ({ token: token.slice(0, -1) })],
    ['an empty one', () => ({ token: null, headers: ['Authorization: Bearer '] })],
    ['one given twice', (token) => ({ headers: [`Authorization: Bearer ${token}`] })],
    ['one in the address', (token) => ({ line: `GET /v1/models?key=${token}`, token: null })],
    ['one in a cookie', (token) => ({ token: null, headers: [`Cookie: token=${token}`] })],
    ['one as a password', (token) => ({ token: null, headers: [`Authorization: Basic ${btoa(`x:${token}`)}`] })],
  ]
  it.each(wrong)('that is wrong is refused in the same words: %s', async (_, shape) => {
    const port = await aGatewayPort()
    const answer = await ask(port, shape(port.token))
    const plain = await ask(port, { token: null })
    expect(answer).toMatchObject({ status: 401, body: plain.body })
    expect(port.requests).toEqual([])
  })

  it('is refused at once when it was revoked or replaced, and what is under way with it ends', async () => {
    const held = Promise.withResolvers<void>()
    const port = await aGatewayPort({
      async handle({ signal }) {
        held.resolve()
        await new Promise<void>((resolve) => signal.addEventListener('abort', resolve))
        throw new Error('nobody waits for this any more')
      },
    })
    const { client, token } = await port.mint({ name: 'other' })
    const cutOff = ask(port, { token })
    await held.promise
    await port.clients.revoke(client.id)
    expect(await cutOff).toMatchObject({ status: 0 })
    expect(await ask(port, { token })).toMatchObject({ status: 401 })
    expect(port.usage.inFlight()).toBe(0)
    expect(port.bugs).toEqual([])
  })

  it('that is wrong is answered a second later after twenty in a minute, and a right one never waits', async () => {
    const clock = new FakeClock()
    const port = await aGatewayPort({ throttle: createFailureThrottle(clock) })
    for (let attempt = 0; attempt < 20; attempt += 1) {
      expect(await ask(port, { token: null })).toMatchObject({ status: 401 })
    }
    const late = ask(port, { token: null })
    expect(await ask(port)).toMatchObject({ status: 200 })
    while (clock.pending === 0) await new Promise((resolve) => setImmediate(resolve))
    expect(clock.pending).toBe(1)
    await clock.advance(1_000)
    expect(await late).toMatchObject({ status: 401 })
  })

  it('cannot be told from any other before the vault was open, which it is told', async () => {
    const port = await aGatewayPort({ isVaultLocked: () => true })
    const answer = await ask(port, { token: `gw-${'a'.repeat(43)}` })
    expect([answer.status, codeOf(answer.body)]).toEqual([503, 'vault_locked'])
    expect(await ask(port, { token: 'sk-something' })).toMatchObject({ status: 401 })
  })
})

describe('a body', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', null])(
    'is JSON or multipart, not %s',
    async (type) => {
      const port = await aGatewayPort()
      expect(await ask(port, { type })).toMatchObject({ status: 415 })
      expect(port.requests).toEqual([])
    },
  )

  it.each(['application/json', 'Application/JSON; charset=utf-8', 'multipart/form-data; boundary=x'])(
    'may be %s',
    async (type) => {
      const port = await aGatewayPort()
      expect(await ask(port, { type })).toMatchObject({ status: 200 })
      expect(port.requests.map(({ body }) => Buffer.from(body).toString())).toEqual(['{"model":"m"}'])
    },
  )
})

describe('an error', () => {
  it('has the shape of the API that was called', async () => {
    const port = await aGatewayPort()
    const openai = await ask(port, { token: null })
    const anthropic = await ask(port, { token: null, line: 'POST /v1/messages' })
    expect(JSON.parse(openai.body)).toMatchObject({
      error: { code: 'invalid_token', type: 'keywheel_error', param: null },
    })
    expect(JSON.parse(anthropic.body)).toMatchObject({ type: 'error', error: { type: 'authentication_error' } })
  })
})

/** Each fault, in the order in which they are looked for. */
const faults: readonly { status: number; apply: (shape: Shape) => Shape }[] = [
  { status: 421, apply: (shape) => ({ ...shape, hosts: ['evil.test'] }) },
  { status: 400, apply: (shape) => ({ ...shape, line: (shape.line ?? '').replace(' /', ' //') }) },
  { status: 405, apply: (shape) => ({ ...shape, line: (shape.line ?? '').replace('POST', 'PUT') }) },
  { status: 403, apply: (shape) => ({ ...shape, headers: [...(shape.headers ?? []), 'Origin: http://evil.test'] }) },
  { status: 403, apply: (shape) => ({ ...shape, headers: [...(shape.headers ?? []), 'Sec-Fetch-Site: cross-site'] }) },
  { status: 401, apply: (shape) => ({ ...shape, token: null }) },
  { status: 415, apply: (shape) => ({ ...shape, type: 'text/plain' }) },
]

describe('the checks', () => {
  it('are made in one order: of several faults the first one decides', async () => {
    const port = await aGatewayPort()
    await fc.assert(
      fc.asyncProperty(fc.subarray([...faults.keys()], { minLength: 1 }), async (chosen) => {
        const shape = chosen.reduce<Shape>((made, index) => faults[index]!.apply(made), {
          line: 'POST /v1/chat/completions',
        })
        expect((await ask(port, shape)).status).toBe(faults[Math.min(...chosen)]?.status)
      }),
      { numRuns: 60 },
    )
  })

  it('let nothing through that has not both the token and the Host', async () => {
    const port = await aGatewayPort()
    const word = fc.constantFrom('127.0.0.1', 'localhost', '[::1]', 'evil.test', `:${port.port}`, port.host, '', ' ')
    const header = fc.tuple(
      fc.constantFrom('Host', 'host', 'X-Forwarded-Host', 'Authorization', 'x-api-key', 'Origin', 'Connection', 'Via'),
      fc.oneof(
        word,
        fc.tuple(word, word).map(([a, b]) => a + b),
        fc.constantFrom('Bearer x', 'Upgrade', 'close'),
      ),
    )
    const lines = fc.constantFrom(
      'GET /v1/models',
      'POST /v1/chat/completions',
      'GET /metrics',
      'HEAD /',
      'CONNECT a:1',
    )
    await fc.assert(
      fc.asyncProperty(lines, fc.array(header, { maxLength: 6 }), fc.boolean(), async (line, headers, isOurs) => {
        const written = headers.map(([name, value]) => `${name}: ${value}`)
        // With the token the Host is what must be wrong, and without it whatever the Host is.
        const hosts = headers.filter(([name]) => name.toLowerCase() === 'host').map(([, value]) => value.trim())
        const isRight =
          hosts.length === 1 && [port.host, `localhost:${port.port}`, `[::1]:${port.port}`].includes(hosts[0]!)
        fc.pre(!(isOurs && isRight))
        const token = isOurs ? [`Authorization: Bearer ${port.token}`] : []
        const { status } = await sendRaw(port.port, rawRequest(line, [...written, ...token]))
        expect(status === 0 || status >= 400).toBe(true)
      }),
      { numRuns: 200 },
    )
    expect(port.requests).toEqual([])
  })
})
