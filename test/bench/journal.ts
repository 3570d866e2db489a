import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { createJournal, type Journal } from '../../electron/journal/journal.ts'
import { createWorkerLink } from '../../electron/journal/worker-link.ts'
import { systemClock } from '../../electron/rotation/system-clock.ts'
import { noFilter, type RequestFilter } from '../../shared/activity.ts'
import { KeyId, ModelId, RequestId } from '../../shared/identity.ts'
import type { LiveEventInput } from '../../shared/live-event.ts'
import type { OutcomeKind } from '../../shared/outcome.ts'
import { aDecision } from '../support/events.ts'
import { atMost, type Bench, type Figure } from './figure.ts'
import { throughputWhileStalled } from './gateway/stalled-journal.ts'

/**
 * How much the journal takes, and how long its questions take over two million attempts. Beside each time on the clock
 * stands the processor time of the thread, which a machine that does other work as well leaves alone.
 * `KEYWHEEL_SUSTAINED_MINUTES` makes the even load shorter than the five minutes of its figure, and the figure says so;
 * `KEYWHEEL_JOURNAL_ATTEMPTS` sets how many attempts are asked about.
 */
const sustainedMs = Number(process.env['KEYWHEEL_SUSTAINED_MINUTES'] ?? 5) * 60_000
const burstRequests = 40_000
const manyAttempts = Number(process.env['KEYWHEEL_JOURNAL_ATTEMPTS'] ?? 2_000_000)
const rounds = 9
const models = 5
const keysPerModel = 20
const dayMs = 86_400_000

const kinds: readonly OutcomeKind[] = ['rate-limited', 'rejected', 'exhausted', 'upstream-failed']

export function openJournal(folder: string): Journal {
  return createJournal({
    clock: systemClock,
    worker: createWorkerLink(join(folder, 'journal.db')),
    retention: () => ({ days: 3_650, attempts: 20_000_000 }),
    priceOf: () => ({ apiBase: 'https://api.openai.com/v1', upstreamModel: 'gpt-4o', price: null }),
    keyLabelOf: (_modelId, keyId) => keyId,
    onChange: () => undefined,
  })
}

let seq = 0

/** One request as the gateway tells of it: one attempt, and a second one for every fourth. */
function tellRequest(journal: Journal, nth: number, atMs: number): number {
  const tell = (event: LiveEventInput) => journal.record({ ...event, seq: (seq += 1), atMs })
  const modelId = ModelId.parse(`model-${nth % models}`)
  const requestId = RequestId.parse(`00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`)
  const attempts = nth % 4 === 0 ? 2 : 1
  tell({ kind: 'request-started', requestId, modelId, modelName: `model ${nth % models}`, client: `client-${nth % 3}` })
  for (let number = 1; number <= attempts; number += 1) {
    const key = (nth * 7 + number) % keysPerModel
    const keyId = KeyId.parse(`key-${nth % models}-${key}`)
    const attempt = { requestId, modelId, number, keyId, keyLabel: `acct-${key}` }
    const failed = number < attempts
    tell({ kind: 'attempt-started', ...attempt, probe: false, decision: aDecision({ keyId, atMs }) })
    tell({
      kind: 'attempt-ended',
      ...attempt,
      durationMs: 50 + (nth % 900),
      outcome: {
        kind: failed ? kinds[(nth >> 2) % kinds.length]! : 'served',
        status: failed ? 429 : 200,
        cause: null,
        providerCode: failed ? 'rate_limit_exceeded' : null,
        providerMessage: failed ? `Rate limit reached for organisation ${nth % 500}.` : null,
        retryAfterMs: failed ? 20_000 : null,
      },
    })
  }
  const usage = { promptTokens: 400 + (nth % 300), completionTokens: 100 + (nth % 200) }
  tell({ kind: 'request-ended', requestId, modelId, result: 'served', attempts, durationMs: 100, usage, failure: null })
  return attempts
}

interface Took {
  ms: number
  /** Of the journal's thread, and of what the engine does for it. */
  threadMs: number
}

const spent = ({ user, system }: { user: number; system: number }) => (user + system) / 1_000

async function timed(run: () => Promise<unknown>): Promise<Took> {
  const [startedMs, all, main] = [performance.now(), process.cpuUsage(), process.threadCpuUsage()]
  await run()
  const threadMs = spent(process.cpuUsage(all)) - spent(process.threadCpuUsage(main))
  return { ms: performance.now() - startedMs, threadMs }
}

/** Two seconds of 20,000 requests each, told as fast as they come; what counts is when the last of them is written. */
async function burst(journal: Journal): Promise<Figure[]> {
  let attempts = 0
  let mainMs = 0
  const { ms, threadMs } = await timed(async () => {
    for (let nth = 0; nth < burstRequests; nth += 200) {
      const telling = process.threadCpuUsage()
      for (let more = 0; more < 200; more += 1) attempts += tellRequest(journal, nth + more, Date.now())
      mainMs += spent(process.threadCpuUsage(telling))
      await new Promise((resolve) => setImmediate(resolve))
    }
    await journal.ask('subjects', undefined)
  })
  const { dropped } = await journal.status()
  return [
    { name: 'journal-burst-attempts', value: (attempts * 1_000) / ms, unit: '/s', goal: { atLeast: 20_000 } },
    {
      name: 'journal-burst-attempts-by-thread-time',
      value: (attempts * 1_000) / threadMs,
      unit: '/s of processor',
      goal: { atLeast: 20_000 },
    },
    { name: 'journal-burst-dropped-requests', value: dropped, unit: '', goal: { atMost: 0 } },
    { name: 'journal-telling-on-main', value: (mainMs * 1_000) / attempts, unit: 'µs/attempt', goal: { atMost: 25 } },
  ]
}

/** A little more than is asked for, so that a slow turn at the end does not read as a slow journal. */
const toldPerMs = 2.05

async function sustained(journal: Journal): Promise<Figure[]> {
  const startedMs = performance.now()
  const before = (await journal.status()).dropped
  let attempts = 0
  let nth = 1_000_000
  for (;;) {
    const elapsedMs = performance.now() - startedMs
    if (elapsedMs >= sustainedMs) break
    while (attempts < elapsedMs * toldPerMs) attempts += tellRequest(journal, (nth += 1), Date.now())
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const told = attempts / (sustainedMs / 1_000)
  const { ms: lateMs } = await timed(() => journal.ask('subjects', undefined))
  const { dropped } = await journal.status()
  const minutes = Number((sustainedMs / 60_000).toPrecision(2))
  return [
    { name: `journal-sustained-${minutes}-min-attempts`, value: told, unit: '/s', goal: { atLeast: 2_000 } },
    { name: 'journal-sustained-dropped-requests', value: dropped - before, unit: '', goal: { atMost: 0 } },
    { name: 'journal-behind-after-sustained', value: lateMs, unit: 'ms', goal: { atMost: 200 } },
  ]
}

/** As many attempts as are kept at most, spread over thirty days. */
export async function fillJournal(journal: Journal, nowMs: number): Promise<void> {
  const requests = Math.ceil(manyAttempts / 1.25)
  for (let nth = 0; nth < requests; nth += 1) {
    tellRequest(journal, nth, nowMs - 30 * dayMs * (1 - nth / requests))
    if (nth % 10_000 === 0) await journal.ask('subjects', undefined)
  }
  await journal.ask('subjects', undefined)
}

async function* repeated(name: string, limitMs: number, run: () => Promise<unknown>): AsyncGenerator<Figure> {
  const times: Took[] = []
  for (let round = 0; round < rounds; round += 1) times.push(await timed(run))
  const of = (part: keyof Took) => times.map((took) => took[part])
  yield atMost(name, 'ms', limitMs, of('ms'))
  yield atMost(`${name}-thread`, 'ms of processor', limitMs, of('threadMs'))
}

async function* questions(journal: Journal, nowMs: number): AsyncGenerator<Figure> {
  const window = (ms: number) => ({ modelId: null, fromMs: nowMs - ms, toMs: nowMs })
  const spans = { 'an-hour': dayMs / 24, 'a-day': dayMs, '30-days': 30 * dayMs }
  for (const [name, ms] of Object.entries(spans)) {
    const query = { window: window(ms), wallMs: nowMs }
    yield* repeated(`journal-figures-of-${name}`, 50, () => journal.ask('figures', query))
    yield* repeated(`journal-failures-of-${name}`, 50, () => journal.ask('failures', window(ms)))
  }
  const lanes = { modelId: ModelId.parse('model-1'), fromMs: nowMs - dayMs, toMs: nowMs, buckets: 900 }
  yield* repeated('journal-lanes-of-a-day-20-keys', 50, () => journal.ask('lanes', lanes))
  const filters: Record<string, Partial<RequestFilter>> = {
    nothing: {},
    'a-model-and-a-result': { modelId: ModelId.parse('model-1'), result: 'rotated' },
    'a-key': { keyId: KeyId.parse('key-1-3') },
    'a-kind-of-failure': { outcome: 'exhausted' },
    'a-week': { fromMs: nowMs - 14 * dayMs, toMs: nowMs - 7 * dayMs, client: 'client-1' },
    'words-of-an-error': { text: 'organisation 123' },
    'a-week-and-a-kind': { fromMs: nowMs - 14 * dayMs, toMs: nowMs - 7 * dayMs, outcome: 'rejected' },
    'a-week-and-words': { fromMs: nowMs - 14 * dayMs, toMs: nowMs - 7 * dayMs, text: 'organisation 123' },
    'the-last-hour': { fromMs: nowMs - dayMs / 24 },
    'a-key-and-a-kind': { keyId: KeyId.parse('key-1-3'), outcome: 'exhausted' },
    'a-client-and-words': { client: 'client-2', text: 'organisation 123' },
    'a-model-a-client-and-a-kind': { modelId: ModelId.parse('model-3'), client: 'client-0', outcome: 'rate-limited' },
    'a-result-that-is-rare': { result: 'failed' },
    'a-request-id': { text: '000000000042' },
    'what-is-not-there': { text: 'nobody ever said this' },
  }
  for (const [name, filter] of Object.entries(filters)) {
    const query = { filter: { ...noFilter, ...filter }, position: null, direction: 'older', limit: 50 } as const
    yield* repeated(`journal-first-page-by-${name}`, 150, () => journal.ask('requests', query))
    yield* repeated(`journal-count-by-${name}`, 150, () => journal.ask('count', query.filter))
  }
}

export const figures: Bench = async function* () {
  const home = mkdtempSync(join(tmpdir(), 'keywheel-bench-'))
  const journal = openJournal(home)
  try {
    await journal.status()
    yield* await burst(journal)
    yield* await sustained(journal)
    yield* await throughputWhileStalled()
    await journal.clear()
    const nowMs = Date.now()
    await fillJournal(journal, nowMs)
    yield* questions(journal, nowMs)
    const { bytes, attempts } = await journal.status()
    yield { name: 'journal-bytes-per-attempt', value: bytes / attempts, unit: 'bytes', goal: { atMost: 300 } }
  } finally {
    await journal.close()
    rmSync(home, { recursive: true, force: true })
  }
}
