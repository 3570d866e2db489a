import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { ChatEvent } from '../../shared/chat.ts'
import type { RequestFailureCode } from '../../shared/request.ts'
import * as upstream from '../support/mock-upstream/answers.ts'
import type { MockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { aPassphrase } from '../support/test-app.ts'
import { chatting, codeOf, secretOf, told } from './chatting.ts'

const html = { 'content-type': 'text/html' }

describe('an answer in the playground', () => {
  it('streams, and says what it cost', async () => {
    const { chat } = await chatting([upstream.says('Good ', 'morning')])
    const { text, trail, last } = await chat()
    expect(text).toBe('Good morning')
    expect(trail).toEqual(['acct-1 served'])
    expect(last).toMatchObject({ kind: 'done', finishReason: 'stop', usage: { promptTokens: 7, completionTokens: 2 } })
  })

  it("asks the provider for its own model id, with the model's temperature, and nothing of the person's besides", async () => {
    const { chat, provider } = await chatting([upstream.says('x')])
    await chat()
    await chat({ parameters: { temperature: 1 } })
    const [first, second] = provider.requests.map((request) => JSON.parse(request.body) as Record<string, unknown>)
    expect(first).toMatchObject({ model: 'glm-4.7', temperature: 0.3, stream_options: { include_usage: true } })
    expect(second).toMatchObject({ temperature: 1 })
    expect(Object.keys(provider.requests[0]?.headers ?? {}).filter((name) => name.startsWith('x-stainless'))).toEqual(
      [],
    )
  })

  it.each([
    ['is rate-limited', upstream.rateLimits(20), 'rate-limited'],
    ['is out of quota', upstream.outOfQuota(), 'exhausted'],
    ['is rejected', upstream.rejectsKey(), 'rejected'],
    ['answers 402', upstream.refuses(402), 'exhausted'],
    [
      'may not use this model',
      upstream.refuses(403, { message: 'no access to model glm-4.7', code: 'model_not_found' }),
      'not-allowed',
    ],
  ])('comes from the next key at once when the first %s', async (_what, answer, outcome) => {
    const { chat } = await chatting([answer], [upstream.says('second')])
    const { text, trail } = await chat()
    expect(text).toBe('second')
    expect(trail).toEqual([`acct-1 ${outcome}`, 'acct-2 served'])
  })

  it('tries five keys when four are dead', async () => {
    const { chat } = await chatting(
      [upstream.rejectsKey()],
      [upstream.outOfQuota()],
      [upstream.rateLimits(30)],
      [upstream.refuses(402)],
      [upstream.says('the fifth')],
    )
    expect((await chat()).text).toBe('the fifth')
  })

  it('takes over from a stream that fails inside a 200 before its first word', async () => {
    const { chat } = await chatting(
      [upstream.breaksOff({ message: 'Rate limit reached', code: 'rate_limit_exceeded', type: 'requests' })],
      [upstream.says('whole')],
    )
    expect(await chat()).toMatchObject({ text: 'whole', trail: ['acct-1 rate-limited', 'acct-2 served'] })
  })

  it('is never spliced: what broke off after its first word ends there', async () => {
    const { chat, provider } = await chatting([upstream.resets('Half an ', 'ans')], [upstream.says('other')])
    const { text, trail, last } = await chat()
    expect(text).toBe('Half an ans')
    expect(trail).toEqual(['acct-1 broken-stream'])
    expect(codeOf(last)).toBe('stream_broken')
    expect(provider.requests).toHaveLength(1)
  })

  it('can be asked of one key only', async () => {
    const { chat, ids } = await chatting([upstream.says('one')], [upstream.says('two')])
    expect((await chat({ keyId: ids[1]! })).text).toBe('two')
    expect((await chat({ keyId: ids[1]! })).text).toBe('two')
  })

  it('stops at the provider when the person stops it', async () => {
    const { ask, provider, client } = await chatting([upstream.stalls('a', 'b')])
    const leaving = new AbortController()
    const seen: string[] = []
    try {
      for await (const event of await ask({}, leaving.signal)) {
        seen.push(event.kind)
        if (event.kind === 'text') leaving.abort()
      }
    } catch {
      // The caller's own abort surfaces as an error on its side.
    }
    expect(seen).toContain('text')
    expect(await provider.requests[0]?.leftEarly).toBe(true)
    const [request] = await client.activity.recent({ limit: 1 })
    expect(request?.result).toBe('cancelled')
  })
})

describe('panic', () => {
  it('cuts off what streams, and what is being compared, and tells the provider', async () => {
    const { ask, provider, client, modelId, ids } = await chatting([upstream.stalls('a', 'b')])
    const chatEvents: ChatEvent[] = []
    for await (const event of await ask()) {
      chatEvents.push(event)
      if (event.kind === 'text') await client.app.panic()
    }
    expect(codeOf(chatEvents.at(-1))).toBe('cancelled')
    expect(await provider.requests[0]?.leftEarly).toBe(true)
    expect((await client.vault.status()).state).toBe('locked')

    await client.vault.unlock({ passphrase: aPassphrase })
    const race = await client.playground.race({ modelId, keyIds: ids, prompt: 'hello', rounds: 3, maxTokens: 8 })
    const asked: number[] = []
    for await (const event of race) {
      if (event.kind !== 'asking') continue
      asked.push(event.round)
      await provider.arrival(2)
      await client.app.panic()
    }
    expect(asked).toEqual([1])
    expect(await provider.requests[1]?.leftEarly).toBe(true)
  })
})

describe('a request that cannot be answered', () => {
  it('says that a model has no key', async () => {
    const { chat, provider } = await chatting()
    expect(codeOf((await chat()).last)).toBe('no_keys')
    expect(provider.requests).toHaveLength(0)
  })

  it('names every key, why it is out and when it is back', async () => {
    const { chat } = await chatting([upstream.rejectsKey()], [upstream.outOfQuota()])
    const { last } = await chat()
    expect(codeOf(last)).toBe('keys_unavailable')
    const failure = last?.kind === 'failed' ? last.failure : undefined
    expect(failure?.keys.map(({ label, state }) => [label, state.kind])).toEqual([
      ['acct-1', 'rejected'],
      ['acct-2', 'exhausted'],
    ])
    expect(failure?.keys[1]?.lastFailure?.providerCode).toBe('insufficient_quota')
  })

  it("is told the provider's words for a fault of its own, and no key is blamed", async () => {
    const { chat, client } = await chatting(
      [upstream.refuses(400, { message: 'messages is too long' })],
      [upstream.says('x')],
    )
    const { last, trail } = await chat()
    expect(last).toMatchObject({
      failure: { code: 'caller_fault', outcome: { providerMessage: 'messages is too long' } },
    })
    expect(trail).toEqual(['acct-1 caller-fault'])
    expect((await client.models.list())[0]?.keys.map((key) => key.state.kind)).toEqual(['ready', 'ready'])
  })

  it.each<[string, upstream.Answer, RequestFailureCode]>([
    ['a web page in a 200', upstream.answers(200, '<!doctype html><p>Welcome', html), 'bad_upstream'],
    ['a web page where there is no API', upstream.answers(404, '<html>Not Found</html>', html), 'bad_upstream'],
    ['a firewall that wants proof of a person', upstream.answersHtml(), 'address_blocked'],
    ['an error of the server', upstream.refuses(500), 'upstream_failed'],
    ['an overload', upstream.refuses(529), 'upstream_failed'],
    ['a redirect', upstream.answers(302, '', { location: 'http://127.0.0.1:1/' }), 'redirect_refused'],
    ['a connection cut before any answer', upstream.resets(), 'connection_lost'],
    ['an answer without anything in it', upstream.answers(200, { choices: [] }), 'upstream_failed'],
  ])('names %s', async (_what, answer, code) => {
    const { chat, client } = await chatting([answer])
    const { last, trail } = await chat()
    expect(codeOf(last)).toBe(code)
    expect(trail.length).toBeGreaterThan(0)
    expect((await client.activity.recent({ limit: 1 }))[0]?.attempts).toHaveLength(trail.length)
  })

  it.each<[string, string, RequestFailureCode]>([
    ['an unknown host', 'https://no-such-host.invalid/v1', 'unknown_host'],
    ['a refused connection', 'http://127.0.0.1:9/v1', 'connection_refused'],
  ])('names %s', async (_what, apiBase, code) => {
    const { chat, client, modelId } = await chatting([upstream.says('x')])
    await client.models.edit({ id: modelId, edit: { apiBase }, allowNewHost: true })
    expect(codeOf((await chat()).last)).toBe(code)
  })

  it('names a certificate that is not accepted', async () => {
    const { chat, client, modelId } = await chatting([upstream.says('x')])
    const certificate = (name: string) => readFileSync(join(import.meta.dirname, '../fixtures/tls', name))
    const server = createServer({ cert: certificate('self-signed.crt'), key: certificate('self-signed.key') }).listen(
      0,
      '127.0.0.1',
    )
    onTestFinished(() => void server.close())
    await new Promise((resolve) => server.once('listening', resolve))
    const apiBase = `https://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
    await client.models.edit({ id: modelId, edit: { apiBase }, allowNewHost: true })
    expect(codeOf((await chat()).last)).toBe('tls_failed')
  })

  it('is refused while the vault is locked', async () => {
    const { chat, client } = await chatting([upstream.says('x')])
    await client.vault.lock()
    expect(codeOf((await chat()).last)).toBe('vault_locked')
  })
})

describe('a secret', () => {
  it('never comes back, even when the provider echoes it', async () => {
    const echo = (provider: MockUpstream, secret: string) =>
      provider.script(secret, upstream.refuses(401, { message: `Incorrect API key provided: ${secret}` }))
    const { chat, provider, client } = await chatting([upstream.says('x')])
    echo(provider, secretOf(1))
    const { all } = await chat()
    expect(
      all + JSON.stringify(await client.activity.recent({ limit: 10 })) + JSON.stringify(await client.models.list()),
    ).not.toContain('canary')
  })
})

describe('an answer that is not as the schema has it', () => {
  const stream = (...events: unknown[]) =>
    upstream.answers(
      200,
      events.map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`).join(''),
      { 'content-type': 'text/event-stream' },
    )
  const piece = (content: unknown, more: object = {}) => ({ choices: [{ index: 0, delta: { content }, ...more }] })
  const end = [piece('z', { finish_reason: 'stop' }), '[DONE]']

  it.each<[string, upstream.Answer, string]>([
    ['has chunks without choices', stream(piece('a'), { choices: null }, { id: 1 }, [], ...end), 'az'],
    [
      'has text in parts',
      stream(
        piece([
          { type: 'text', text: 'in ' },
          { type: 'text', text: 'parts' },
        ]),
        ...end,
      ),
      'in partsz',
    ],
    ['has a number for a text', stream(piece('a'), piece(42), piece({ a: 1 }), ...end), 'az'],
    ['has a number for a reason', stream(piece('a', { finish_reason: 5 }), '[DONE]'), 'a'],
    [
      'comes whole although a stream was asked for',
      upstream.answers(200, { choices: [{ message: { role: 'assistant', content: 'whole' }, finish_reason: 'stop' }] }),
      'whole',
    ],
  ])('is shown as far as it is text when it %s', async (_what, answer, said) => {
    const { chat, bugs } = await chatting([answer])
    const { text, last } = await chat()
    expect(text).toBe(said)
    expect(last).toMatchObject({ kind: 'done' })
    expect(bugs).toEqual([])
  })

  it('is never shown as whole when a part of it cannot be read', async () => {
    const { chat } = await chatting([stream(piece('a'), '{"choices":[{', ...end)])
    const { text, last } = await chat()
    expect(text).toBe('a')
    expect(codeOf(last)).toBe('stream_broken')
  })
})

describe('a model that is deleted while it answers', () => {
  it('has its answer to the end, and no other after it', async () => {
    const { ask, chat, client, modelId } = await chatting([upstream.says('to ', 'the ', 'end')])
    const events: ChatEvent[] = []
    for await (const event of await ask()) {
      events.push(event)
      if (event.kind === 'attempt' && event.attempt.outcome === null) await client.models.remove({ id: modelId })
    }
    expect(told(events)).toMatchObject({ text: 'to the end', last: { kind: 'done' } })
    expect(codeOf((await chat()).last)).toBe('model_not_found')
  })
})

describe('a request always ends', () => {
  it('also when the names of its model and key hold half a character', async () => {
    const { client, modelId, ids, chat } = await chatting([upstream.says('ok')])
    await client.models.edit({ id: modelId, edit: { name: 'half \ud83e' }, allowNewHost: false })
    await client.keys.edit({ modelId, id: ids[0]!, edit: { label: '\udd8a half' } })
    expect((await chat()).text).toBe('ok')
    expect((await client.models.list()).find(({ id }) => id === modelId)?.keys[0]?.inFlight).toBe(0)
  })

  it('also when its reader has left before it began', async () => {
    const { ask, provider, bugs } = await chatting([upstream.says('ok')])
    const events = await Array.fromAsync(await ask({}, AbortSignal.abort()))
    expect(events.at(-1)?.kind).toBe('failed')
    expect(provider.requests).toHaveLength(0)
    expect(bugs).toEqual([])
  })

  it.each([
    ['is deleted', 'model_not_found'],
    ['is locked away', 'vault_locked'],
  ])('with what is wrong when its model %s while it waits for a key', async (what, code) => {
    const { client, modelId, ask } = await chatting([upstream.rateLimits(20)])
    const events: ChatEvent[] = []
    for await (const event of await ask()) {
      events.push(event)
      if (event.kind !== 'parked') continue
      await (what === 'is deleted' ? client.models.remove({ id: modelId }) : client.vault.lock())
    }
    expect(codeOf(events.at(-1))).toBe(code)
  })
})
