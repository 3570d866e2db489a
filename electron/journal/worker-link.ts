import { Worker } from 'node:worker_threads'
import type { PackedBatch } from './batch.ts'
import type { JournalService } from './service.ts'

export interface WorkerSettings {
  path: string
}

export interface Question {
  id: number
  name: keyof JournalService
  input: unknown
}

export type Answer = { id: number; ok: true; value: unknown } | { id: number; ok: false }

export type Input<N extends keyof JournalService> = Parameters<JournalService[N]>[0]
export type Output<N extends keyof JournalService> = ReturnType<JournalService[N]>

/** Main's side of the journal's thread. A question that cannot be answered rejects. */
export interface WorkerLink {
  ask: <N extends keyof JournalService>(name: N, input: Input<N>) => Promise<Output<N>>
  /** Lets the thread close the file and end, if there is one. */
  close: () => Promise<void>
  /** Ends the thread, whatever it is doing. */
  end: () => Promise<void>
}

/** Raised when the thread failed at a question, or is gone. */
export class WorkerFailed extends Error {
  override readonly name = 'WorkerFailed'
}

/** What the thread takes over instead of a copy. */
const movedOf = (name: keyof JournalService, input: unknown) =>
  name === 'write' ? [(input as PackedBatch).numbers.buffer] : []

/** Beside this file in the sources, and beside the bundle when it is built. */
function workerUrl(): URL {
  const name = import.meta.url.endsWith('.ts') ? './worker.ts' : './journal-worker.js'
  return new URL(name, import.meta.url)
}

/** Starts the thread with its first question, and again with the next when it has died. */
export function createWorkerLink(path: string): WorkerLink {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: WorkerFailed) => void }>()
  let worker: Worker | null = null
  let lastId = 0

  function start(): Worker {
    const started = new Worker(workerUrl(), { workerData: { path } satisfies WorkerSettings, name: 'journal' })
    started.on('message', (answer: Answer) => {
      const asked = waiting.get(answer.id)
      waiting.delete(answer.id)
      if (answer.ok) asked?.resolve(answer.value)
      else asked?.reject(new WorkerFailed())
    })
    const gone = () => {
      if (worker === started) worker = null
      for (const asked of waiting.values()) asked.reject(new WorkerFailed())
      waiting.clear()
    }
    started.on('error', gone)
    started.on('exit', gone)
    return started
  }

  function ask(name: keyof JournalService, input: unknown, moved: readonly ArrayBuffer[] = []): Promise<unknown> {
    const port = (worker ??= start())
    lastId += 1
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    waiting.set(lastId, { resolve, reject })
    port.postMessage({ id: lastId, name, input } satisfies Question, moved)
    return promise
  }

  return {
    ask: (name, input) => ask(name, input, movedOf(name, input)) as never,
    close: async () => void (worker && (await ask('close', undefined))),
    end: async () => void (await worker?.terminate()),
  }
}
