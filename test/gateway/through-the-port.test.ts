import { describe, expect, it, onTestFinished } from 'vitest'
import type { NewClient } from '../../shared/gateway.ts'
import { freePort } from '../support/free-port.ts'
import { aNewClient } from '../support/gateway-port.ts'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { addModel, anOpenApp } from '../support/open-app.ts'
import { aPassphrase, aTestApp } from '../support/test-app.ts'

const secretNumber = (n: number) => `sk-canary-behind-the-gateway-${n}`

/** The application with its gateway on, a model of a few keys behind it, and a client of it. */
async function aGateway(keys = 1, over: Partial<NewClient> = {}) {
  const mock = await startMockUpstream()
  onTestFinished(() => mock.close())
  const app = await anOpenApp()
  const { client: page } = app
  const secrets = Array.from({ length: keys }, (_, n) => secretNumber(n + 1))
  const { modelId } = await addModel(page, secrets, { name: 'mock-model', apiBase: mock.url })
  const { token, client } = await page.gateway.addClient(aNewClient(over))
  const port = await freePort()
  await page.gateway.switch({ on: true, port })
  const base = `http://127.0.0.1:${port}/v1`
  const ask = (body: object = {}, init: RequestInit = {}) =>
    fetch(`${base}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'mock-model', messages: [{ role: 'user', content: 'hi' }], ...body }),
      ...init,
    })
  const get = (path: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization: `Bearer ${token}` } })
  return { ...app, page, mock, modelId, token, id: client.id, port, base, ask, get }
}

const theClient = async ({ page }: Awaited<ReturnType<typeof aGateway>>) => {
  const [client] = await page.gateway.clients()
  if (!client) throw new Error('there is no client')
  return client
}

/** Everything that a client could read of an answer. */
async function allOf(answer: Response): Promise<string> {
  return [answer.statusText, ...[...answer.headers].flat(), await answer.text()].join('\n')
}

describe('a program on this machine', () => {
  it('gets its answer with four of five keys dead, and no one but the provider learns of a key', async () => {
    const gateway = await aGateway(5)
    for (const n of [1, 2, 3, 4]) gateway.mock.script(secretNumber(n), upstream.rejectsKey())
    gateway.mock.script(secretNumber(5), upstream.says('hello'))
    const answer = await gateway.ask({ temperature: 0.7, stream: false })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('x-keywheel-attempts')).toBe('5')
    const text = await allOf(answer)
    expect(text).toContain('hello')
    expect(text).not.toContain('sk-canary')
  })

  it('sends neither its token nor its cookies on', async () => {
    const gateway = await aGateway()
    gateway.mock.script(secretNumber(1), upstream.says('hello'))
    await gateway.ask(
      {},
      {
        headers: {
          authorization: `Bearer ${gateway.token}`,
          'x-api-key': gateway.token,
          cookie: 'a=b',
          referer: 'http://a.test/',
          'x-forwarded-for': '10.0.0.1',
          'content-type': 'application/json',
        },
      },
    )
    const [seen] = gateway.mock.requests
    expect(seen?.key).toBe(secretNumber(1))
    expect(JSON.stringify(seen?.headers)).not.toMatch(/gw-|cookie|referer|forwarded/)
  })

  it.each([
    ['in an error', upstream.refuses(400, { message: `your key ${secretNumber(1)} is odd` })],
    ['in a header', upstream.answers(400, { error: { message: 'no' } }, { 'x-request-id': secretNumber(1) })],
    ['in an answer', upstream.says('your key is ', secretNumber(1))],
  ] as const)('never sees a key that its provider repeats %s', async (_, answer) => {
    for (const stream of [false, true]) {
      const gateway = await aGateway()
      gateway.mock.script(secretNumber(1), answer)
      expect(await allOf(await gateway.ask({ stream }))).not.toContain(secretNumber(1))
    }
  })

  it('that goes away has its answer ended at the provider', async () => {
    const gateway = await aGateway()
    gateway.mock.script(secretNumber(1), upstream.stalls('first'))
    const leave = new AbortController()
    const answer = await gateway.ask({ stream: true }, { signal: leave.signal })
    await answer.body?.getReader().read()
    leave.abort()
    expect(await (await gateway.mock.arrival(1)).leftEarly).toBe(true)
  })

  it('is told that the vault is locked, and served again when it is open', async () => {
    const gateway = await aGateway()
    gateway.mock.script(secretNumber(1), upstream.says('hello'))
    await gateway.page.vault.lock()
    const locked = await gateway.ask()
    expect(locked.status).toBe(503)
    expect(await locked.json()).toMatchObject({
      error: { code: 'vault_locked', message: 'The vault is locked. Unlock it in Keywheel.' },
    })
    for (const path of ['/v1/models', '/v1/models/mock-model']) {
      const list = await gateway.get(path)
      expect([list.status, await list.json()]).toMatchObject([503, { error: { code: 'vault_locked' } }])
    }
    await gateway.page.vault.unlock({ passphrase: aPassphrase })
    expect((await gateway.ask()).status).toBe(200)
    expect(await (await gateway.get('/v1/models')).json()).toMatchObject({ data: [{ id: 'mock-model' }] })
  })

  it('is served while the interface is locked', async () => {
    const gateway = await aGateway()
    gateway.mock.script(secretNumber(1), upstream.says('hello'))
    await gateway.page.vault.lockInterface()
    expect((await gateway.ask()).status).toBe(200)
  })
})

describe('a client', () => {
  it('that may use some models is refused the others, and is shown only those', async () => {
    const gateway = await aGateway()
    const { modelId: other } = await addModel(gateway.page, ['sk-canary-of-another-model-1'], { name: 'other' })
    await gateway.page.gateway.editClient({ id: gateway.id, edit: { allowedModels: [other] } })
    const refused = await gateway.ask()
    expect(refused.status).toBe(403)
    expect(await refused.json()).toMatchObject({ error: { code: 'model_not_allowed' } })
    expect(await (await gateway.get('/v1/models')).json()).toMatchObject({ data: [{ id: 'other' }] })
    expect(gateway.mock.requests).toEqual([])
  })

  it('is shown with what it has used', async () => {
    const gateway = await aGateway()
    gateway.mock.script(secretNumber(1), upstream.says('hello'))
    await (await gateway.ask()).text()
    await expect.poll(() => theClient(gateway)).toMatchObject({ requests: 1, inFlight: 0 })
    const { lastSeenAtMs, tokensToday } = await theClient(gateway)
    expect(lastSeenAtMs).toBe(gateway.clock.wallMs())
    expect(tokensToday).toBeGreaterThan(0)
  })

  it('has used what it saw of a stream that it left, or that broke', async () => {
    const gateway = await aGateway(1, { tokensPerDay: 10 })
    const pieces = Array.from({ length: 12 }, (_, n) => `piece ${n} `)
    gateway.mock.script(secretNumber(1), upstream.stalls(...pieces))
    const leaving = new AbortController()
    const answer = await gateway.ask({ stream: true }, { signal: leaving.signal })
    const reader = answer.body!.getReader()
    for (let text = ''; !text.includes('piece 11');) text += Buffer.from((await reader.read()).value ?? []).toString()
    leaving.abort()
    await expect.poll(async () => (await theClient(gateway)).tokensToday).toBeGreaterThanOrEqual(10)
    const [request] = await gateway.page.activity.recent({ limit: 1 })
    expect(request).toMatchObject({ result: 'cancelled', usage: { estimated: true } })
    expect((await gateway.ask()).status).toBe(429)
  })

  it('does not get its day’s budget anew by a restart', async () => {
    const gateway = await aGateway(1, { tokensPerDay: 1 })
    gateway.mock.script(secretNumber(1), upstream.says('hello'))
    await (await gateway.ask()).text()
    const { tokensToday } = await theClient(gateway)
    await gateway.app.close()
    const { dataFolder, settings } = gateway.host
    const again = await aTestApp({ dataFolder, settings }, { clock: gateway.clock })
    await again.client.vault.unlock({ passphrase: aPassphrase })
    expect(await again.client.gateway.clients()).toMatchObject([{ tokensToday }])
    const answer = await gateway.ask()
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, expect.any(String)])
    expect(gateway.mock.requests).toHaveLength(1)
  })
})

describe('the figures for Prometheus', () => {
  it('count requests, attempts, tokens and keys, and hold no secret', async () => {
    const gateway = await aGateway(2)
    gateway.mock.script(secretNumber(1), upstream.rejectsKey())
    gateway.mock.script(secretNumber(2), upstream.says('hello'))
    await (await gateway.ask()).text()
    const answer = await gateway.get('/metrics')
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
    const text = await answer.text()
    expect(text).toContain('keywheel_requests_total{model="mock-model",client="notebook",result="served"} 1')
    expect(text).toContain('keywheel_attempts_total{model="mock-model",outcome="rejected"} 1')
    expect(text).toContain('keywheel_attempts_total{model="mock-model",outcome="served"} 1')
    expect(text).toContain('keywheel_request_duration_seconds_count{model="mock-model"} 1')
    expect(text).toContain('keywheel_requests_in_flight 1')
    expect(text).toContain('keywheel_keys{state="rejected"} 1')
    expect(text).toContain('keywheel_keys{state="ready"} 1')
    expect(text).not.toMatch(/sk-canary|gw-/)
  })
})

describe('switching the gateway off', () => {
  it('lets an answer under way end, takes nothing new, and then closes', async () => {
    const gateway = await aGateway()
    const hold = Promise.withResolvers<void>()
    gateway.mock.script(secretNumber(1), upstream.held(hold.promise, upstream.says('hello')))
    const answer = gateway.ask()
    await gateway.mock.arrival(1)
    const off = gateway.page.gateway.switch({ on: false })
    await expect(fetch(`http://127.0.0.1:${gateway.port}/healthz`)).rejects.toThrow('fetch failed')
    hold.resolve()
    expect(await (await answer).text()).toContain('hello')
    // The connection that was kept is looked for every so often.
    await gateway.clock.advance(100)
    expect(await off).toMatchObject({ state: { kind: 'off' }, inFlight: 0 })
  })

  it('ends after five seconds what has not ended by itself', async () => {
    const gateway = await aGateway()
    gateway.mock.script(secretNumber(1), upstream.stalls('first'))
    const answer = await gateway.ask({ stream: true })
    const off = gateway.page.gateway.switch({ on: false })
    await new Promise((resolve) => setImmediate(resolve))
    await gateway.clock.advance(5_000)
    expect(await off).toMatchObject({ state: { kind: 'off' } })
    await expect(answer.text()).rejects.toThrow('terminated')
  })
})
