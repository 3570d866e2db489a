import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createOutbox } from '../../electron/journal/outbox.ts'
import { createRecentRequests } from '../../electron/journal/recent-requests.ts'
import { createJournalService, type JournalService } from '../../electron/journal/service.ts'
import type { PriceSource } from '../../electron/journal/batch.ts'
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
    const written = service.write({ ...outbox.take(100_000), exchanges: [], prices })
    if (!written.ok) throw new Error(written.trouble)
  }
  for (const [index, event] of events.entries()) {
    const view = recent.record(event)
    if (view) outbox.put(view, event)
    if (writes(index)) write()
  }
  write()
  return recent.list(100_000)
}

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
