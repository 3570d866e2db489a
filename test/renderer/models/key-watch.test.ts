import { describe, expect, it } from 'vitest'
import { advisedKeys, watchKeys } from '../../../renderer/features/models/key-watch.ts'
import type { KeyView } from '../../../shared/key.ts'
import type { ModelView } from '../../../shared/model.ts'
import { aKey, aModel } from '../support/views.ts'

const dayMs = 24 * 3_600_000
const nowMs = 1_000 * dayMs
const found = (keys: KeyView[], about: Partial<ModelView> = {}) =>
  watchKeys([aModel({ keys, ...about })], nowMs).map(({ kind, keys }) => [kind, keys.map(({ label }) => label)])

describe('Key Watch', () => {
  it('finds nothing in keys that are new and ready', () => {
    expect(found([aKey('a'), aKey('b')])).toEqual([])
  })

  it.each([
    ['rejected', { state: { kind: 'rejected', nextTestMs: null } }],
    ['expired', { expiresAtMs: nowMs - 1 }],
    ['expiring', { expiresAtMs: nowMs + 13 * dayMs }],
    ['placeholder', { looks: { placeholder: true, provider: null } }],
    ['foreign', { looks: { placeholder: false, provider: 'anthropic' } }],
    ['duplicate', { alsoIn: ['glm-4.7'] }],
    ['stale', { lastUsedAtMs: nowMs - 31 * dayMs }],
  ] satisfies [string, Partial<KeyView>][])('finds a key that is %s, and only that one', (kind, about) => {
    expect(found([aKey('a', about), aKey('b')])).toEqual([[kind, ['a']]])
  })

  it.each([
    ['expires in a month', { expiresAtMs: nowMs + 30 * dayMs }],
    ["has its own provider's shape", { looks: { placeholder: false, provider: 'openai' } }],
    ['was used last week', { lastUsedAtMs: nowMs - 7 * dayMs }],
    [
      'rests for a month because a person said so',
      { lastUsedAtMs: nowMs - 31 * dayMs, state: { kind: 'paused', untilMs: null } },
    ],
  ] satisfies [string, Partial<KeyView>][])('leaves a key alone that %s', (_what, about) => {
    expect(found([aKey('a', about), aKey('b')])).toEqual([])
  })

  it('says nothing of shapes at a place that is not known, where any shape may be right', () => {
    const strange = aKey('a', { looks: { placeholder: false, provider: 'anthropic' } })
    expect(found([strange], { apiBase: 'https://relay.example/v1' })).toEqual([])
  })

  it('finds a key that was never used while others were', () => {
    const used = aKey('used', { lastUsedAtMs: nowMs, addedAtMs: 0 })
    const idle = aKey('idle', { addedAtMs: nowMs - 8 * dayMs })
    expect(found([used, idle])).toEqual([['unused', ['idle']]])
    expect(found([idle])).toEqual([])
    expect(found([used, { ...idle, state: { kind: 'paused', untilMs: null } }])).toEqual([])
  })

  it('finds keys that are all of one account', () => {
    expect(found([aKey('a', { account: 'x' }), aKey('b', { account: 'x' })])).toEqual([['one-account', ['a', 'b']]])
    expect(found([aKey('a', { account: 'x' }), aKey('b', { account: 'y' })])).toEqual([])
    expect(found([aKey('a', { account: 'x' })])).toEqual([])
  })

  it.each([
    [0, 0, 0],
    [10, 0, 2],
    [1000, 0, 3],
    [1000, 20, 5],
  ])('advises for %i requests seen and %i under way at once at least %i keys', (requests, inFlight, advised) => {
    expect(advisedKeys(aModel({ keys: [aKey('a', { requests, inFlight, lastUsedAtMs: nowMs })] }))).toBe(advised)
  })

  it('finds a model with fewer keys than its load asks for', () => {
    expect(found([aKey('a', { requests: 10 })])).toEqual([['too-few', ['a']]])
    expect(found([aKey('a', { requests: 10 }), aKey('b')])).toEqual([])
  })

  it('is silent about the simulator, whose keys fail on purpose', () => {
    expect(found([aKey('a', { state: { kind: 'rejected', nextTestMs: null } })], { origin: 'simulator' })).toEqual([])
  })
})
