import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { cell } from '../../shared/csv-cell.ts'
import { percentileOf, bucketMs, bucketOf } from '../../electron/journal/latency-histogram.ts'
import { createJournalService } from '../../electron/journal/service.ts'
import { noFilter, resultFilters, type JournalEntry, type RequestFilter } from '../../shared/activity.ts'
import { outcomeKinds } from '../../shared/outcome.ts'
import { isSavedByRotation } from '../../shared/request-history.ts'
import { allPages, dayMs, recordAll } from './recording.ts'
import { eventsOfAll, story } from './stories.ts'

/** One for all tests that only ask. */
function aFullJournal(count = 120) {
  const folder = mkdtempSync(join(tmpdir(), 'keywheel-test-'))
  const path = join(folder, 'journal.db')
  const service = createJournalService({ path, wallMs: () => dayMs, nowMs: () => performance.now() })
  afterAll(() => (service.close(), rmSync(folder, { recursive: true, force: true })))
  const told = fc.sample(story, { numRuns: count, seed: 11 })
  recordAll(service, eventsOfAll(told, dayMs), (index) => index % 50 === 0)
  return { service, all: allPages(service) }
}

/** The filter as somebody would apply it by hand. */
function shows(filter: RequestFilter, entry: JournalEntry): boolean {
  const { modelId, keyId, client, result, outcome, fromMs, toMs, text } = filter
  if (modelId !== null && entry.modelId !== modelId) return false
  if (client !== null && entry.client !== client) return false
  if (keyId !== null && !entry.attempts.some((attempt) => attempt.keyId === keyId)) return false
  if (outcome !== null && !entry.attempts.some((attempt) => attempt.outcome?.kind === outcome)) return false
  if (fromMs !== null && entry.startedAtMs < fromMs) return false
  if (toMs !== null && entry.startedAtMs >= toMs) return false
  if (result === 'open' ? entry.endedAtMs !== null : result === 'rotated' ? !isSavedByRotation(entry) : false)
    return false
  if (result !== null && !['open', 'rotated'].includes(result) && entry.result !== result) return false
  return text === '' || entry.id.includes(text)
}

const filter = fc.record({
  modelId: fc.constantFrom(null, 'model-0', 'model-2', 'no-model'),
  keyId: fc.constantFrom(null, 'model-0-key-1', 'model-1-key-0'),
  client: fc.constantFrom(null, 'playground', 'nobody'),
  result: fc.constantFrom(null, ...resultFilters),
  outcome: fc.constantFrom(null, ...outcomeKinds),
  fromMs: fc.constantFrom(null, dayMs + 100_000),
  toMs: fc.constantFrom(null, dayMs + 300_000),
  text: fc.constantFrom('', 'request-00', '0042', 'request_0', 'request%0'),
}) as fc.Arbitrary<RequestFilter>

describe('a page of requests', () => {
  const { service, all } = aFullJournal()

  it('shows what the filter says, all of it and in order, whatever the size of pages', () => {
    fc.assert(
      fc.property(filter, fc.integer({ min: 1, max: 50 }), (wanted, limit) => {
        const expected = all.filter((entry) => shows(wanted, entry))
        expect(allPages(service, wanted, limit)).toEqual(expected)
        expect(service.count(wanted)).toEqual({ count: expected.length, exact: true })
      }),
      { numRuns: 150 },
    )
  })

  it('goes back to newer ones from any position', () => {
    const { position } = all[60]!
    const page = service.requests({ filter: noFilter, position, direction: 'newer', limit: 10 })
    expect(page.requests).toEqual(all.slice(50, 60).toReversed())
  })

  it.each([
    ['a request’s id', (entry: JournalEntry) => entry.id],
    ['a client', (entry: JournalEntry) => entry.client],
    ['a model, in other letters', (entry: JournalEntry) => entry.modelName.split(' ')[0]!.toUpperCase()],
    ['a kind of outcome', (entry: JournalEntry) => entry.attempts[0]!.outcome!.kind],
  ])('is found by %s', (_what, word) => {
    const entry = all.find(({ attempts }) => attempts[0]?.outcome)!
    expect(allPages(service, { text: word(entry) }).map(({ id }) => id)).toContain(entry.id)
  })

  it('is found by what a provider said, in Chinese too, and by every word of it', () => {
    const said = all.filter((entry) => JSON.stringify(entry.attempts).includes('余额不足'))
    expect(said.length).toBeGreaterThan(0)
    expect(allPages(service, { text: '余额' })).toEqual(said)
    expect(allPages(service, { text: `余额 ${said[0]!.id}` })).toEqual([said[0]])
    expect(allPages(service, { text: '余额 nothing-of-this' })).toEqual([])
  })
})

describe('the figures', () => {
  const { service, all } = aFullJournal()
  const window = { modelId: null, fromMs: dayMs - 60_000, toMs: dayMs + 1_200_000 }
  const ended = all.filter(({ endedAtMs }) => endedAtMs !== null && endedAtMs < window.toMs)

  it('are those of the requests that ended in the window, and their points add up to them', () => {
    const { totals, points } = service.figures({ window, wallMs: window.toMs })
    const sum = (name: 'finished' | 'served' | 'saved' | 'promptTokens') =>
      points.reduce((total, point) => total + point[name], 0)
    expect(totals).toMatchObject({
      finished: ended.length,
      served: ended.filter(({ result }) => result === 'served').length,
      saved: ended.filter(isSavedByRotation).length,
    })
    for (const name of ['finished', 'served', 'saved', 'promptTokens'] as const) expect(sum(name)).toBe(totals[name])
  })

  it('know latencies within five percent', () => {
    const latencies = ended
      .filter(({ result }) => result === 'served')
      .map(({ startedAtMs, endedAtMs }) => endedAtMs! - startedAtMs)
      .toSorted((a, b) => a - b)
    const { p50Ms, p95Ms } = service.figures({ window, wallMs: window.toMs }).totals
    const exact = (share: number) => latencies[Math.ceil(share * latencies.length) - 1]!
    expect(Math.abs(p50Ms! / exact(0.5) - 1)).toBeLessThan(0.05)
    expect(Math.abs(p95Ms! / exact(0.95) - 1)).toBeLessThan(0.05)
  })

  it('are of one model when it is asked for', () => {
    const { totals } = service.figures({ window: { ...window, modelId: 'model-1' as never }, wallMs: window.toMs })
    expect(totals.finished).toBe(ended.filter(({ modelId }) => modelId === 'model-1').length)
  })

  it('count failed attempts by kind, each in its time', () => {
    const { kinds, fromMs, stepMs } = service.failures(window)
    const failed = all.flatMap(({ attempts }) => attempts).filter(({ outcome }) => outcome && outcome.kind !== 'served')
    const at = (startedAtMs: number, durationMs: number | null) =>
      Math.floor((startedAtMs + (durationMs ?? 0) - fromMs) / stepMs)
    for (const { kind, counts } of kinds) {
      const recount = counts.map(
        (_count, index) =>
          failed.filter((one) => one.outcome?.kind === kind && at(one.startedAtMs, one.durationMs) === index).length,
      )
      expect(counts).toEqual(recount)
    }
    expect(kinds.length).toBeGreaterThan(5)
  })

  it('of a lane are the attempts of its key, bucket by bucket', () => {
    const modelId = 'model-1' as never
    const { keys } = service.lanes({ modelId, fromMs: window.fromMs, toMs: window.toMs, buckets: 50 })
    const attempts = all.flatMap((entry) =>
      entry.attempts.filter((attempt) => (attempt.modelId ?? entry.modelId) === modelId && attempt.outcome),
    )
    for (const { keyId, counts } of keys) {
      const total = counts.reduce((sum, [, , n]) => sum + n, 0)
      expect(total).toBe(attempts.filter((attempt) => attempt.keyId === keyId).length)
    }
    expect(keys).toHaveLength(5)
  })

  it('hold every latency in a bucket whose middle is within five percent of it', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e7, noNaN: true }), (ms) => {
        expect(Math.abs(bucketMs(bucketOf(ms)) / ms - 1)).toBeLessThan(0.05)
      }),
    )
    expect(percentileOf([], 0.5)).toBeNull()
  })
})

describe('an export', () => {
  const { service, all } = aFullJournal()
  const whole = (format: 'csv' | 'json', over: Partial<RequestFilter> = {}) => {
    let [text, written, position] = ['', 0, null as number | null]
    do {
      const part = service.exportPart({ filter: { ...noFilter, ...over }, format, position, written })
      text += part.text
      written += part.requests
      position = part.next
    } while (position !== null)
    return text
  }

  it('as JSON is one document with the requests that the filter shows', () => {
    const { requests } = JSON.parse(whole('json', { client: 'playground' })) as { requests: unknown[] }
    const expected = all
      .filter(({ client }) => client === 'playground')
      .map((entry) => ({ ...entry, position: undefined }))
    expect(requests).toEqual(JSON.parse(JSON.stringify(expected)))
    expect(JSON.parse(whole('json', { client: 'nobody' }))).toEqual({ requests: [] })
  })

  it('as CSV has a head and a line for each attempt', () => {
    const lines = whole('csv')
      .split('\r\n')
      .filter((line) => line.startsWith('request-'))
    expect(lines).toHaveLength(all.reduce((sum, { attempts }) => sum + Math.max(1, attempts.length), 0))
    expect(whole('csv').startsWith('request,started,')).toBe(true)
  })

  it.each([
    ['=cmd|calc', "'=cmd|calc"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@sum', "'@sum"],
    ['\t=1', "'\t=1"],
    ['\r=1', `"'\r=1"`],
    ['\0=1', "'=1"],
    ['a "b", c', '"a ""b"", c"'],
    ['two\nlines', '"two\nlines"'],
    ['plain', 'plain'],
  ])('lets no spreadsheet take %j for a formula', (text, safe) => {
    expect(cell(text)).toBe(safe)
  })

  it('leaves numbers numbers', () => {
    expect(cell(-5)).toBe('-5')
    expect(cell(null)).toBe('')
  })
})
