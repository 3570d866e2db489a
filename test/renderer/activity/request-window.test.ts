import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createRequestWindow,
  pageRows,
  type RequestStretch,
} from '../../../renderer/features/activity/request-window.ts'
import { noFilter, type JournalEntry, type PageQuery, type RequestPage } from '../../../shared/activity.ts'
import { script } from '../live-events.ts'

const entry = (position: number): JournalEntry => ({
  ...script({ id: `r${position}`, startMs: position, attempts: [{ key: 'a', kind: 'served', durationMs: 1 }] }).view,
  position,
  costMicros: null,
})

/** A journal of the positions 1 to `count`, of which a filter lets some through. */
function aJournal(count: number, passes: (position: number) => boolean = () => true) {
  const journal = { count, asked: 0, isBroken: false }
  const fetchPage = ({ filter, position, direction, limit }: PageQuery): Promise<RequestPage> => {
    journal.asked += 1
    if (journal.isBroken) return Promise.reject(new Error('the journal cannot be read'))
    const isSince = (at: number) => filter.fromMs === null || entry(at).startedAtMs >= filter.fromMs
    const all = Array.from({ length: journal.count }, (_, at) => at + 1).filter((at) => passes(at) && isSince(at))
    const older = direction === 'older'
    const beyond = all.filter((at) => position === null || (older ? at < position : at > position))
    const found = older ? beyond.toReversed().slice(0, limit) : beyond.slice(0, limit)
    const next = beyond.length > found.length ? (found.at(-1) ?? null) : null
    return Promise.resolve({ requests: found.map(entry), next, range: { oldest: 1, newest: journal.count } })
  }
  return { journal, fetchPage }
}

function aWindow(count: number, passes?: (position: number) => boolean) {
  const { journal, fetchPage } = aJournal(count, passes)
  const seen: RequestStretch[] = []
  const requests = createRequestWindow({ fetchPage, onChange: (stretch) => seen.push(stretch) })
  const now = () => seen.at(-1)!
  return { journal, requests, now, positions: () => now().entries.map(({ position }) => position) }
}

const from = (first: number, count: number) => Array.from({ length: count }, (_, at) => first - at)

describe('the loaded stretch of requests', () => {
  it('begins with the newest and goes on to the oldest, page by page', async () => {
    const { requests, positions, now } = aWindow(250)
    await requests.show(noFilter, 'newest')
    expect(positions()).toEqual(from(250, pageRows))
    await requests.loadOlder()
    await requests.loadOlder()
    expect(positions()).toEqual(from(250, 250))
    expect(now()).toMatchObject({ older: null, newer: null, range: { oldest: 1, newest: 250 } })
  })

  it('begins anywhere, and goes on in both directions', async () => {
    const { requests, positions } = aWindow(1_000)
    await requests.show(noFilter, 500)
    expect(positions()[0]).toBe(500)
    await requests.loadNewer()
    expect(positions()).toEqual(from(600, 200))
  })

  it('begins at the very end', async () => {
    const { requests, positions, now } = aWindow(1_000)
    await requests.show(noFilter, 'oldest')
    expect(positions()).toEqual(from(100, 100))
    expect(now().older).toBeNull()
  })

  it('takes in what is new, and says by how much the rest moved', async () => {
    const { requests, positions, now, journal } = aWindow(150)
    await requests.show(noFilter, 'newest')
    journal.count = 160
    await requests.refresh()
    expect(positions()).toEqual(from(160, 110))
    expect(now().shifted).toBe(10)
    await requests.loadOlder()
    expect(positions()).toEqual(from(160, 160))
  })

  it('lets go of what a range that moves on leaves behind, and keeps the rest where it is', async () => {
    const { requests, positions, now, journal } = aWindow(150)
    await requests.show({ ...noFilter, fromMs: entry(21).startedAtMs }, 'newest')
    await requests.loadOlder()
    expect(positions()).toEqual(from(150, 130))
    requests.slide(entry(51).startedAtMs)
    expect(positions()).toEqual(from(150, 100))
    expect(now()).toMatchObject({ older: null, shifted: 0 })
    journal.count = 155
    await requests.refresh()
    expect(positions()).toEqual(from(155, 105))
    await requests.loadOlder()
    expect(positions()).toEqual(from(155, 105))
  })

  it('begins anew when more is new than a page holds', async () => {
    const { requests, positions, journal } = aWindow(150)
    await requests.show(noFilter, 'newest')
    journal.count = 1_000
    await requests.refresh()
    expect(positions()).toEqual(from(1_000, pageRows))
  })

  it('leaves what is read further back in peace', async () => {
    const { requests, journal, now } = aWindow(1_000)
    await requests.show(noFilter, 300)
    const { asked } = journal
    await requests.refresh()
    expect(journal.asked).toBe(asked)
    expect(now().entries[0]?.position).toBe(300)
  })

  it('says that it could not be read, and can be asked again', async () => {
    const { requests, journal, now } = aWindow(10)
    journal.isBroken = true
    await requests.show(noFilter, 'newest')
    expect(now()).toMatchObject({ failed: true, loading: null })
    journal.isBroken = false
    await requests.show(noFilter, 'newest')
    expect(now()).toMatchObject({ failed: false, loading: null })
    expect(now().entries).toHaveLength(10)
  })

  it('forgets an answer that was overtaken by another question', async () => {
    const waiting: ((page: RequestPage) => void)[] = []
    const seen: RequestStretch[] = []
    const requests = createRequestWindow({
      fetchPage: () => new Promise((resolve) => waiting.push(resolve)),
      onChange: (stretch) => seen.push(stretch),
    })
    const both = [requests.show(noFilter, 'newest'), requests.show({ ...noFilter, text: 'x' }, 'newest')]
    waiting[1]?.({ requests: [entry(2)], next: null, range: null })
    waiting[0]?.({ requests: [entry(1)], next: null, range: null })
    await Promise.all(both)
    expect(seen.at(-1)?.entries.map(({ position }) => position)).toEqual([2])
  })

  it('stays one unbroken stretch of what the filter lets through, whatever is done, and never grows without end', async () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ do: fc.constantFrom('older', 'newer', 'refresh', 'newest', 'oldest') }),
        fc.record({ do: fc.constant('jump'), to: fc.integer({ min: 1, max: 5_000 }) }),
        fc.record({ do: fc.constant('grow'), by: fc.integer({ min: 1, max: 300 }) }),
      ),
      { maxLength: 60 },
    )
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 7 }), async (list, every) => {
        const passes = (position: number) => position % every === 0
        const { requests, journal, now, positions } = aWindow(5_000, passes)
        await requests.show(noFilter, 'newest')
        for (const step of list) {
          if ('to' in step) await requests.show(noFilter, step.to)
          else if ('by' in step) journal.count += step.by
          else if (step.do === 'older') await requests.loadOlder()
          else if (step.do === 'newer') await requests.loadNewer()
          else if (step.do === 'refresh') await requests.refresh()
          else await requests.show(noFilter, step.do === 'oldest' ? 'oldest' : 'newest')
          const loaded = positions()
          const newest = loaded[0] ?? 0
          const all = Array.from({ length: newest }, (_, at) => newest - at).filter(passes)
          expect(loaded).toEqual(all.slice(0, loaded.length))
          expect(loaded.length).toBeLessThanOrEqual(1_500)
          expect(now().older === null).toBe(loaded.length === 0 || loaded.at(-1) === Math.min(...all))
        }
      }),
      { numRuns: 60 },
    )
  })
})
