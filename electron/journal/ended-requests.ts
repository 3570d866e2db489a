// Requests that have ended, packed: to be written, and to be shown for as long as they are recent.
import type { RequestId } from '../../shared/identity.ts'
import type { RequestView } from '../../shared/request.ts'
import type { PackedRequests } from './batch.ts'
import { viewsOf } from './packed-views.ts'
import { Packer } from './packer.ts'
import type { RequestLog } from './request-log.ts'

export interface EndedRequests {
  /** It has ended. */
  add: (log: RequestLog) => void
  /** What is to be written and has not been taken yet, and beside it these that still run. */
  take: (running?: readonly RequestLog[]) => PackedRequests
  /** How many of them are to be written and have not been taken. */
  readonly waiting: number
  /** The last ones, in the order in which they ended. */
  list: () => RequestView[]
  find: (id: RequestId) => RequestView | undefined
}

type Shown = Omit<PackedRequests, 'headerValues'>

export function createEndedRequests(capacity = 1_000): EndedRequests {
  const admitted = new Packer()
  /** No room was left for them to wait to be written. */
  const refused = new Packer()
  let shown: { packed: Shown; ended: number }[] = []
  let count = 0

  function show({ numbers, ids, tables }: PackedRequests, ended: number): void {
    if (ended === 0) return
    // What the others of a model's keys were like at each decision is no part of a view, and may be large.
    shown.push({ packed: { numbers, ids, tables: { ...tables, standings: [], headerNames: [] } }, ended })
    count += ended
    while (count - shown[0]!.ended >= capacity) count -= shown.shift()!.ended
  }

  const all = () => [...shown.map(({ packed }) => packed), admitted.peek(), refused.peek()]
  const hasEnded = ({ endedAtMs }: RequestView) => endedAtMs !== null

  return {
    add(log) {
      if (log.admission === 'admitted') return admitted.add(log)
      refused.add(log)
      if (refused.count >= capacity) show(refused.take(), capacity)
    },
    take(running = []) {
      const ended = admitted.count
      for (const log of running) admitted.add(log)
      const taken = admitted.take()
      show(taken, ended)
      return taken
    },
    get waiting() {
      return admitted.count
    },
    list: () =>
      all()
        .flatMap((packed) => viewsOf(packed))
        .filter(hasEnded)
        .toSorted((a, b) => (a.endedAtMs ?? 0) - (b.endedAtMs ?? 0))
        .slice(-capacity),
    find: (id) =>
      all()
        .filter(({ ids }) => ids.includes(id))
        .flatMap((packed) => viewsOf(packed, (one) => one === id))
        .find(hasEnded),
  }
}
