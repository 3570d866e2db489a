import { describe, expect, it } from 'vitest'
import { costOf, seriesOf, successShare } from '../../../renderer/features/dashboard/figures.ts'
import { askEveryMs, windowUpTo } from '../../../renderer/features/dashboard/range-window.ts'
import { sparklinePath } from '../../../renderer/features/dashboard/sparkline-geometry.ts'
import type { Figures } from '../../../shared/activity.ts'

const figures = (over: Partial<Figures> = {}): Figures => ({
  finished: 0,
  served: 0,
  failed: 0,
  cancelled: 0,
  saved: 0,
  p50Ms: null,
  p95Ms: null,
  promptTokens: 0,
  completionTokens: 0,
  estimated: 0,
  costMicros: 0,
  unpriced: 0,
  ...over,
})

describe('the figures', () => {
  it('call nothing a success while there is neither answer nor failure', () => {
    expect(successShare(figures({ finished: 3, cancelled: 3 }))).toBeNull()
    expect(successShare(figures({ served: 3, failed: 1, cancelled: 5 }))).toBe(0.75)
  })

  it('draw only buckets that lie whole in the window: one that has just begun would look like a fall', () => {
    const points = [1, 2, 3, 4].map((finished) => figures({ finished }))
    const history = { fromMs: 0, stepMs: 10, totals: figures(), today: figures(), points }
    expect(seriesOf(history, { fromMs: 5, toMs: 35 }).requests).toEqual([2, 3])
  })

  it('join what stands too close, and lose nothing that is counted', () => {
    const points = Array.from({ length: 60 }, (_, at) =>
      figures({ finished: 2, served: 2, p50Ms: at < 30 ? 100 : 300 }),
    )
    const history = { fromMs: 0, stepMs: 1_000, totals: figures(), today: figures(), points }
    const { requests, p50Ms } = seriesOf(history, { fromMs: 0, toMs: 60_000 })
    expect(requests).toEqual(Array.from({ length: 30 }, () => 4))
    expect([p50Ms[0], p50Ms[29]]).toEqual([100, 300])
  })

  it('say a cost only where prices are known', () => {
    expect(costOf(figures())).toEqual({ kind: 'none' })
    expect(costOf(figures({ promptTokens: 5, unpriced: 1 }))).toEqual({ kind: 'unknown' })
    expect(costOf(figures({ promptTokens: 5, costMicros: 8_420_000 }))).toEqual({ kind: 'known', dollars: 8.42 })
    expect(costOf(figures({ promptTokens: 5, costMicros: 1_000_000, unpriced: 2 }))).toEqual({
      kind: 'partly',
      dollars: 1,
      unpriced: 2,
    })
  })

  it('are counted over the very range that was chosen, with the newest second in it', () => {
    const { fromMs, toMs } = windowUpTo(12_345_678, 5, null)
    expect(toMs).toBeGreaterThan(12_345_678)
    expect(toMs - 12_345_678).toBeLessThanOrEqual(1_000)
    expect(toMs - fromMs).toBe(300_000)
  })

  it('are asked for at most once a second, and less often over a longer range', () => {
    expect([1, 5, 15, 60, 1_440].map(askEveryMs)).toEqual([1_000, 1_000, 3_000, 12_000, 15_000])
  })
})

describe('a sparkline', () => {
  const size = { width: 100, height: 20 }

  it('goes on over what is not known, and shows a lone value', () => {
    expect(sparklinePath([1, 2, null, 2], size)).toBe('M0 10L33.3 1.5L100 1.5')
    expect(sparklinePath([null, 5, null], size)).toContain('h0')
    expect(sparklinePath([null, null], size)).toBe('')
  })

  it('stands on zero, so that a steady amount is a level line and none lies at the bottom', () => {
    expect(sparklinePath([60, 60, 60], size)).toBe('M0 1.5L50 1.5L100 1.5')
    expect(sparklinePath([0, 0, 0], size)).toBe('M0 18.5L50 18.5L100 18.5')
  })

  it('puts a whole share at the top, and falls by what is missing of it', () => {
    expect(sparklinePath([1, 0.95, 1], size, 'share')).toBe('M0 1.5L50 10L100 1.5')
    expect(sparklinePath([1, 0.5], size, 'share')).toBe('M0 1.5L100 18.5')
  })
})
