import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Answer } from '../support/mock-upstream/answers.ts'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { aGatewayInProcess } from '../support/gateway-in-process.ts'

/** Two models at two providers; the first falls back to the second. */
async function twoModels(first: Answer, second: Answer, deadlineMs?: number) {
  const [asked, other] = [await startMockUpstream(), await startMockUpstream()]
  onTestFinished(() => asked.close())
  onTestFinished(() => other.close())
  asked.script('sk-asked', first)
  other.script('sk-other', second)
  const gateway = aGatewayInProcess([
    {
      name: 'asked',
      apiBase: asked.url,
      secrets: ['sk-asked'],
      provider: 'openai',
      fallbacks: ['other'],
      ...(deadlineMs !== undefined && { deadlineMs }),
    },
    { name: 'other', apiBase: other.url, secrets: ['sk-other'], provider: 'openai', aliases: ['second'] },
  ])
  return { ...gateway, asked, other }
}

const kinds = (events: readonly { kind: string }[]) => events.map(({ kind }) => kind)

describe('a model that stands in', () => {
  it.each([
    ['has no quota left', upstream.outOfQuota()],
    ['rejects every key', upstream.rejectsKey()],
    ['limits every key for longer than anybody waits', upstream.rateLimits(3_600)],
    ['fails', upstream.answersHtml(503)],
    ['blocks this address', upstream.answersHtml(403)],
  ])('answers when the one that was asked for %s', async (_, fault) => {
    const { ask, events, other } = await twoModels(fault, upstream.says('from the other'))
    const answer = await ask({ model: 'asked' })
    expect(answer.status).toBe(200)
    expect(answer.text).toContain('from the other')
    expect(answer.headers).toMatchObject({ 'x-keywheel-model': 'other' })
    expect(JSON.parse(other.requests[0]!.body)).toMatchObject({ model: 'other' })
    expect(kinds(events)).toContain('fell-back')
    expect(events.find(({ kind }) => kind === 'request-ended')).toMatchObject({ modelId: 'asked', result: 'served' })
  })

  it('counts its attempts after those before, each under its own model', async () => {
    const { ask, events } = await twoModels(upstream.rejectsKey(), upstream.says('hi'))
    expect((await ask({ model: 'asked' })).headers['x-keywheel-attempts']).toBe('2')
    const attempts = events.filter(({ kind }) => kind === 'attempt-started')
    expect(attempts).toMatchObject([
      { number: 1, modelId: 'asked' },
      { number: 2, modelId: 'other' },
    ])
  })

  it('is not asked for a fault of the caller’s own', async () => {
    const { ask, other } = await twoModels(upstream.refuses(400, { message: 'no such field' }), upstream.says('hi'))
    expect((await ask({ model: 'asked' })).status).toBe(400)
    expect(other.requests).toEqual([])
  })

  it('is not asked after the first output', async () => {
    const { ask, other } = await twoModels(upstream.resets('Hel'), upstream.says('hi'))
    const { text } = await ask({ model: 'asked', stream: true })
    expect(text).toContain('Hel')
    expect(text).toContain('stream_broken')
    expect(other.requests).toEqual([])
  })

  it('is not asked when a key was asked for by name', async () => {
    const { ask, other } = await twoModels(upstream.rejectsKey(), upstream.says('hi'))
    expect((await ask({ model: 'asked' }, { pinnedKeyId: 'asked/1' })).status).toBe(429)
    expect(other.requests).toEqual([])
  })

  it('is not asked for a client that may not use it', async () => {
    const { ask, other } = await twoModels(upstream.rejectsKey(), upstream.says('hi'))
    expect((await ask({ model: 'asked' }, { allowedModels: ['asked'] })).status).toBe(429)
    expect(other.requests).toEqual([])
  })

  it('fails as the model that was asked for failed, when nobody can serve', async () => {
    const { ask } = await twoModels(upstream.outOfQuota(), upstream.rejectsKey())
    const { status, text } = await ask({ model: 'asked' })
    expect(status).toBe(429)
    expect(JSON.parse(text)).toMatchObject({
      error: { code: 'keys_unavailable', keywheel: { keys: [{ label: 'asked-1', state: 'exhausted' }] } },
    })
  })

  it('lets a request wait for whichever key comes back first', async () => {
    const { ask, other, clock, parked } = await twoModels(upstream.rateLimits(20), upstream.rateLimits(5))
    other.script('sk-other', upstream.rateLimits(5), upstream.says('back again'))
    const answering = ask({ model: 'asked' })
    await parked()
    await clock.advance(5_000)
    const { status, text, headers } = await answering
    expect([status, text.includes('back again'), headers['x-keywheel-model']]).toEqual([200, true, 'other'])
    expect(Number(headers['x-keywheel-wait-ms'])).toBeGreaterThan(0)
  })

  it('has what is left of the deadline of the request, and no other one', async () => {
    const failed = Promise.withResolvers<void>()
    const first = upstream.held(failed.promise, upstream.outOfQuota())
    const { ask, asked, other, clock } = await twoModels(first, upstream.stalls(), 5_000)
    const answering = ask({ model: 'asked' })
    await vi.waitFor(() => expect(asked.requests).toHaveLength(1))
    await clock.advance(3_000)
    failed.resolve()
    await vi.waitFor(() => expect(other.requests).toHaveLength(1))
    await clock.advance(2_000)
    const { status, text } = await answering
    expect([status, text]).toEqual([504, expect.stringContaining('deadline_exceeded')])
  })
})
