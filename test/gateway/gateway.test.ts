import { describe, expect, it, onTestFinished } from 'vitest'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { aGatewayInProcess, textOf, type ModelSetUp } from '../support/gateway-in-process.ts'

async function aGateway(over: Partial<ModelSetUp> = {}, ...more: Partial<ModelSetUp>[]) {
  const mock = await startMockUpstream()
  onTestFinished(() => mock.close())
  const set = (model: Partial<ModelSetUp>): ModelSetUp => ({
    name: 'ours',
    apiBase: mock.url,
    provider: 'openai',
    secrets: ['sk-1'],
    ...model,
  })
  const gateway = aGatewayInProcess([set(over), ...more.map(set)])
  mock.script('sk-1', upstream.says('hello'))
  const sent = () => JSON.parse(mock.requests.at(-1)!.body) as Record<string, unknown>
  return { ...gateway, mock, sent }
}

describe('a model is found', () => {
  it.each([
    ['by its own name', 'openai/vendor/ours'],
    ['by an alias', 'fast'],
    ['by what its provider calls it', 'vendor/ours'],
  ])('%s', async (_, model) => {
    const { ask, sent } = await aGateway({ name: 'openai/vendor/ours', aliases: ['fast'] })
    const { status, headers } = await ask({ model })
    expect([status, headers['x-keywheel-model']]).toEqual([200, 'openai%2Fvendor%2Fours'])
    expect(sent()['model']).toBe('vendor/ours')
  })

  it('by its own name even where that is another’s alias or id at the provider', async () => {
    const { ask } = await aGateway({ name: 'openai/second', aliases: ['third'] }, { name: 'second' }, { name: 'third' })
    for (const model of ['second', 'third']) {
      expect((await ask({ model })).headers['x-keywheel-model']).toBe(model)
    }
  })

  it('nowhere, and then the answer says where to look', async () => {
    const { status, text } = await (await aGateway()).ask({ model: 'nobody' })
    expect(status).toBe(404)
    expect(JSON.parse(text)).toMatchObject({ error: { code: 'model_not_found', type: 'keywheel_error' } })
  })

  it('but not for a client that may not use it, nor in the list it is given', async () => {
    const { ask } = await aGateway({}, { name: 'other' })
    const asking = { allowedModels: ['other'] }
    expect((await ask({ model: 'ours' }, asking)).status).toBe(403)
    const list = await ask({}, { ...asking, method: 'GET', path: '/v1/models' })
    expect((JSON.parse(list.text) as { data: { id: string }[] }).data.map(({ id }) => id)).toEqual(['other'])
    expect((await ask({}, { ...asking, method: 'GET', path: '/v1/models/ours' })).status).toBe(404)
  })
})

describe('what reaches the provider', () => {
  it('is the path below its base, whatever the route', async () => {
    const { ask, mock } = await aGateway()
    const paths = ['/completions', '/responses', '/embeddings', '/moderations', '/images/generations', '/rerank']
    for (const path of paths) await ask({ model: 'ours' }, { path: `/v1${path}` })
    expect(mock.requests.map(({ path }) => path)).toEqual(paths.map((path) => `/v1${path}`))
  })

  it('has the temperature of the model on routes that know one', async () => {
    const { ask, sent } = await aGateway({ temperature: 0.3 })
    for (const path of ['/v1/chat/completions', '/v1/completions', '/v1/responses']) {
      await ask({ model: 'ours' }, { path })
      expect(sent()['temperature']).toBe(0.3)
    }
    await ask({ model: 'ours' }, { path: '/v1/embeddings' })
    expect(sent()).not.toHaveProperty('temperature')
    await ask({ model: 'ours', temperature: 1 })
    expect(sent()['temperature']).toBe(1)
  })

  it.each([
    ['o3-mini', 0.3],
    ['gpt-5.1', 0.3],
  ])('has no temperature where %s would refuse one', async (name, temperature) => {
    const { ask, sent } = await aGateway({ name, temperature })
    await ask({ model: name })
    expect(sent()).not.toHaveProperty('temperature')
  })

  it('has either a temperature or the client’s top_p at Claude, which refuses both at once', async () => {
    const claude = await aGateway({ name: 'claude-opus-4-5', provider: 'anthropic', temperature: 0.3 })
    await claude.ask({ model: 'claude-opus-4-5', top_p: 0.9 })
    expect(claude.sent()).not.toHaveProperty('temperature')
    const { ask, sent } = await aGateway({ temperature: 0.3 })
    await ask({ model: 'ours', top_p: 0.9 })
    expect(sent()).toMatchObject({ top_p: 0.9, temperature: 0.3 })
  })

  it('asks a stream for its usage where streams are asked, unless the client said otherwise', async () => {
    const { ask, sent } = await aGateway()
    await ask({ model: 'ours', stream: true })
    expect(sent()['stream_options']).toEqual({ include_usage: true })
    await ask({ model: 'ours', stream: true, stream_options: { include_usage: false } })
    expect(sent()['stream_options']).toEqual({ include_usage: false })
    await ask({ model: 'ours', stream: true }, { path: '/v1/responses' })
    expect(sent()).not.toHaveProperty('stream_options')
  })

  it('is shown the key in its own way, and the client’s version of its API', async () => {
    const { ask, mock } = await aGateway({ provider: 'anthropic' })
    const headers = { 'anthropic-version': '2024-01-01', 'anthropic-beta': 'some-beta' }
    await ask({ model: 'ours', max_tokens: 5 }, { path: '/v1/messages', headers })
    await ask({ model: 'ours', max_tokens: 5 }, { path: '/v1/messages/count_tokens' })
    await ask({ model: 'ours' })
    expect(mock.requests).toMatchObject([
      { path: '/v1/messages', headers: { 'x-api-key': 'sk-1', ...headers } },
      { path: '/v1/messages/count_tokens', headers: { 'x-api-key': 'sk-1', 'anthropic-version': '2023-06-01' } },
      { path: '/v1/chat/completions', headers: { authorization: 'Bearer sk-1' } },
    ])
  })

  it('stays on one key for one conversation, when the model is sticky', async () => {
    const secrets = ['sk-1', 'sk-2', 'sk-3', 'sk-4']
    const { ask, mock } = await aGateway({ secrets, strategy: 'sticky' })
    for (const secret of secrets) mock.script(secret, upstream.says('hi'))
    const first = { role: 'user', content: 'the first words' }
    const turns = [[first], [first, { role: 'assistant', content: 'hi' }, { role: 'user', content: 'more' }]]
    for (const messages of [...turns, ...turns]) await ask({ model: 'ours', messages })
    expect(new Set(mock.requests.map(({ key }) => key)).size).toBe(1)
    for (let n = 0; n < 30; n += 1) await ask({ model: 'ours', prompt_cache_key: `conversation ${n}` })
    expect(new Set(mock.requests.map(({ key }) => key)).size).toBeGreaterThan(2)
  })
})

describe('a call that cannot be sent on', () => {
  it.each([
    ['Anthropic’s API for a model of another provider', {}, '/v1/messages', 400, 'wrong_api'],
    ['embeddings of a model of Anthropic’s', { provider: 'anthropic' }, '/v1/embeddings', 400, 'wrong_api'],
    ['a path below no version', {}, '/chat/completions', 404, 'route_not_found'],
    ['a path that climbs', {}, '/v1/../admin', 404, 'route_not_found'],
  ])('%s is a named error', async (_, model, path, status, code) => {
    const { ask, mock } = await aGateway(model)
    const answer = await ask({ model: 'ours' }, { path })
    expect(answer.status).toBe(status)
    expect(answer.text).toContain(`"code":"${code}"`)
    expect(mock.requests).toEqual([])
  })

  it('is a form where no file is sent, and only there', async () => {
    const { ask, mock } = await aGateway()
    const form = Buffer.from('--b\r\nContent-Disposition: form-data; name="model"\r\n\r\nours\r\n--b--\r\n')
    const headers = { 'content-type': 'multipart/form-data; boundary=b' }
    for (const path of ['/v1/chat/completions', '/v1/responses', '/v1/embeddings', '/v1/messages']) {
      expect(await ask(form, { path, headers })).toMatchObject({ status: 400 })
    }
    expect(mock.requests).toEqual([])
    await ask(form, { path: '/v1/images/edits', headers })
    expect(mock.requests).toMatchObject([{ path: '/v1/images/edits' }])
  })

  it.each(['GET', 'DELETE'])('%s of anything but the models names no model', async (method) => {
    const answer = await (await aGateway()).ask({}, { method, path: '/v1/files/file-1' })
    expect([answer.status, answer.text]).toEqual([404, expect.stringContaining('route_not_found')])
  })

  it.each(['/v1/modelsx', '/v1/models%2F', '/v1/models-of-others/ours'])(
    '%s is not the list of models',
    async (path) => {
      const answer = await (await aGateway()).ask({}, { method: 'GET', path })
      expect([answer.status, answer.text]).toEqual([404, expect.stringContaining('route_not_found')])
    },
  )

  it('does not name a model beside the name it was asked by', async () => {
    const { ask } = await aGateway({ name: 'secret-project', aliases: ['fast'] })
    const refused = await ask({ model: 'fast' }, { allowedModels: [] })
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining("'fast'")])
    const wrong = await ask({ model: 'fast' }, { path: '/v1/messages' })
    expect([wrong.status, wrong.text]).toEqual([400, expect.stringContaining("'fast'")])
    expect(refused.text + wrong.text).not.toContain('secret-project')
  })

  it('is told in the words of the API that was called', async () => {
    const { ask } = await aGateway()
    const { text } = await ask({ model: 'nobody' }, { path: '/v1/messages' })
    expect(JSON.parse(text)).toMatchObject({
      type: 'error',
      error: { type: 'not_found_error', code: 'model_not_found' },
    })
    const bad = await ask(Buffer.from('{'), { path: '/v1/messages' })
    expect(JSON.parse(bad.text)).toMatchObject({ type: 'error', error: { type: 'invalid_request_error' } })
  })
})

describe('the deadline of a request', () => {
  it.each([
    ['waits for more', true],
    ['has not asked for more yet', false],
  ])('breaks a stream that is still coming, and tells it to a client that %s', async (_, isReading) => {
    const { handle, clock, events, mock } = await aGateway({ deadlineMs: 5_000 })
    mock.script('sk-1', upstream.stalls('Hel'))
    const { body } = await handle({ model: 'ours', stream: true })
    const pieces = (body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]()
    await pieces.next()
    const reading = isReading ? pieces.next() : null
    await clock.advance(5_000)
    const { value } = await (reading ?? pieces.next())
    expect(Buffer.from(value as Uint8Array).toString()).toContain('"code":"stream_broken"')
    expect(await pieces.next()).toMatchObject({ done: true })
    expect(events.at(-1)).toMatchObject({
      kind: 'request-ended',
      result: 'failed',
      failure: { code: 'stream_broken', outcome: { kind: 'broken-stream', cause: 'timeout' } },
    })
  })
})

describe('an answer that takes long', () => {
  it('may take as long as its model’s deadline says, however long that is', async () => {
    const mock = await startMockUpstream()
    onTestFinished(() => mock.close())
    const model = { name: 'ours', apiBase: mock.url, secrets: ['sk-1'], deadlineMs: 5_000 }
    const { handle, clock } = aGatewayInProcess([model], { timeouts: { totalMs: 1_000 } })
    mock.script('sk-1', upstream.stalls('Hel'))
    const { body } = await handle({ model: 'ours', stream: true })
    let text = ''
    const told = (async () => {
      for await (const piece of body as AsyncIterable<Uint8Array>) text += Buffer.from(piece).toString()
    })()
    await clock.advance(4_999)
    expect(text).not.toContain('stream_broken')
    await clock.advance(1)
    await told
    expect(text).toContain('stream_broken')
  })
})

describe('while a stream waits for a key', () => {
  async function parkedStream(...then: [upstream.Answer, ...upstream.Answer[]]) {
    const gateway = await aGateway()
    gateway.mock.script('sk-1', upstream.rateLimits(20), ...then)
    const answering = gateway.handle({ model: 'ours', stream: true })
    await gateway.parked()
    await gateway.clock.advance(1_500)
    const answer = await answering
    const pieces = (answer.body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]()
    const next = async () => Buffer.from((await pieces.next()).value as Uint8Array).toString()
    const rest = async () => textOf({ [Symbol.asyncIterator]: () => pieces })
    return { ...gateway, answer, next, rest }
  }

  it('a client is told so by comments, and then gets the answer of the key that came back', async () => {
    const { clock, answer, next, rest } = await parkedStream(upstream.says('Hel', 'lo'))
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'text/event-stream; charset=utf-8' } })
    expect(await next()).toBe(': waiting for a key until 2026-01-01T00:00:20.000Z\n\n')
    const second = next()
    await clock.advance(5_000)
    expect(await second).toMatch(/^: waiting for a key/)
    const text = rest()
    await clock.advance(20_000)
    expect(await text).toMatch(/: x-keywheel-request: .*x-keywheel-attempts: 2[^]*Hel[^]*lo[^]*\[DONE\]/)
  })

  it('what goes wrong at last is told as an event that clients throw', async () => {
    const { clock, rest } = await parkedStream(upstream.refuses(400, { message: 'no such field', code: 'bad_field' }))
    const text = rest()
    await clock.advance(25_000)
    expect((await text).split('\n\n').at(-2)).toMatch(/^data: \{"error":\{"message":"no such field","code":"bad_field"/)
  })

  it('a wait of a second is not told, and the answer keeps its own status', async () => {
    const { handle, clock, mock, parked } = await aGateway()
    mock.script('sk-1', upstream.rateLimits(1), upstream.refuses(400))
    const answering = handle({ model: 'ours', stream: true })
    await parked()
    await clock.advance(1_000)
    expect((await answering).status).toBe(400)
  })

  it('a client that leaves ends its request', async () => {
    const leave = new AbortController()
    const gateway = await aGateway()
    gateway.mock.script('sk-1', upstream.rateLimits(20))
    const answering = gateway.ask({ model: 'ours', stream: true }, { signal: leave.signal })
    await gateway.parked()
    await gateway.clock.advance(1_500)
    leave.abort()
    expect((await answering).text).not.toContain('error')
    expect(gateway.events.at(-1)).toMatchObject({ kind: 'request-ended', result: 'cancelled' })
  })
})
