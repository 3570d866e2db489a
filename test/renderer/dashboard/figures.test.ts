import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LiveHistory } from '../../../renderer/app/live/history.ts'
import { figuresOf, percentile, seriesOf } from '../../../renderer/features/dashboard/figures.ts'
import { sparklinePath } from '../../../renderer/features/dashboard/sparkline-geometry.ts'
import { interleaved, script, type ScriptedRequest } from '../live-events.ts'

const requests = fc
  .array(
    fc.record({
      startMs: fc.integer({ min: 0, max: 400_000 }),
      modelId: fc.constantFrom('m1', 'm2'),
      attempts: fc.array(
        fc.record({
          key: fc.constantFrom('a', 'b', 'c'),
          kind: fc.constantFrom('served', 'rate-limited', 'rejected', 'cancelled'),
          durationMs: fc.integer({ min: 0, max: 4_000 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      tokens: fc.integer({ min: 1, max: 5_000 }),
    }),
    { maxLength: 60 },
  )
  .map((list) => list.map((request, index): ScriptedRequest => ({ id: `r${index}`, ...request })))

const historyOf = (list: readonly ScriptedRequest[]) => {
  const history = new LiveHistory()
  history.apply(interleaved(list))
  return history
}

describe('the figures', () => {
  it('equal a recount of the requests themselves', () => {
    fc.assert(
      fc.property(
        requests,
        fc.constantFrom('m1', 'm2', null),
        fc.integer({ min: 0, max: 420_000 }),
        fc.constantFrom(60_000, 300_000),
        (list, modelId, toMs, windowMs) => {
          const views = list.map((request) => script(request).view)
          const inWindow = views.filter(
            (view) =>
              (modelId === null || view.modelId === modelId) &&
              (view.endedAtMs ?? 0) >= toMs - windowMs &&
              (view.endedAtMs ?? 0) < toMs,
          )
          const served = inWindow.filter((view) => view.result === 'served')
          const failed = inWindow.filter((view) => view.result === 'failed')
          const figures = figuresOf(historyOf(list).facts, { modelId, toMs, windowMs })
          const tokens = inWindow.map((view) => (view.usage?.promptTokens ?? 0) + (view.usage?.completionTokens ?? 0))
          expect(figures.finished).toBe(inWindow.length)
          expect(figures.served).toBe(served.length)
          expect(figures.failed).toBe(failed.length)
          expect(figures.tokens).toBe(tokens.reduce((sum, count) => sum + count, 0))
          expect(figures.perMinute).toBe(inWindow.filter((view) => (view.endedAtMs ?? 0) >= toMs - 60_000).length)
          expect(figures.saved).toBe(
            served.filter((view) => view.attempts[0]?.keyId !== view.attempts.at(-1)?.keyId).length,
          )
        },
      ),
    )
  })

  it('agree with their own sparklines about the totals', () => {
    fc.assert(
      fc.property(requests, (list) => {
        const { facts } = historyOf(list)
        const series = seriesOf(facts, { modelId: null, toMs: 450_000, windowMs: 900_000 })
        const figures = figuresOf(facts, { modelId: null, toMs: 450_000, windowMs: 900_000 })
        const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
        expect(sum(series.requests)).toBe(figures.finished)
        expect(sum(series.saved)).toBe(figures.saved)
        expect(sum(series.tokens)).toBe(figures.tokens)
      }),
    )
  })

  it('call a request saved only when another key than its first one answered', () => {
    const { facts } = historyOf([
      {
        id: 'rotated',
        startMs: 0,
        attempts: [
          { key: 'a', kind: 'rate-limited', durationMs: 1 },
          { key: 'b', kind: 'served', durationMs: 1 },
        ],
      },
      {
        id: 'same key again',
        startMs: 10,
        attempts: [
          { key: 'a', kind: 'upstream-failed', durationMs: 1 },
          { key: 'a', kind: 'served', durationMs: 1 },
        ],
      },
      {
        id: 'rotated in vain',
        startMs: 20,
        attempts: [
          { key: 'a', kind: 'rejected', durationMs: 1 },
          { key: 'b', kind: 'rejected', durationMs: 1 },
        ],
      },
    ])
    const figures = figuresOf(facts, { modelId: null, toMs: 1_000, windowMs: 60_000 })
    expect(figures.saved).toBe(1)
    expect(figures.successShare).toBeCloseTo(2 / 3)
  })

  it('know no share and no latency before anything has ended', () => {
    const figures = figuresOf(historyOf([]).facts, { modelId: null, toMs: 1_000, windowMs: 60_000 })
    expect(figures).toMatchObject({ perMinute: 0, successShare: null, p50Ms: null, p95Ms: null })
  })
})

describe('a percentile', () => {
  it.each([
    [[], 0.5, null],
    [[7], 0.95, 7],
    [[1, 2, 3, 4], 0.5, 2],
    [Array.from({ length: 100 }, (_, index) => index + 1), 0.95, 95],
  ])('of %j at %d is %j', (values, share, expected) => {
    expect(percentile(values, share)).toBe(expected)
  })
})

describe('a sparkline', () => {
  const size = { width: 100, height: 20 }

  it('leaves a gap where nothing is known, and marks a lone value', () => {
    expect(sparklinePath([null, null], size)).toBe('')
    expect(sparklinePath([1, null, 3, 2], size)).toBe('M0 18.5h0M66.7 1.5L100 10')
  })

  it('stays inside its box', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.double({ noNaN: true, min: -1e6, max: 1e6 })), { minLength: 1 }), (values) => {
        for (const [, x, y] of sparklinePath(values, size).matchAll(/[ML]([\d.-]+) ([\d.-]+)/g)) {
          expect(Number(x)).toBeGreaterThanOrEqual(0)
          expect(Number(x)).toBeLessThanOrEqual(100)
          expect(Number(y)).toBeGreaterThanOrEqual(0)
          expect(Number(y)).toBeLessThanOrEqual(20)
        }
      }),
    )
  })
})
