import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchesFilter, type OutcomeFilter } from '../../../renderer/features/activity/activity-filter.ts'
import { timelineOf } from '../../../renderer/features/activity/timeline.ts'
import type { RequestView } from '../../../shared/request.ts'
import { anOutcome, script } from '../live-events.ts'

const rotated = script({
  id: 'req-rotated',
  startMs: 1_000,
  attempts: [
    { key: 'acct-2', kind: 'rate-limited', durationMs: 100 },
    { key: 'acct-3', kind: 'served', durationMs: 300 },
  ],
}).view
const smooth = script({
  id: 'req-smooth',
  startMs: 0,
  attempts: [{ key: 'acct-1', kind: 'served', durationMs: 1 }],
}).view
const failed: RequestView = {
  ...script({ id: 'req-failed', startMs: 0, attempts: [{ key: 'acct-1', kind: 'rejected', durationMs: 1 }] }).view,
  failure: {
    code: 'keys_unavailable',
    model: 'm',
    host: 'api.example.com',
    outcome: anOutcome('rejected', {
      status: 401,
      providerCode: 'invalid_api_key',
      providerMessage: 'Wrong key given',
    }),
    keys: [],
    retryAtMs: null,
  },
}
const running: RequestView = { ...smooth, result: 'running', endedAtMs: null }

const filter = (outcome: OutcomeFilter, text = '') => ({ outcome, text, modelId: null })

describe('the filter of the activity', () => {
  it.each([
    ['all', ['rotated', 'smooth', 'failed', 'running']],
    ['served', ['rotated', 'smooth']],
    ['rotated', ['rotated']],
    ['failed', ['failed']],
    ['open', ['running']],
    ['cancelled', []],
  ] as const)('shows under "%s" just %j', (outcome, expected) => {
    const named = { rotated, smooth, failed, running }
    const shown = Object.entries(named).filter(([, request]) => matchesFilter(request, filter(outcome)))
    expect(shown.map(([name]) => name)).toEqual(expected)
  })

  it.each([
    ['an id', 'REQ-FAIL'],
    ["a key's label", 'acct-1'],
    ['a status', '401'],
    ["the provider's code", 'invalid_api'],
    ["the provider's words, in any order", 'key  wrong'],
    ['a host', 'example.com'],
  ])('finds a request by %s', (_what, text) => {
    expect(matchesFilter(failed, filter('all', text))).toBe(true)
    expect(matchesFilter(failed, filter('all', `${text} nowhere`))).toBe(false)
  })

  it('leaves out other models', () => {
    expect(matchesFilter(smooth, { ...filter('all'), modelId: smooth.modelId })).toBe(true)
    expect(matchesFilter(smooth, { ...filter('all'), modelId: 'another' })).toBe(false)
  })
})

describe('the timeline of a request', () => {
  it('shows each attempt at its share of the whole time', () => {
    expect(timelineOf(rotated, 9_999)).toEqual([
      { number: 1, from: 0, width: 0.25 },
      { number: 2, from: 0.25, width: 0.75 },
    ])
  })

  it('lets a running attempt reach to now', () => {
    const attempts = rotated.attempts.slice(0, 1).map((one) => ({ ...one, durationMs: null, outcome: null }))
    expect(timelineOf({ ...rotated, endedAtMs: null, attempts }, 3_000)).toEqual([{ number: 1, from: 0, width: 1 }])
  })

  it('never leaves its line, whatever the times', () => {
    const durations = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(durations, fc.nat(), (list, nowMs) => {
        const attempts = list.map((durationMs) => ({ key: 'a', kind: 'served' as const, durationMs }))
        for (const bar of timelineOf(script({ id: 'r', startMs: 50, attempts }).view, nowMs)) {
          expect(bar.from).toBeGreaterThanOrEqual(0)
          expect(bar.width).toBeGreaterThan(0)
          expect(bar.from + bar.width).toBeLessThanOrEqual(1 + 1e-9)
        }
      }),
    )
  })
})
