/**
 * The loaded requests are one unbroken stretch of the journal, youngest first, each position once; everything before
 * and behind it is fetched page by page. So a list of millions costs what a screenful does.
 */
import type { JournalEntry, PageQuery, RequestFilter, RequestPage } from '../../../shared/activity.ts'

export interface RequestStretch {
  entries: readonly JournalEntry[]
  /** Where to go on; null when there is nothing further. */
  older: number | null
  newer: number | null
  /** The oldest and the newest position there is, whatever the filter. */
  range: RequestPage['range']
  /** What is being fetched. */
  loading: 'all' | 'older' | 'newer' | null
  failed: boolean
  /** How many entries were put in front by the last change, so that what is seen can be kept in its place. */
  shifted: number
}

export interface RequestWindowDeps {
  fetchPage: (query: PageQuery) => Promise<RequestPage>
  onChange: (stretch: RequestStretch) => void
}

export interface RequestWindow {
  /** Lets go of what began before: a range that ends now moves on, and what is read stays where it is. */
  slide: (fromMs: number) => void
  /** Begins anew: with the newest, the oldest, or from a position on. */
  show: (filter: RequestFilter, from: 'newest' | 'oldest' | number) => Promise<void>
  loadOlder: () => Promise<void>
  loadNewer: () => Promise<void>
  /** Reads the newest again, while they are what is shown: requests began, went on and ended since. */
  refresh: () => Promise<void>
}

export const pageRows = 100
const mostEntries = 1_500

const nothing: RequestStretch = {
  entries: [],
  older: null,
  newer: null,
  range: null,
  loading: null,
  failed: false,
  shifted: 0,
}

export function createRequestWindow({ fetchPage, onChange }: RequestWindowDeps): RequestWindow {
  let filter: RequestFilter | null = null
  let stretch = nothing
  /** What was asked before the last beginning is no longer wanted. */
  let generation = 0

  const become = (edit: Partial<RequestStretch>) => {
    stretch = { ...stretch, shifted: 0, ...edit }
    onChange(stretch)
  }

  async function fetching(
    loading: NonNullable<RequestStretch['loading']>,
    query: Omit<PageQuery, 'filter' | 'limit'>,
    take: (page: RequestPage) => Partial<RequestStretch>,
  ): Promise<void> {
    if (filter === null) return
    const mine = generation
    become({ loading })
    try {
      const page = await fetchPage({ ...query, filter, limit: pageRows })
      if (mine === generation) become({ loading: null, failed: false, range: page.range, ...take(page) })
    } catch {
      // The list says that it could not be read, and offers to ask again.
      if (mine === generation) become({ loading: null, failed: true })
    }
  }

  const loadOlder = async () => {
    if (stretch.loading !== null || stretch.older === null) return
    const position = stretch.older
    await fetching('older', { position, direction: 'older' }, ({ requests, next }) => {
      const entries = [...stretch.entries, ...requests]
      const kept = entries.slice(-mostEntries)
      const dropped = entries.length - kept.length
      const newer = dropped === 0 ? stretch.newer : (kept[0]?.position ?? null)
      return { entries: kept, older: next, newer, shifted: -dropped }
    })
  }

  const loadNewer = async () => {
    if (stretch.loading !== null || stretch.newer === null) return
    const position = stretch.newer
    await fetching('newer', { position, direction: 'newer' }, ({ requests, next }) => {
      const entries = [...requests.toReversed(), ...stretch.entries]
      const kept = entries.slice(0, mostEntries)
      const older = kept.length < entries.length ? (kept.at(-1)?.position ?? null) : stretch.older
      return { entries: kept, newer: next, older, shifted: requests.length }
    })
  }

  return {
    async show(wanted, from) {
      generation += 1
      filter = wanted
      stretch = { ...stretch, loading: null }
      if (from === 'oldest') {
        await fetching('all', { position: null, direction: 'newer' }, ({ requests, next }) => ({
          entries: requests.toReversed(),
          newer: next,
          older: null,
        }))
        return
      }
      const position = from === 'newest' ? null : from + 1
      await fetching('all', { position, direction: 'older' }, ({ requests, next }) => ({
        entries: requests,
        older: next,
        // Those beyond a position that was jumped to are behind it, if there are any.
        newer: from === 'newest' ? null : from,
      }))
    },
    slide(fromMs) {
      if (filter === null) return
      filter = { ...filter, fromMs }
      const entries = stretch.entries.filter(({ startedAtMs }) => startedAtMs >= fromMs)
      if (entries.length < stretch.entries.length) become({ entries, older: null })
    },
    loadOlder,
    loadNewer,
    async refresh() {
      if (stretch.loading !== null || stretch.newer !== null) return
      await fetching('newer', { position: null, direction: 'older' }, ({ requests, next }) =>
        joined(stretch, requests, next),
      )
    },
  }
}

/** The newest page laid over what was loaded; where the two no longer touch, the newest page alone. */
function joined(before: RequestStretch, page: readonly JournalEntry[], next: number | null): Partial<RequestStretch> {
  const oldest = page.at(-1)
  const newestBefore = before.entries[0]
  if (!oldest || !newestBefore) return { entries: page, older: next, newer: null }
  const isWhole = next === null
  if (!isWhole && oldest.position > newestBefore.position) return { entries: page, older: next, newer: null }
  const rest = isWhole ? [] : before.entries.filter(({ position }) => position < oldest.position)
  const entries = [...page, ...rest].slice(0, mostEntries)
  const shifted = page.filter(({ position }) => position > newestBefore.position).length
  const wasCut = entries.length < page.length + rest.length
  const older = wasCut ? (entries.at(-1)?.position ?? null) : rest.length > 0 ? before.older : next
  return { entries, older, newer: null, shifted }
}
