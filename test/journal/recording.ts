import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createOutbox } from '../../electron/journal/outbox.ts'
import { packBatch } from '../../electron/journal/pack-batch.ts'
import { createRecentRequests, type RequestLog } from '../../electron/journal/recent-requests.ts'
import { createJournalService, type JournalService } from '../../electron/journal/service.ts'
import type { Exchange, PackedBatch, PriceSource } from '../../electron/journal/batch.ts'
import { noFilter, type JournalEntry, type RequestFilter } from '../../shared/activity.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import type { RequestView } from '../../shared/request.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** The day on which tests happen. */
export const dayMs = Date.UTC(2026, 5, 15, 9)

export const aJournalPath = () => join(temporaryFolder(), 'journal.db')

export function aService(path = aJournalPath(), wallMs: () => number = () => dayMs): JournalService {
  const service = createJournalService({ path, wallMs, nowMs: () => performance.now() })
  onTestFinished(() => {
    try {
      service.close()
    } catch {
      // It was closed by the test.
    }
  })
  return service
}

/** Folds events as main does, and writes what has gathered whenever `writes` says so. Returns what main knows. */
export function recordAll(
  service: JournalService,
  events: readonly LiveEvent[],
  writes: (index: number) => boolean = () => false,
  prices: Record<string, PriceSource> = {},
): RequestView[] {
  const recent = createRecentRequests(100_000)
  const outbox = createOutbox()
  const write = () => {
    const waiting = outbox.take(100_000)
    const written = service.write(packBatch(waiting, [], (id) => prices[id] ?? null))
    for (const log of waiting.requests) log.wasSent = true
    if (!written.ok) throw new Error(written.trouble)
  }
  for (const [index, event] of events.entries()) {
    const log = recent.record(event)
    if (log) outbox.put(log)
    if (writes(index)) write()
  }
  write()
  return recent.list(100_000)
}

/** What main knows of these requests once all of it was told. */
export function logsOf(events: readonly LiveEvent[]): RequestLog[] {
  const recent = createRecentRequests(100_000)
  return [...new Set(events.flatMap((event) => recent.record(event) ?? []))]
}

/** A batch of these requests, as main hands it over. */
export const aBatch = (requests: readonly RequestLog[] = [], exchanges: Exchange[] = []): PackedBatch =>
  packBatch({ requests, keyStates: [] }, exchanges, () => null)

/** Every request that the filter shows, however many pages they fill. */
export function allPages(service: JournalService, filter: Partial<RequestFilter> = {}, limit = 7): JournalEntry[] {
  const found: JournalEntry[] = []
  let position: number | null = null
  do {
    const page = service.requests({ filter: { ...noFilter, ...filter }, position, direction: 'older', limit })
    found.push(...page.requests)
    position = page.next
  } while (position !== null)
  return found
}
