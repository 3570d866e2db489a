// A process that records requests while its disk refuses what is written, and says every so often how its journal stands.
import { join } from 'node:path'
import { writeSync } from 'node:fs'
import { createJournal } from '../../electron/journal/journal.ts'
import { createWorkerLink } from '../../electron/journal/worker-link.ts'
import { systemClock } from '../../electron/rotation/system-clock.ts'
import { RequestId } from '../../shared/identity.ts'
import type { LiveEventInput } from '../../shared/live-event.ts'
import { aModelId } from '../support/events.ts'

/** Told while the disk fails, and no more of them have room. */
const mostRequests = 3_000
const [folder = '', capacity = ''] = process.argv.slice(2)

const journal = createJournal({
  clock: systemClock,
  worker: createWorkerLink(join(folder, 'journal.db')),
  retention: () => ({ days: 30, attempts: 1_000_000 }),
  priceOf: () => null,
  keyLabelOf: () => null,
  onChange: () => undefined,
  limits: { requests: Number(capacity), keyStates: 10, requestsPerBatch: 2_000 },
})

let seq = 0
const tell = (event: LiveEventInput) => journal.record({ ...event, seq: (seq += 1), atMs: Date.now() })

function request(nth: number): void {
  const about = { requestId: RequestId.parse(`request-${nth}`), modelId: aModelId() }
  tell({ kind: 'request-started', ...about, modelName: 'glm', client: 'test' })
  const end = { result: 'served', attempts: 0, durationMs: 1, usage: null, failure: null } as const
  tell({ kind: 'request-ended', ...about, ...end })
}

await journal.status()
let told = 0
setInterval(() => {
  for (let more = 0; more < 20 && told < mostRequests; more += 1) request((told += 1))
}, 5)

async function sayHowItStands(): Promise<void> {
  const { trouble, dropped, requests, kept, setAside } = await journal.status()
  writeSync(1, `${JSON.stringify({ told, trouble, dropped, requests, kept, setAside })}\n`)
}
setInterval(() => void sayHowItStands(), 100)
