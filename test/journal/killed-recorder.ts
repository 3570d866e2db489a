// A process that records one request after the other through the journal's thread, prints what it told and what was written, and is killed.
import { join } from 'node:path'
import { writeSync } from 'node:fs'
import { createJournal } from '../../electron/journal/journal.ts'
import type { Written } from '../../electron/journal/service.ts'
import { createWorkerLink } from '../../electron/journal/worker-link.ts'
import { systemClock } from '../../electron/rotation/system-clock.ts'
import { KeyId, ModelId, RequestId } from '../../shared/identity.ts'
import type { LiveEventInput } from '../../shared/live-event.ts'

const [folder = '', from = '0'] = process.argv.slice(2)

/** What happened, when, and how much processor time other threads than this one have had until then. */
function say(what: string): void {
  const [all, main] = [process.cpuUsage(), process.threadCpuUsage()]
  const threadMs = (all.user + all.system - main.user - main.system) / 1_000
  writeSync(1, `${what} ${Date.now()} ${threadMs}\n`)
}

let handed = 0
const worker = createWorkerLink(join(folder, 'journal.db'))
const journal = createJournal({
  clock: systemClock,
  worker: {
    ...worker,
    async ask(name, input) {
      if (name === 'write') handed += 1
      if (name === 'write') say(`handed ${handed}`)
      const answer = await worker.ask(name, input)
      const { ok, stored } = (name === 'write' ? answer : {}) as Partial<Extract<Written, { ok: true }>>
      if (ok) say(`written ${stored?.requests}`)
      return answer
    },
  },
  retention: () => ({ days: 30, attempts: 1_000_000 }),
  priceOf: () => null,
  keyLabelOf: () => null,
  onChange: () => undefined,
})

const modelId = ModelId.parse('model-1')
let seq = 0
const tell = (event: LiveEventInput) => journal.record({ ...event, seq: (seq += 1), atMs: Date.now() })

function request(nth: number): void {
  const requestId = RequestId.parse(`request-${nth}`)
  const attempt = { requestId, modelId, number: 1, keyId: KeyId.parse('key-1'), keyLabel: 'acct-1' }
  const outcome = { kind: 'served', status: 200, cause: null, providerCode: null, providerMessage: null } as const
  tell({ kind: 'request-started', requestId, modelId, modelName: 'glm', client: 'test' })
  tell({ kind: 'attempt-started', ...attempt, probe: false })
  tell({ kind: 'attempt-ended', ...attempt, durationMs: 1, outcome: { ...outcome, retryAfterMs: null } })
  tell({
    kind: 'request-ended',
    requestId,
    modelId,
    result: 'served',
    attempts: 1,
    durationMs: 1,
    usage: null,
    failure: null,
  })
}

// The thread is up before the first request is told, so that what counts is the time of writing.
await journal.status()
let nth = Number(from)
setInterval(() => {
  for (let more = 0; more < 20; more += 1) request((nth += 1))
  say(`told ${nth}`)
}, 5)
