import { readFile } from 'node:fs/promises'
import * as z from 'zod'

/** How many tests a part ran, read from its own report; a skipped test is neither passed nor failed. */
export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

export const noTests: Counts = { passed: 0, failed: 0, skipped: 0 }

const VitestReport = z.object({
  numPassedTests: z.number().int(),
  numFailedTests: z.number().int(),
  numPendingTests: z.number().int(),
})
const PlaywrightReport = z.object({
  stats: z.object({
    expected: z.number().int(),
    unexpected: z.number().int(),
    flaky: z.number().int(),
    skipped: z.number().int(),
  }),
})

/** Null when there is no report to read: then nothing is known to have passed. */
export async function readVitestCounts(path: string): Promise<Counts | null> {
  const report = VitestReport.safeParse(await readJson(path)).data
  if (!report) return null
  return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests }
}

/** A test that passed only at a second try has failed. */
export async function readPlaywrightCounts(path: string): Promise<Counts | null> {
  const report = PlaywrightReport.safeParse(await readJson(path)).data
  if (!report) return null
  const { expected, unexpected, flaky, skipped } = report.stats
  return { passed: expected, failed: unexpected + flaky, skipped }
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    // The part ended before it could report; the caller says that it failed.
    return null
  }
}
