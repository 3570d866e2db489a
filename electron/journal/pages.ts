// A page looks through a bounded stretch of the journal, whatever the filter: what it did not reach is the next page's.
import type { DatabaseSync } from 'node:sqlite'
import type { PageQuery, RequestCount, RequestFilter, RequestPage } from '../../shared/activity.ts'
import { entryColumns, entryJoins, type Entries } from './entries.ts'
import { conditionOf } from './filter-sql.ts'

/** Requests looked at in one go, and how long a page goes on doing so. */
const stretch = 10_000
const searchMs = 60

/** Up to this many a count is exact; beyond it so many stretches are sampled. */
const countedRequests = 100_000
const sampleStretches = 25
const sampleStretch = 1_000

interface Bounds {
  oldest: number
  newest: number
}

export function createPages(db: DatabaseSync, entries: Entries, nowMs: () => number) {
  const first = db.prepare('SELECT min(id) AS id FROM requests')
  const last = db.prepare('SELECT max(id) AS id FROM requests')
  const firstSince = db.prepare('SELECT id FROM requests WHERE started_at >= ? ORDER BY started_at LIMIT 1')
  const lastUntil = db.prepare('SELECT id FROM requests WHERE started_at < ? ORDER BY started_at DESC LIMIT 1')

  function range(): Bounds | null {
    const oldest = first.get()?.['id'] ?? null
    return oldest === null ? null : { oldest: Number(oldest), newest: Number(last.get()?.['id']) }
  }

  /** Where requests of the filter's time can lie; null when there are none. */
  function boundsOf({ fromMs, toMs }: RequestFilter): Bounds | null {
    const whole = range()
    if (!whole) return null
    const from = fromMs === null ? whole.oldest : firstSince.get(fromMs)?.['id']
    const to = toMs === null ? whole.newest : lastUntil.get(toMs)?.['id']
    if (typeof from !== 'number' || typeof to !== 'number') return null
    // Positions follow the time but where the machine's clock was set: the filter itself looks at each one's time.
    const oldest = fromMs === null ? from : Math.max(whole.oldest, from - stretch)
    const newest = toMs === null ? to : Math.min(whole.newest, to + stretch)
    return oldest > newest ? null : { oldest, newest }
  }

  function page({ filter, position, direction, limit }: PageQuery): RequestPage {
    const bounds = boundsOf(filter)
    const found: RequestPage = { requests: [], next: null, range: range() }
    if (!bounds) return found
    const condition = conditionOf(db, filter)
    const search = db.prepare(
      `SELECT ${entryColumns} FROM requests r ${entryJoins} WHERE r.id BETWEEN ? AND ? AND ${condition.sql}
       ORDER BY r.id ${direction === 'older' ? 'DESC' : 'ASC'} LIMIT ?`,
    )
    const untilMs = nowMs() + searchMs
    const walk = direction === 'older' ? olderStretches(bounds, position) : newerStretches(bounds, position)
    for (const { from, to, next } of walk) {
      const rows = search.all(from, to, ...condition.values, limit - found.requests.length)
      for (const row of rows) found.requests.push(entries.entryOf(row))
      if (found.requests.length === limit) return { ...found, next: found.requests.at(-1)?.position ?? null }
      found.next = next
      if (nowMs() >= untilMs) return found
    }
    return { ...found, next: null }
  }

  function count(filter: RequestFilter): RequestCount {
    const bounds = boundsOf(filter)
    if (!bounds) return { count: 0, exact: true }
    const condition = conditionOf(db, filter)
    const all = bounds.newest - bounds.oldest + 1
    if (condition.values.length === 0 && condition.sql === '1') return { count: all, exact: true }
    const counter = db.prepare(`SELECT count(*) AS n FROM requests r WHERE r.id BETWEEN ? AND ? AND ${condition.sql}`)
    const between = (from: number, to: number) => Number(counter.get(from, to, ...condition.values)?.['n'])
    if (all <= countedRequests) return { count: between(bounds.oldest, bounds.newest), exact: true }
    return { count: sampled(bounds, all, between), exact: false }
  }

  return { range, boundsOf, page, count }
}

export type Pages = ReturnType<typeof createPages>

/** Evenly spaced, so that a filter that only matches at some times is met in proportion. */
function sampled({ oldest }: Bounds, all: number, between: (from: number, to: number) => number) {
  let matches = 0
  for (let nth = 0; nth < sampleStretches; nth += 1) {
    const from = oldest + Math.floor(((all - sampleStretch) * nth) / (sampleStretches - 1))
    matches += between(from, from + sampleStretch - 1)
  }
  return Math.round((matches / (sampleStretches * sampleStretch)) * all)
}

interface Stretch {
  from: number
  to: number
  /** Where to go on after it; null when it is the last. */
  next: number | null
}

function* olderStretches({ oldest, newest }: Bounds, position: number | null): Generator<Stretch> {
  let to = position === null ? newest : Math.min(newest, position - 1)
  while (to >= oldest) {
    const from = Math.max(oldest, to - stretch + 1)
    yield { from, to, next: from > oldest ? from : null }
    to = from - 1
  }
}

function* newerStretches({ oldest, newest }: Bounds, position: number | null): Generator<Stretch> {
  let from = position === null ? oldest : Math.max(oldest, position + 1)
  while (from <= newest) {
    const to = Math.min(newest, from + stretch - 1)
    yield { from, to, next: to < newest ? to : null }
    from = to + 1
  }
}
