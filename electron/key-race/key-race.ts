/** One prompt over some keys of a model, through the playground's own path: each key's calls one after the other. */
import type { ChatEvent, ChatInput } from '../../shared/chat.ts'
import { Failure } from '../../shared/failure.ts'
import type { KeyId, ModelId, RequestId } from '../../shared/identity.ts'
import { raceLimits } from '../../shared/key-race-limits.ts'
import type { KeyRaceInput, RaceCall, RaceEvent } from '../../shared/key-race.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import { createEventQueue } from '../playground/event-queue.ts'

export interface KeyRaceDeps {
  chat: (input: ChatInput, signal: AbortSignal | undefined) => AsyncGenerator<ChatEvent>
  subscribe: (listener: (event: LiveEvent) => void) => () => void
  /** Undefined when there is no such key to be seen. */
  keyLabelOf: (modelId: ModelId, keyId: KeyId) => string | undefined
  isLocked: () => boolean
}

export type KeyRace = (input: KeyRaceInput, signal: AbortSignal | undefined) => AsyncGenerator<RaceEvent>

export function createKeyRace(deps: KeyRaceDeps): KeyRace {
  return async function* race(input, signal) {
    const runners = runnersOf(deps, input)
    const leaving = new AbortController()
    const stop = signal ? AbortSignal.any([signal, leaving.signal]) : leaving.signal
    const queue = createEventQueue<RaceEvent>()
    const followed = followRequests(deps)
    const running = runAll(runners, async ({ keyId, label }) => {
      for (let round = 1; round <= input.rounds && !stop.aborted; round += 1) {
        queue.push({ kind: 'asking', keyId, round })
        const call = await callOnce(deps, input, { keyId, keyLabel: label, round, followed }, stop)
        // What was cut off by the person says nothing about the key.
        if (call && !stop.aborted) queue.push({ kind: 'call', call })
      }
    }).finally(() => queue.end())
    try {
      yield* queue
      await running
    } finally {
      leaving.abort()
      followed.leave()
    }
  }
}

interface Runner {
  keyId: KeyId
  label: string
}

function runnersOf({ keyLabelOf, isLocked }: KeyRaceDeps, { modelId, keyIds }: KeyRaceInput): Runner[] {
  return [...new Set(keyIds)].map((keyId) => {
    const label = keyLabelOf(modelId, keyId)
    if (label === undefined) throw isLocked() ? new Failure('VAULT_LOCKED', {}) : new Failure('KEY_NOT_FOUND', {})
    return { keyId, label }
  })
}

/** A few at a time, so that keys are not slowed by each other. */
async function runAll(runners: readonly Runner[], run: (runner: Runner) => Promise<void>): Promise<void> {
  const waiting = [...runners]
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await run(next)
  }
  await Promise.all(Array.from({ length: Math.min(raceLimits.atOnce, runners.length) }, lane))
}

interface CallOptions extends Pick<RaceCall, 'keyId' | 'keyLabel' | 'round'> {
  followed: Pick<ReturnType<typeof followRequests>, 'expect' | 'of'>
}

async function callOnce(
  { chat }: KeyRaceDeps,
  { modelId, prompt, maxTokens }: KeyRaceInput,
  { followed, ...about }: CallOptions,
  signal: AbortSignal,
): Promise<RaceCall | null> {
  let requestId: RequestId | null = null
  let told: Pick<RaceCall, keyof typeof nothingYet> = nothingYet
  const messages: ChatInput['messages'] = [{ role: 'user', content: prompt }]
  for await (const event of chat({ modelId, messages, keyId: about.keyId, parameters: { maxTokens } }, signal)) {
    if (event.kind === 'started') {
      requestId = event.requestId
      followed.expect(requestId)
    } else if (event.kind === 'attempt') told = { ...told, outcome: event.attempt.outcome }
    else if (event.kind === 'failed') told = { ...told, failure: event.failure }
    else if (event.kind === 'done') {
      const { firstOutputMs, durationMs, usage, cost } = event
      told = { ...told, firstOutputMs, durationMs, usage, cost }
    }
  }
  if (requestId === null) return null
  const before = followed.of(requestId)
  const since = (ms: number | null) => (ms === null ? null : Math.max(0, ms - before.waitedMs))
  const { firstOutputMs, durationMs } = told
  return {
    ...about,
    requestId,
    ...before,
    ...told,
    firstOutputMs: since(firstOutputMs),
    durationMs: since(durationMs),
  }
}

const nothingYet = { firstOutputMs: null, durationMs: null, usage: null, cost: null, outcome: null, failure: null }

interface Followed {
  startedAtMs: number
  lastAttemptAtMs: number
  attempts: number
  headers: RaceCall['headers']
}

/** What only the events tell of our requests: when their last attempt began, and what its answer's headers said. */
function followRequests({ subscribe }: KeyRaceDeps) {
  const ours = new Map<RequestId, Followed>()
  const leave = subscribe((event) => {
    const followed = 'requestId' in event ? ours.get(event.requestId) : undefined
    if (!followed) return
    if (event.kind === 'request-started') followed.startedAtMs = event.atMs
    else if (event.kind === 'attempt-started') {
      followed.lastAttemptAtMs = event.atMs
      followed.attempts += 1
    } else if (event.kind === 'attempt-ended' && event.headers) followed.headers = event.headers
  })
  return {
    leave,
    expect: (id: RequestId) => void ours.set(id, { startedAtMs: 0, lastAttemptAtMs: 0, attempts: 0, headers: [] }),
    of(id: RequestId): Pick<RaceCall, 'waitedMs' | 'attempts' | 'headers'> {
      const { startedAtMs = 0, lastAttemptAtMs = 0, attempts = 0, headers = [] } = ours.get(id) ?? {}
      ours.delete(id)
      return { waitedMs: Math.max(0, lastAttemptAtMs - startedAtMs), attempts, headers }
    },
  }
}
