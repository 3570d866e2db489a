import { describe, expect, it } from 'vitest'
import { addModel, anOpenApp, failureOf, type TestClient } from '../support/open-app.ts'
import { noLimits } from '../../shared/key.ts'

const secrets = [1, 2, 3].map((number) => `sk-of-the-key-terms-${String(number).padStart(4, '0')}`)
const hourMs = 3_600_000

const keyOf = async (client: TestClient, label: string) => {
  const key = (await client.models.list())[0]?.keys.find((one) => one.label === label)
  if (!key) throw new Error(`no key ${label}`)
  return key
}
const stateOf = async (client: TestClient, label: string) => (await keyOf(client, label)).state

describe('what a person notes of a key', () => {
  it('is kept and shown as it was written', async () => {
    const { client } = await anOpenApp()
    const { modelId, id } = await addModel(client, secrets)
    const terms = {
      limits: { ...noLimits, requestsPerMinute: 60, concurrency: 2 },
      account: 'team-a',
      expiresAtMs: 4_000_000_000_000,
      note: 'paid by the lab',
      tags: ['paid', 'lab'],
    }
    await client.keys.edit({ modelId, id, edit: terms })
    expect(await keyOf(client, 'acct-1')).toMatchObject(terms)
  })

  it('is without limits, account, date and note at first', async () => {
    const { client, clock } = await anOpenApp()
    await addModel(client, secrets)
    const fresh = { limits: noLimits, account: '', expiresAtMs: null, note: '', tags: [], addedAtMs: clock.wallMs() }
    expect(await keyOf(client, 'acct-1')).toMatchObject(fresh)
  })
})

describe('an expired key', () => {
  it('leaves the rotation when its time has come, and comes back with a later date', async () => {
    const { client, clock } = await anOpenApp()
    const { modelId, id } = await addModel(client, secrets)
    await client.keys.edit({ modelId, id, edit: { expiresAtMs: clock.wallMs() + hourMs } })
    expect(await stateOf(client, 'acct-1')).toEqual({ kind: 'ready' })
    await clock.advance(hourMs)
    expect(await stateOf(client, 'acct-1')).toMatchObject({ kind: 'expired' })
    expect(await client.models.nextPicks({ id: modelId, strategy: 'ordered', count: 1 })).not.toContain(id)
    await client.keys.edit({ modelId, id, edit: { expiresAtMs: null } })
    expect(await stateOf(client, 'acct-1')).toEqual({ kind: 'ready' })
  })
})

describe('a pause', () => {
  it('ends by itself at its time', async () => {
    const { client, clock } = await anOpenApp()
    const { modelId, id } = await addModel(client, secrets)
    const untilMs = clock.wallMs() + hourMs
    await client.keys.setPaused({ modelId, ids: [id], paused: true, untilMs })
    expect(await stateOf(client, 'acct-1')).toEqual({ kind: 'paused', untilMs })
    await clock.advance(hourMs)
    expect(await stateOf(client, 'acct-1')).toEqual({ kind: 'ready' })
  })

  it('without a time lasts until a person ends it', async () => {
    const { client, clock } = await anOpenApp()
    const { modelId, id } = await addModel(client, secrets)
    await client.keys.setPaused({ modelId, ids: [id], paused: true })
    await clock.advance(1000 * hourMs)
    expect(await stateOf(client, 'acct-1')).toEqual({ kind: 'paused', untilMs: null })
    await client.keys.setPaused({ modelId, ids: [id], paused: false })
    expect(await stateOf(client, 'acct-1')).toEqual({ kind: 'ready' })
  })
})

describe('the next picks', () => {
  it.each([
    ['round-robin', ['acct-1', 'acct-2', 'acct-3', 'acct-1']],
    ['ordered', ['acct-1', 'acct-1', 'acct-1', 'acct-1']],
  ] as const)('under %s are those that the engine would make', async (strategy, expected) => {
    const { client } = await anOpenApp()
    const { modelId } = await addModel(client, secrets, { strategy: 'weighted' })
    const picks = await client.models.nextPicks({ id: modelId, strategy, count: 4 })
    const labels = new Map((await client.models.list())[0]?.keys.map(({ id, label }) => [id, label]))
    expect(picks.map((id) => labels.get(id))).toEqual(expected)
  })

  it('leave out what is paused, and asking changes nothing', async () => {
    const { client } = await anOpenApp()
    const { modelId, id } = await addModel(client, secrets, { strategy: 'round-robin' })
    await client.keys.setPaused({ modelId, ids: [id], paused: true })
    const before = await client.models.list()
    for (const strategy of ['round-robin', 'weighted', 'sticky', 'most-headroom'] as const) {
      expect(await client.models.nextPicks({ id: modelId, strategy, count: 10 })).not.toContain(id)
    }
    expect(await client.models.list()).toEqual(before)
  })
})

describe('what cannot be noted of a key is refused', () => {
  it.each([
    ['a limit of zero', { limits: { ...noLimits, requestsPerMinute: 0 } }, 'limit_range'],
    ['a limit of a half', { limits: { ...noLimits, concurrency: 0.5 } }, 'limit_range'],
    ['an endless limit', { limits: { ...noLimits, requestsPerDay: Infinity } }, 'limit_range'],
    ['a limit that is none', { limits: { ...noLimits, tokensPerMinute: Number.NaN } }, 'limit_range'],
    ['a weight below zero', { weight: -1 }, 'weight_range'],
    ['a date before there were dates', { expiresAtMs: -1 }, 'date_unknown'],
    ['a date that no calendar has', { expiresAtMs: 9e15 }, 'date_unknown'],
    ['an account of 81 letters', { account: 'a'.repeat(81) }, 'account_too_long'],
    ['an account with a line break', { account: 'a\nb' }, 'text_characters'],
    ['a note as long as a book', { note: 'a'.repeat(2001) }, 'note_too_long'],
    ['a tag of nothing', { tags: [' '] }, 'tag_empty'],
    ['a tag of 41 letters', { tags: ['a'.repeat(41)] }, 'tag_too_long'],
    ['21 tags', { tags: Array.from({ length: 21 }, (_, index) => `t${index}`) }, 'tags_limit'],
    ['a label with nothing in it', { label: '  ' }, 'label_empty'],
  ])('%s', async (_what, edit, message) => {
    const { client } = await anOpenApp()
    const { modelId, id } = await addModel(client, secrets)
    const before = await client.models.list()
    const { code, data } = await failureOf(client.keys.edit({ modelId, id, edit }))
    expect(code).toBe('BAD_REQUEST')
    expect(JSON.stringify(data)).toContain(message)
    expect(await client.models.list()).toEqual(before)
  })
})

describe('tags', () => {
  it('are kept once each', async () => {
    const { client } = await anOpenApp()
    const { modelId, id } = await addModel(client, secrets)
    await client.keys.edit({ modelId, id, edit: { tags: ['a', 'b', 'a'] } })
    expect((await keyOf(client, 'acct-1')).tags).toEqual(['a', 'b'])
  })
})
