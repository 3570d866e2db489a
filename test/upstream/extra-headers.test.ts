import { describe, expect, it } from 'vitest'
import { createAttempt } from '../../electron/upstream/attempt.ts'
import { extraHeaders } from '../../electron/upstream/extra-headers.ts'
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
  type Reply,
} from './local-provider.ts'

const canary = 'extra-canary-0123456789abcdefghij'
const extra = extraHeaders([
  { name: 'X-Team-Token', value: canary },
  { name: 'HTTP-Referer', value: 'https://app.example/somewhere' },
])
const stars = '*'.repeat(canary.length)

async function ask(reply: Reply, streaming = false) {
  const provider = await startProvider(reply)
  const result = await anUpstream().attempt(aRequest(provider.apiBase, { streaming }), secret, never, extra)
  return { provider, result }
}

async function textOf(body: Buffer | AsyncIterable<Buffer>) {
  if (Buffer.isBuffer(body)) return body.toString()
  const pieces: Buffer[] = []
  for await (const piece of body) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

describe('the extra headers of a model', () => {
  it('go to its provider with the key, and take the place of what Keywheel says of itself', async () => {
    const named = extraHeaders([{ name: 'User-Agent', value: 'mine/1' }])
    const provider = await startProvider((response) => json(response, 200, answer))
    const upstream = anUpstream()
    await upstream.attempt(aRequest(provider.apiBase), secret, never, extra)
    await upstream.attempt(aRequest(provider.apiBase), secret, never, named)
    await upstream.attempt(aRequest(provider.apiBase), secret, never)
    expect(provider.seen.map(({ headers }) => [headers['x-team-token'], headers['user-agent']])).toEqual([
      [canary, 'keywheel'],
      [undefined, 'mine/1'],
      [undefined, 'keywheel'],
    ])
    expect(provider.seen[0]?.headers).toMatchObject({
      authorization: `Bearer ${secret}`,
      'http-referer': 'https://app.example/somewhere',
    })
  })

  it('never change the key, the host or the length of a request, wherever they come from', async () => {
    const names = ['Authorization', 'Host', 'Content-Length', 'Transfer-Encoding', 'Cookie', 'Proxy-Authorization']
    expect(extraHeaders(names.map((name) => ({ name, value: canary }))).fields).toEqual({})
  })

  it('do not come back in an answer, whole or in pieces, nor in a header of it', async () => {
    const echoed = { ...answer, note: `you sent ${canary}, from https://app.example/somewhere` }
    const { result } = await ask((response) => json(response, 200, echoed, { 'x-request-id': `r-${canary}` }))
    if (!result.committed) throw new Error('refused')
    const text = await textOf(result.answer.body)
    expect(text).toContain(`you sent ${stars}, from https://app.example/somewhere`)
    expect(result.answer.headers).not.toHaveProperty('x-request-id')

    const pieces = [wholeStream.slice(0, 20), wholeStream.slice(20).replace(delta('lo'), delta(`${canary} ${secret}`))]
    const streamed = await ask((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const all = pieces.join('')
      const cut = all.indexOf(canary) + 10
      response.write(all.slice(0, cut))
      setImmediate(() => response.end(all.slice(cut)))
    }, true)
    if (!streamed.result.committed) throw new Error('refused')
    const events = await textOf(streamed.result.answer.body)
    expect(events).toContain(stars)
    expect(events).not.toContain(canary)
    expect(events).not.toContain(secret)
  })

  it('are erased as JSON and UTF-8 write them', async () => {
    const value = 'a "quoted" Zürich value'
    const provider = await startProvider((response) => json(response, 200, { ...answer, note: value }))
    const result = await anUpstream().attempt(
      aRequest(provider.apiBase),
      secret,
      never,
      extraHeaders([{ name: 'X-Where', value }]),
    )
    if (!result.committed) throw new Error('refused')
    expect(await textOf(result.answer.body)).not.toContain('Zürich')
    expect(provider.seen[0]?.headers['x-where']).toBe(value)
  })

  it('are not quoted from a refusal either: not to the client, not to the books', async () => {
    const refusal = { error: { message: `unknown team ${canary}`, code: 'bad_team' } }
    const provider = await startProvider((response) => json(response, 400, refusal))
    let told = ''
    const attempt = createAttempt({
      upstream: anUpstream(),
      request: aRequest(provider.apiBase),
      secretOf: () => secret,
      extraHeaders: () => extra,
      wallMs: () => 0,
      onRefused: ({ body }) => (told = body),
    })
    const result = await attempt({ leaseId: 1, keyId: 'k', keyLabel: 'k', attempt: 1, probe: false }, never)
    expect(told).toContain('bad_team')
    expect(told).not.toContain(canary.slice(0, 12))
    expect(JSON.stringify(result)).not.toContain(canary.slice(0, 12))
  })

  it('hold a request back while they cannot be had, and nothing is held against the key', async () => {
    const provider = await startProvider((response) => json(response, 200, answer))
    const attempt = createAttempt({
      upstream: anUpstream(),
      request: aRequest(provider.apiBase),
      secretOf: () => secret,
      extraHeaders: () => undefined,
      wallMs: () => 0,
    })
    const result = await attempt({ leaseId: 1, keyId: 'k', keyLabel: 'k', attempt: 1, probe: false }, never)
    expect(result).toMatchObject({ committed: false, outcome: { kind: 'upstream-failed', cause: 'not-sent' } })
    expect(provider.seen).toEqual([])
  })
})
