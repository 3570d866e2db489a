import { describe, expect, it } from 'vitest'
import type { Lease } from '../../electron/rotation/lease.ts'
import { createAttempt, type AttemptOptions, type RefusedAnswer } from '../../electron/upstream/attempt.ts'
import {
  answer,
  anUpstream,
  aRequest,
  delta,
  event,
  finish,
  json,
  never,
  roleDelta,
  secret,
  sse,
  startProvider,
  textOf,
  usageEvent,
  wholeStream,
  type Reply,
} from './local-provider.ts'
import type { UpstreamRequest } from '../../electron/upstream/wire-attempt.ts'

const lease: Lease = { leaseId: 1, keyId: 'k1', keyLabel: 'one', attempt: 1, probe: false }
const wallMs = () => Date.UTC(2026, 0, 1)

async function attemptAt(reply: Reply, over: Partial<UpstreamRequest> = {}, options: Partial<AttemptOptions> = {}) {
  const provider = await startProvider(reply)
  const upstream = anUpstream()
  const secretOf = (keyId: string) => (keyId === 'k1' ? secret : undefined)
  return createAttempt({ upstream, request: aRequest(provider.apiBase, over), secretOf, wallMs, ...options })
}

describe('one attempt with a leased key', () => {
  it('hands over an answer and settles as served, with usage and what was learnt of limits', async () => {
    const attempt = await attemptAt((response) =>
      json(response, 200, answer, { 'x-ratelimit-remaining-requests': '9', 'x-request-id': 'r-1' }),
    )
    const result = await attempt(lease, never)
    expect(result.committed).toBe(true)
    expect(result.committed && (await result.done)).toMatchObject({
      kind: 'served',
      status: 200,
      promptTokens: 7,
      completionTokens: 3,
      limits: { requestsRemaining: 9 },
      headers: [
        ['x-ratelimit-remaining-requests', '9'],
        ['x-request-id', 'r-1'],
      ],
    })
  })

  it('settles a stream when it has been read', async () => {
    const attempt = await attemptAt((response) => sse(response, wholeStream), { streaming: true })
    const result = await attempt(lease, never)
    if (!result.committed) throw new Error('not committed')
    expect(await textOf(result.value.body)).toBe(wholeStream)
    expect(await result.done).toMatchObject({ kind: 'served', promptTokens: 7, completionTokens: 3 })
  })

  it('is served with an estimate, marked as one, when the provider does not count', async () => {
    const text = roleDelta + delta('Hi') + finish
    const attempt = await attemptAt((response) => sse(response, text), { streaming: true })
    const result = await attempt(lease, never)
    if (!result.committed) throw new Error('not committed')
    await textOf(result.value.body)
    expect(await result.done).toMatchObject({ kind: 'served', promptTokens: 5, completionTokens: 1, estimated: true })
  })

  it.each<[string, Reply, object]>([
    ['a rejected key', (response) => json(response, 401, {}), { kind: 'rejected', status: 401 }],
    [
      'a rate limit with its wait',
      (response) => json(response, 429, {}, { 'retry-after': '20' }),
      { kind: 'rate-limited', retryAfterMs: 20_000, headers: [['retry-after', '20']] },
    ],
    [
      'an error event inside a 200',
      (response) => sse(response, roleDelta + event({ error: { code: 'insufficient_quota', message: 'Empty' } })),
      { kind: 'exhausted', status: 200, providerCode: 'insufficient_quota' },
    ],
    ['a lost connection', (response) => response.destroy(), { kind: 'upstream-failed', cause: 'connection-lost' }],
  ])('tells what %s means', async (_title, reply, outcome) => {
    const attempt = await attemptAt(reply, { streaming: true })
    expect(await attempt(lease, never)).toMatchObject({ committed: false, outcome })
  })

  it('is a broken stream when it fails after the first output', async () => {
    const text = delta('Hi') + event({ error: { message: 'Gone' } }) + usageEvent
    const attempt = await attemptAt((response) => sse(response, text), { streaming: true })
    const result = await attempt(lease, never)
    if (!result.committed) throw new Error('not committed')
    await textOf(result.value.body)
    expect(await result.done).toMatchObject({ kind: 'broken-stream', cause: 'stream-error' })
  })

  it.each([
    [
      'its reader leaves',
      'cancelled',
      roleDelta + delta('a') + delta('b') + delta('c'),
      { promptTokens: 5, completionTokens: 2 },
    ],
    [
      'it breaks, and its provider had counted the prompt at the beginning',
      'broken-stream',
      event({ type: 'message_start', message: { usage: { input_tokens: 30, output_tokens: 1 } } }) +
        event({ type: 'content_block_delta', delta: { text: 'a' } }).repeat(9) +
        event({ type: 'error', error: { message: 'Overloaded' } }),
      { promptTokens: 30, completionTokens: 9 },
    ],
  ])('has cost what was seen of it, estimated, when %s', async (_title, kind, text, usage) => {
    const attempt = await attemptAt(
      (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write(text)
        if (kind === 'broken-stream') response.end()
      },
      { streaming: true },
    )
    const result = await attempt(lease, never)
    if (!result.committed || Buffer.isBuffer(result.value.body)) throw new Error('no stream')
    const pieces = result.value.body[Symbol.asyncIterator]()
    await pieces.next()
    if (kind === 'cancelled') await pieces.return?.()
    else await pieces.next()
    expect(await result.done).toMatchObject({ kind, usage: { ...usage, estimated: true } })
  })

  it('holds nothing against a key whose secret is gone since the lease', async () => {
    const attempt = await attemptAt((response) => json(response, 200, answer))
    const result = await attempt({ ...lease, keyId: 'gone' }, never)
    expect(result).toMatchObject({ committed: false, outcome: { kind: 'upstream-failed', cause: 'not-sent' } })
  })

  it('takes a key out that could never be sent', async () => {
    const attempt = await attemptAt((response) => json(response, 200, answer), {}, { secretOf: () => 'sk with spaces' })
    const result = await attempt(lease, never)
    expect(result).toMatchObject({ committed: false, outcome: { kind: 'rejected', providerCode: 'key_not_sendable' } })
  })

  it('passes the refusal on in the words of the provider, without the key', async () => {
    const refusals: RefusedAnswer[] = []
    const body = { error: { message: `Bad request with ${secret}`, type: 'invalid_request_error', param: 'messages' } }
    const reply: Reply = (response) => json(response, 400, body, { 'x-request-id': 'r1', 'set-cookie': 'a=b' })
    const attempt = await attemptAt(reply, {}, { onRefused: (refusal) => refusals.push(refusal) })
    const result = await attempt(lease, never)
    expect(result).toMatchObject({
      outcome: { kind: 'caller-fault', status: 400, providerMessage: 'Bad request with [key]' },
    })
    expect(refusals).toEqual([
      {
        status: 400,
        headers: { 'content-type': 'application/json', 'x-request-id': 'r1' },
        body: JSON.stringify({ error: { ...body.error, message: 'Bad request with [key]' } }),
      },
    ])
  })
})
