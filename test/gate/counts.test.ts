import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { readPlaywrightCounts, readVitestCounts } from './counts.ts'

function aReport(content: string): string {
  const path = join(temporaryFolder(), 'report.json')
  writeFileSync(path, content)
  return path
}

describe('The number of tests', () => {
  it('is what the unit tests report', async () => {
    const report = aReport('{"numPassedTests":5,"numFailedTests":1,"numPendingTests":2,"success":false}')
    expect(await readVitestCounts(report)).toEqual({ passed: 5, failed: 1, skipped: 2 })
  })

  it('counts a test that passed at the second try as failed', async () => {
    const report = aReport('{"stats":{"expected":5,"unexpected":1,"flaky":2,"skipped":3}}')
    expect(await readPlaywrightCounts(report)).toEqual({ passed: 5, failed: 3, skipped: 3 })
  })

  it.each(['', '{', '{}', 'null', '{"stats":{}}', '{"numPassedTests":"5"}'])(
    'is unknown when the report is %j',
    async (content) => {
      expect(await readVitestCounts(aReport(content))).toBeNull()
      expect(await readPlaywrightCounts(aReport(content))).toBeNull()
    },
  )

  it('is unknown when there is no report', async () => {
    expect(await readVitestCounts('/nonexistent')).toBeNull()
  })
})
