import { parentPort, workerData } from 'node:worker_threads'
import { createJournalService, type JournalService } from './service.ts'
import type { Answer, Question, WorkerSettings } from './worker-link.ts'

/** The journal's thread: one question after the other, in the order they were asked. */
const { path } = workerData as WorkerSettings
let service: JournalService | null = null

const port = parentPort
port?.on('message', ({ id, name, input }: Question) => {
  port.postMessage(answer(id, name, input))
  if (name === 'close') port.close()
})

function answer(id: number, name: Question['name'], input: unknown): Answer {
  try {
    service ??= createJournalService({ path, wallMs: Date.now, nowMs: () => performance.now() })
    const call = service[name] as (input: unknown) => unknown
    return { id, ok: true, value: call(input) }
  } catch {
    // What SQLite or a schema says may quote what was being written: only that it failed goes out.
    return { id, ok: false }
  }
}
