import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { createActivityReport } from '../../../renderer/app/activity-report.ts'

function reportsOf(signsAtMs: readonly number[], everyMs: number): number[] {
  const reports: number[] = []
  let nowMs = 0
  const told = createActivityReport({ everyMs, report: () => reports.push(nowMs) })
  for (const atMs of signsAtMs) {
    nowMs = atMs
    told(atMs)
  }
  return reports
}

it('tells of the first sign at once, and of those that follow closely not at all', () => {
  expect(reportsOf([5, 10, 14_000, 15_004, 15_005, 40_000], 15_000)).toEqual([5, 15_005, 40_000])
})

it('never leaves main without word for longer than a person was at work', () => {
  const signs = fc.array(fc.nat(5_000), { minLength: 1, maxLength: 200 })
  fc.assert(
    fc.property(signs, fc.integer({ min: 1, max: 60_000 }), (gaps, everyMs) => {
      let atMs = 0
      const times = gaps.map((gap) => (atMs += gap))
      const reports = reportsOf(times, everyMs)
      expect(reports[0]).toBe(times[0])
      // Every sign lies less than the interval after a report, and no two reports lie closer than it.
      for (const time of times) expect(reports.some((report) => report <= time && time - report < everyMs)).toBe(true)
      const gapsOfReports = reports.slice(1).map((report, index) => report - (reports[index] ?? 0))
      expect(Math.min(everyMs, ...gapsOfReports)).toBe(everyMs)
    }),
  )
})
