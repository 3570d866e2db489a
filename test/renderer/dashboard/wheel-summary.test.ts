import { describe, expect, it } from 'vitest'
import { isOverdue, summaryOf } from '../../../renderer/features/dashboard/wheel-summary.ts'
import type { KeyState } from '../../../shared/key.ts'
import { aKey as keyView } from '../support/views.ts'

const aKey = (state: KeyState) => keyView('k', { state })

describe('what the wheel says in words', () => {
  it('counts the ready keys and names the earliest return, which a mere test is not', () => {
    const keys = [
      aKey({ kind: 'ready' }),
      aKey({ kind: 'cooling', untilMs: 29_000, announced: true }),
      aKey({ kind: 'ready' }),
      aKey({ kind: 'exhausted', untilMs: 3_600_000 }),
      aKey({ kind: 'rejected', nextTestMs: 12_000 }),
    ]
    expect(summaryOf(keys, 10_000)).toMatchObject({ ready: 2, total: 5, nextBackMs: 29_000 })
  })

  it('names no return when none comes back by itself, or the announced one has passed', () => {
    expect(summaryOf([aKey({ kind: 'rejected', nextTestMs: null })], 0).nextBackMs).toBeNull()
    expect(summaryOf([aKey({ kind: 'cooling', untilMs: 5, announced: false })], 6).nextBackMs).toBeNull()
  })

  it('counts the keys of each state, the most frequent first', () => {
    const keys = [aKey({ kind: 'probing' }), aKey({ kind: 'ready' }), aKey({ kind: 'ready' })]
    expect(summaryOf(keys, 0).counts).toEqual([
      { kind: 'ready', count: 2 },
      { kind: 'probing', count: 1 },
    ])
  })

  it('knows a wait that is over although main still calls the key out', () => {
    expect(isOverdue(aKey({ kind: 'cooling', untilMs: 5, announced: true }), 6)).toBe(true)
    expect(isOverdue(aKey({ kind: 'cooling', untilMs: 5, announced: true }), 4)).toBe(false)
    expect(isOverdue(aKey({ kind: 'rejected', nextTestMs: 5 }), 6)).toBe(false)
    expect(isOverdue(aKey({ kind: 'paused', untilMs: null }), 6)).toBe(false)
  })
})
