import type { LiveBatch } from '../../shared/live-event.ts'
import type { Journal } from '../journal/journal.ts'
import type { Implementer } from './implementer.ts'

export interface ActivityServices {
  journal: Pick<Journal, 'list' | 'ask' | 'status' | 'clear' | 'forgetTexts'>
  wallMs: () => number
  live: (signal: AbortSignal | undefined) => AsyncGenerator<LiveBatch>
}

export function activityProcedures(os: Implementer, { journal, wallMs, live }: ActivityServices) {
  return {
    activity: {
      recent: os.activity.recent.handler(({ input }) => journal.list(input.limit)),
      requests: os.activity.requests.handler(({ input }) => journal.ask('requests', input)),
      count: os.activity.count.handler(({ input }) => journal.ask('count', input.filter)),
      request: os.activity.request.handler(({ input }) => journal.ask('request', input.id)),
      subjects: os.activity.subjects.handler(() => journal.ask('subjects', undefined)),
      figures: os.activity.figures.handler(({ input }) => journal.ask('figures', { window: input, wallMs: wallMs() })),
      failures: os.activity.failures.handler(({ input }) => journal.ask('failures', input)),
      lanes: os.activity.lanes.handler(({ input }) => journal.ask('lanes', input)),
      attempts: os.activity.attempts.handler(({ input }) => journal.ask('attempts', input)),
      exportPart: os.activity.exportPart.handler(({ input }) => journal.ask('exportPart', input)),
      status: os.activity.status.handler(() => journal.status()),
      clear: os.activity.clear.handler(() => journal.clear()),
      forgetTexts: os.activity.forgetTexts.handler(() => journal.forgetTexts()),
    },
    events: { live: os.events.live.handler(({ signal }) => live(signal)) },
  }
}
