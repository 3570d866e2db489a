import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KeyState } from '../../../shared/key.ts'
import { pausesOf } from '../../../renderer/features/models/pauses.ts'
import { aKey } from '../support/views.ts'

const aState: fc.Arbitrary<KeyState> = fc.oneof(
  fc.constant<KeyState>({ kind: 'ready' }),
  fc.constant<KeyState>({ kind: 'paused', untilMs: null }),
  fc.constantFrom(1_000, 2_000).map((untilMs): KeyState => ({ kind: 'paused', untilMs })),
)

describe('how keys rest', () => {
  it('is one call for keys that rest alike', () => {
    const keys = [
      aKey('a', { state: { kind: 'ready' } }),
      aKey('b', { state: { kind: 'paused', untilMs: null } }),
      aKey('c', { state: { kind: 'rejected', nextTestMs: null } }),
      aKey('d', { state: { kind: 'paused', untilMs: 5_000 } }),
    ]
    expect(pausesOf(keys)).toEqual([
      { ids: ['a', 'c'], paused: false, untilMs: null },
      { ids: ['b'], paused: true, untilMs: null },
      { ids: ['d'], paused: true, untilMs: 5_000 },
    ])
  })

  it('puts every key back to how it was, whatever was done meanwhile', () => {
    fc.assert(
      fc.property(fc.array(aState, { maxLength: 20 }), (states) => {
        const keys = states.map((state, place) => aKey(`key-${place}`, { state }))
        const back = new Map(pausesOf(keys).flatMap((one) => one.ids.map((id) => [id, one] as const)))
        expect(back.size).toBe(keys.length)
        for (const { id, state } of keys) {
          expect(back.get(id)?.paused).toBe(state.kind === 'paused')
          expect(back.get(id)?.untilMs).toBe(state.kind === 'paused' ? state.untilMs : null)
        }
      }),
    )
  })
})
