// Recording never delays or fails a request: it only listens, and what cannot be written is counted and left out.
import type { JournalStatus } from '../../shared/activity.ts'
import { Failure } from '../../shared/failure.ts'
import type { KeyId, ModelId } from '../../shared/identity.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import type { Clock } from '../rotation/clock.ts'
import { batchOf, type Exchange, type PriceSource } from './batch.ts'
import { createEndedRequests } from './ended-requests.ts'
import { createOutbox, outboxLimits, type OutboxLimits, type Waiting } from './outbox.ts'
import { createRecentRequests, type RecentRequests } from './recent-requests.ts'
import type { Retention } from './retention.ts'
import type { JournalService, Stored, Written } from './service.ts'
import { answeredText } from './texts/answered-text.ts'
import type { Input, Output, WorkerLink } from './worker-link.ts'

export interface JournalDeps {
  clock: Clock
  worker: WorkerLink
  retention: () => Retention
  /** How a model is priced; null when it is gone. */
  priceOf: (modelId: ModelId) => PriceSource | null
  keyLabelOf: (modelId: ModelId, keyId: KeyId) => string | null
  /** What of the vault's own stands in a text. */
  secretsIn?: (body: Uint8Array) => string[]
  /** The status is another than before. */
  onChange: () => void
  limits?: OutboxLimits
}

type Query = Exclude<keyof JournalService, 'write' | 'tidy' | 'close' | 'stored' | 'clear' | 'forgetTexts'>

export interface Journal extends Pick<RecentRequests, 'list' | 'find'> {
  record: (event: LiveEvent) => void
  /** Answers from what has been recorded up to now, or fails with JOURNAL_UNAVAILABLE. */
  ask: <N extends Query>(name: N, input: Input<N>) => Promise<Output<N>>
  status: () => Promise<JournalStatus>
  clear: () => Promise<void>
  /** Keeps what a request said and was answered; left out while there is no room for it. */
  keepTexts: (said: Omit<Exchange, 'secrets'>) => void
  forgetTexts: () => Promise<void>
  /** Writes what waits, as long as that takes a moment only. */
  close: () => Promise<void>
}

/** Half of the time that may be lost in a crash: the other half is for the writing. */
const flushMs = 100
/** Prompts and answers that wait to be written. */
const waitingTextBytes = 64 << 20
const retryMs = 1_000
const stalledMs = 2_000
const answerMs = 10_000
const closeMs = 3_000
const tidyEveryMs = 600_000
const tidyPauseMs = 50

export function createJournal(deps: JournalDeps): Journal {
  const { clock, worker } = deps
  const { limits = outboxLimits } = deps
  const ended = createEndedRequests()
  const recent = createRecentRequests(ended)
  const outbox = createOutbox({ ended, running: recent.running, limits })
  let exchanges: Exchange[] = []
  let exchangeBytes = 0
  let stored: Stored | null = null
  let trouble: 'disk-full' | 'write-failed' | null = null
  let writing: Promise<void> | null = null
  let writingSinceMs = 0
  let stopTimer: (() => void) | null = null
  let nextTidyMs = clock.nowMs()
  let isClosing = false
  let told = ''

  function record(event: LiveEvent): void {
    const log = recent.record(event)
    if (log) outbox.put(log)
    else if (event.kind === 'key-state') putKeyState(event)
    else return
    arm(flushMs)
  }

  function putKeyState({ modelId, keyId, atMs, state }: Extract<LiveEvent, { kind: 'key-state' }>): void {
    const label = deps.keyLabelOf(modelId, keyId)
    if (label !== null) outbox.putKeyState({ modelId, keyId, atMs, state, label })
  }

  function arm(delayMs: number): void {
    if (stopTimer || writing || isClosing) return
    stopTimer = clock.schedule(delayMs, () => {
      stopTimer = null
      void flush()
    })
  }

  /** Hands over one batch, unless one is under way; never rejects. */
  function flush(): Promise<void> {
    stopTimer?.()
    stopTimer = null
    if (writing) return writing
    const waiting = outbox.take()
    const texts = takeTexts()
    if (waiting.requests.ids.length + waiting.keyStates.length + texts.length === 0) return Promise.resolve()
    writingSinceMs = clock.nowMs()
    writing = worker
      .ask('write', batchOf(waiting.requests, waiting.keyStates, texts, deps.priceOf))
      .catch((): Written => ({ ok: false, trouble: 'write-failed' }))
      .then((written) => settle(written, waiting))
    return writing
  }

  function settle(written: Written, waiting: Waiting): void {
    writing = null
    if (written.ok) {
      stored = written.stored
      trouble = null
    } else {
      outbox.putBack(waiting)
      trouble = written.trouble
    }
    tell()
    if (trouble) arm(retryMs)
    else if (outbox.size + exchanges.length > 0) arm(outbox.size > limits.requestsPerBatch ? 0 : untilNextFlush())
    else if (clock.nowMs() >= nextTidyMs && !isClosing) tidy()
  }

  /** What was told while a batch was written has waited since then: its tenth of a second began with that batch. */
  function untilNextFlush(): number {
    return Math.max(0, flushMs - (clock.nowMs() - writingSinceMs))
  }

  /** The last ones, when all requests that they may be about have been handed over. */
  function takeTexts(): Exchange[] {
    if (outbox.size > 0) return []
    const taken = exchanges
    exchanges = []
    exchangeBytes = 0
    return taken
  }

  /** A step at a time, and never while something waits to be written. */
  function tidy(): void {
    nextTidyMs = clock.nowMs() + tidyEveryMs
    writingSinceMs = clock.nowMs()
    writing = tidyStep()
  }

  async function tidyStep(): Promise<void> {
    const wanted = { limits: deps.retention(), wallMs: clock.wallMs() }
    const hasMore = await worker.ask('tidy', wanted).catch(() => false)
    writing = null
    if (hasMore) nextTidyMs = clock.nowMs()
    if (outbox.size > 0) arm(0)
    else if (hasMore) clock.schedule(tidyPauseMs, tidyOn)
  }

  function tidyOn(): void {
    if (writing === null && outbox.size === 0 && !isClosing) tidy()
  }

  function isStalled(): boolean {
    return writing !== null && clock.nowMs() - writingSinceMs > stalledMs
  }

  function statusOf(known: Stored | null): JournalStatus {
    const { kept = 'off', reason = null, setAside = null } = known ?? {}
    return {
      kept,
      reason,
      setAside,
      dropped: outbox.dropped,
      trouble: isStalled() ? 'stalled' : trouble,
      requests: known?.requests ?? 0,
      attempts: known?.attempts ?? 0,
      texts: known?.texts ?? 0,
      bytes: known?.bytes ?? 0,
      oldestAtMs: known?.oldestAtMs ?? null,
    }
  }

  /** Counts change all the time; what a person has to know does not. */
  function tell(): void {
    const { kept, setAside, dropped } = statusOf(stored)
    const now = JSON.stringify([kept, setAside, dropped > 0, trouble])
    if (now !== told && told !== '') deps.onChange()
    told = now
  }

  async function settled(): Promise<void> {
    if (writing) await writing
    while (outbox.size + exchanges.length > 0 && !trouble) await flush()
  }

  async function answered<T>(question: () => Promise<T>): Promise<T> {
    const late = Promise.withResolvers<never>()
    const stop = clock.schedule(answerMs, () => late.reject(new Failure('JOURNAL_UNAVAILABLE', {})))
    try {
      return await Promise.race([settled().then(question), late.promise])
    } catch (cause) {
      throw cause instanceof Failure ? cause : new Failure('JOURNAL_UNAVAILABLE', {}, { cause })
    } finally {
      stop()
    }
  }

  return {
    record,
    list: recent.list,
    find: recent.find,
    ask: (name, input) => answered(() => worker.ask(name, input)),
    async status() {
      if (!isStalled()) stored = await answered(() => worker.ask('stored', undefined)).catch(() => stored)
      return statusOf(stored)
    },
    keepTexts({ id, asked, answered }) {
      const bytes = asked.length + answered.length
      if (exchangeBytes + bytes > waitingTextBytes) return
      // Read as it will be kept: what came in pieces is a secret only when it is put together.
      const words = Buffer.from(answeredText(answered) ?? '')
      const secrets = [...new Set([asked, words].flatMap((body) => deps.secretsIn?.(body) ?? []))]
      exchanges.push({ id, asked, answered, secrets })
      exchangeBytes += bytes
      arm(flushMs)
    },
    async forgetTexts() {
      stored = await answered(() => worker.ask('forgetTexts', undefined))
      deps.onChange()
    },
    async clear() {
      stored = await answered(() => worker.ask('clear', undefined))
      deps.onChange()
    },
    async close() {
      isClosing = true
      stopTimer?.()
      const late = Promise.withResolvers<void>()
      const stop = clock.schedule(closeMs, late.resolve)
      const closed = settled().then(() => worker.close())
      await Promise.race([closed.catch(() => undefined), late.promise])
      stop()
      await worker.end()
    },
  }
}
