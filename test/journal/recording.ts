import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import {
  batchOf,
  type Exchange,
  type PackedBatch,
  type PackedRequests,
  type PriceSource,
} from '../../electron/journal/batch.ts'
import { createEndedRequests } from '../../electron/journal/ended-requests.ts'
import { createOutbox, outboxLimits, type OutboxLimits } from '../../electron/journal/outbox.ts'
import { Packer } from '../../electron/journal/packer.ts'
import { createRecentRequests } from '../../electron/journal/recent-requests.ts'
import type { RequestLog } from '../../electron/journal/request-log.ts'
import { createJournalService, type JournalService } from '../../electron/journal/service.ts'
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

/** What main keeps of events, and what waits to be written. */
export function aRecording(limits: Partial<OutboxLimits> = {}, recentRequests = 100_000) {
  const ended = createEndedRequests(recentRequests)
  const recent = createRecentRequests(ended)
  const outbox = createOutbox({ ended, running: recent.running, limits: { ...outboxLimits, ...limits } })
  const record = (event: LiveEvent) => {
    const log = recent.record(event)
    if (log) outbox.put(log)
  }
  return { recent, outbox, record }
}

/** Folds events as main does, and writes what has gathered whenever `writes` says so. Returns what main knows. */
export function recordAll(
  service: JournalService,
  events: readonly LiveEvent[],
  writes: (index: number) => boolean = () => false,
  prices: Record<string, PriceSource> = {},
): RequestView[] {
  const { recent, outbox, record } = aRecording()
  const write = () => {
    do {
      const { requests, keyStates } = outbox.take()
      const written = service.write(batchOf(requests, keyStates, [], (id) => prices[id] ?? null))
      if (!written.ok) throw new Error(written.trouble)
    } while (outbox.size > 0)
  }
  for (const [index, event] of events.entries()) {
    record(event)
    if (writes(index)) write()
  }
  write()
  return recent.list(100_000)
}

/** What main knows of these requests once all of it was told. */
export function logsOf(events: readonly LiveEvent[]): RequestLog[] {
  const recent = createRecentRequests(createEndedRequests())
  return [...new Set(events.flatMap((event) => recent.record(event) ?? []))]
}

/** These requests, as main keeps them. */
export function packed(logs: readonly RequestLog[]): PackedRequests {
  const packer = new Packer()
  for (const log of logs) packer.add(log)
  return packer.take()
}

/** A batch of these requests, as main hands it over. */
export const aBatch = (logs: readonly RequestLog[] = [], exchanges: Exchange[] = []): PackedBatch =>
  batchOf(packed(logs), [], exchanges, () => null)

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
