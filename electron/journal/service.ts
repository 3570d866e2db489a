// All that touches the file, behind plain calls; the worker thread gives it a thread of its own.
import { rmSync, statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import type * as activity from '../../shared/activity.ts'
import type { RequestId } from '../../shared/identity.ts'
import type { PackedBatch, PriceSource } from './batch.ts'
import { createEntries } from './entries.ts'
import { exportPart } from './export.ts'
import { createFigures } from './figures.ts'
import { createLanes } from './lanes.ts'
import { moveAside, openDatabase, type OpenedDatabase } from './open-database.ts'
import { createPages } from './pages.ts'
import { createPrices, type AppliedPrice } from './prices.ts'
import { createRetention, type Retention } from './retention.ts'
import { pragma } from './schema.ts'
import { isDamage, isDiskFull } from './sqlite-error.ts'
import { createTexts } from './texts/texts.ts'
import { createWriter } from './writer.ts'

export interface Stored extends Pick<OpenedDatabase, 'kept' | 'reason' | 'setAside'> {
  requests: number
  attempts: number
  texts: number
  bytes: number
  oldestAtMs: number | null
}

/** Why a batch was not written. The batch may be handed over again. */
export type Written = { ok: true; stored: Stored } | { ok: false; trouble: 'disk-full' | 'write-failed' }

export interface ServiceDeps {
  path: string
  wallMs: () => number
  /** For measuring how long something takes. */
  nowMs: () => number
}

export interface JournalService {
  write: (batch: PackedBatch) => Written
  requests: (query: activity.PageQuery) => activity.RequestPage
  count: (filter: activity.RequestFilter) => activity.RequestCount
  request: (id: RequestId) => activity.RequestDetail | null
  subjects: () => activity.JournalSubjects
  figures: (query: { window: activity.Window; wallMs: number }) => activity.FigureHistory
  failures: (window: activity.Window) => activity.FailureHistory
  lanes: (query: activity.LanesQuery) => activity.LaneHistory
  attempts: (query: activity.AttemptsQuery) => activity.AttemptHistory
  exportPart: (query: activity.ExportQuery) => activity.ExportPart
  prices: (query: { sources: readonly PriceSource[]; wallMs: number }) => AppliedPrice[]
  stored: () => Stored
  clear: () => Stored
  /** Forgets prompts and answers, and keeps their requests. */
  forgetTexts: () => Stored
  /** Forgets a little of what is too old or too much. True when there is more to do. */
  tidy: (wanted: { limits: Retention; wallMs: number }) => boolean
  close: () => void
}

export function createJournalService(deps: ServiceDeps): JournalService {
  const { path, wallMs } = deps
  const prices = createPrices()
  let setAside: string | null = null
  let opened = open()

  function open() {
    const database = openDatabase(path, wallMs())
    setAside = database.setAside ?? setAside
    try {
      return { ...database, ...partsOf(database.db), inode: inodeOf(path) }
    } catch (error) {
      database.db.close()
      if (!isDamage(error) || database.kept !== 'file') throw error
      setAside = moveAside(path, wallMs())
      const fresh = openDatabase(path, wallMs())
      return { ...fresh, ...partsOf(fresh.db), inode: inodeOf(path) }
    }
  }

  function partsOf(db: DatabaseSync) {
    const texts = createTexts(db)
    const entries = createEntries(db, texts)
    const pages = createPages(db, entries, deps.nowMs)
    const writer = createWriter(db, prices, texts)
    return {
      texts,
      entries,
      pages,
      writer,
      retention: createRetention(db, writer, texts),
      figures: createFigures(db, { wallMs, midnightMs: midnightBefore }),
      lanes: createLanes(db, entries, pages, wallMs),
    }
  }

  /** Damage shows when it is read: then the file is set aside and the same is asked of a new one. */
  function withDatabase<T>(run: () => T): T {
    try {
      return run()
    } catch (error) {
      if (!isDamage(error) || opened.kept !== 'file') throw error
      opened.db.close()
      setAside = moveAside(path, wallMs())
      opened = open()
      return run()
    }
  }

  /** What is written to a file that was deleted or replaced is gone with this process: what is there now is opened. */
  function reopenWhenReplaced(): void {
    if (opened.kept !== 'file' || inodeOf(path) === opened.inode) return
    opened.db.close()
    opened = open()
  }

  function stored(): Stored {
    const { kept, reason, pages, retention, texts, db } = opened
    const range = pages.range()
    const oldest = range && db.prepare('SELECT started_at AS at FROM requests WHERE id = ?').get(range.oldest)
    return {
      kept,
      reason,
      setAside,
      requests: range ? range.newest - range.oldest + 1 : 0,
      attempts: retention.attempts(),
      texts: texts.count(),
      bytes: kept === 'file' ? bytesOf(path) : pragma(db, 'page_count') * pragma(db, 'page_size'),
      oldestAtMs: oldest ? Number(oldest['at']) : null,
    }
  }

  return {
    write(batch) {
      try {
        reopenWhenReplaced()
        return withDatabase(() => {
          opened.retention.added(opened.writer.write(batch))
          return { ok: true, stored: stored() }
        })
      } catch (error) {
        return { ok: false, trouble: isDiskFull(error) ? 'disk-full' : 'write-failed' }
      }
    },
    requests: (query) => withDatabase(() => opened.pages.page(query)),
    count: (filter) => withDatabase(() => opened.pages.count(filter)),
    request: (id) => withDatabase(() => opened.entries.detailOf(id)),
    subjects: () => withDatabase(() => opened.lanes.subjects()),
    figures: ({ window, wallMs }) => withDatabase(() => opened.figures.figures(window, wallMs)),
    failures: (window) => withDatabase(() => opened.figures.failures(window)),
    lanes: (query) => withDatabase(() => opened.lanes.lanes(query)),
    attempts: (query) => withDatabase(() => opened.lanes.attempts(query)),
    exportPart: (query) => withDatabase(() => exportPart(opened.pages, opened.texts, query)),
    prices: ({ sources, wallMs }) => prices.applying(sources, wallMs),
    stored: () => withDatabase(stored),
    clear() {
      const { kept, db } = opened
      db.close()
      if (kept === 'file') for (const part of ['', '-wal', '-shm']) rmSync(path + part, { force: true })
      opened = open()
      return stored()
    },
    forgetTexts: () =>
      withDatabase(() => {
        opened.texts.forgetAll()
        return stored()
      }),
    tidy: ({ limits, wallMs }) =>
      withDatabase(() => {
        const { retention } = opened
        if (retention.step(limits, wallMs)) return true
        retention.sweep(limits, wallMs)
        return retention.shrink()
      }),
    close: () => opened.db.close(),
  }
}

function midnightBefore(wallMs: number): number {
  const date = new Date(wallMs)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}

const inodeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.ino

function bytesOf(path: string): number {
  return ['', '-wal'].reduce((sum, part) => sum + (statSync(path + part, { throwIfNoEntry: false })?.size ?? 0), 0)
}
