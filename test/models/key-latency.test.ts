import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createKeyLatency } from '../../electron/models/key-latency.ts'
import { anAttemptEnded } from '../support/events.ts'

function after(durations: readonly number[], kind: 'served' | 'rate-limited' = 'served') {
  const latency = createKeyLatency()
  for (const [seq, durationMs] of durations.entries())
    latency.record({ ...anAttemptEnded({ kind }), durationMs, seq, atMs: 0 } as never)
  return latency.p50Of('model-1', 'key-1')
}

describe('how long a key takes', () => {
  it('is the median of its last fifty answers, and nothing of those before', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { minLength: 1, maxLength: 170 }), (durations) => {
        const last = durations.slice(-50).toSorted((a, b) => a - b)
        expect(after(durations)).toBe(last[Math.floor((last.length - 1) / 2)])
      }),
    )
  })

  it('is not known before its first answer, and a refusal is none', () => {
    expect(after([])).toBeNull()
    expect(after([5], 'rate-limited')).toBeNull()
  })
})
