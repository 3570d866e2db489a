import { describe, expect, it } from 'vitest'
import { setbacksOf } from '../../../renderer/features/dashboard/setbacks.ts'
import type { OutcomeKind } from '../../../shared/outcome.ts'
import { script } from '../live-events.ts'

const rotated = script({
  id: 'r1',
  startMs: 1_000,
  attempts: [
    { key: 'a', kind: 'rate-limited', durationMs: 30 },
    { key: 'b', kind: 'rejected', durationMs: 20 },
    { key: 'c', kind: 'served', durationMs: 400 },
  ],
}).view

describe('the list of rotations and failures', () => {
  it('says for each failed attempt which one followed and how it ended, the youngest first', () => {
    expect(setbacksOf([rotated], { modelId: null, kind: null }, 10)).toMatchObject([
      {
        atMs: 1_050,
        keyLabel: 'b',
        next: { keyLabel: 'c', sameKey: false, durationMs: 400, outcome: { kind: 'served' } },
      },
      { atMs: 1_030, keyLabel: 'a', next: { keyLabel: 'b', durationMs: 20, outcome: { kind: 'rejected' } } },
    ])
  })

  it('names a request that no key could even try', () => {
    const view = { ...script({ id: 'r2', startMs: 0, attempts: [] }).view, result: 'failed' as const }
    expect(setbacksOf([view], { modelId: null, kind: null }, 10)).toMatchObject([{ keyLabel: null, next: null }])
  })

  it('leaves out what a client cancelled, other models, and more than was asked for', () => {
    const cancelled = script({ id: 'r3', startMs: 0, attempts: [{ key: 'a', kind: 'cancelled', durationMs: 5 }] }).view
    expect(setbacksOf([cancelled], { modelId: null, kind: null }, 10)).toEqual([])
    expect(setbacksOf([rotated], { modelId: 'another-model', kind: null }, 10)).toEqual([])
    expect(setbacksOf([rotated], { modelId: null, kind: null }, 1)).toHaveLength(1)
  })

  it('shows one kind of failure alone', () => {
    const keysOf = (kind: OutcomeKind) =>
      setbacksOf([rotated], { modelId: null, kind }, 10).map(({ keyLabel }) => keyLabel)
    expect(keysOf('rate-limited')).toEqual(['a'])
    expect(keysOf('rejected')).toEqual(['b'])
    expect(keysOf('exhausted')).toEqual([])
  })
})
