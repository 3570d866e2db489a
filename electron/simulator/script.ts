/** What a simulated key does is data: which fault, and at which of its calls. The same calls give the same faults. */
import type { Clock } from '../rotation/clock.ts'

export interface SimulatedError {
  message: string
  type: string
  code: string | null
}

export type Fault =
  /** Refuses. `retryAfterMs` is announced, and kept: until then every call is refused. */
  | { kind: 'status'; status: number; error: SimulatedError; retryAfterMs?: number }
  /** Answers, but the first byte takes this long. */
  | { kind: 'slow'; firstByteMs: number }
  /** Takes the request and never answers. */
  | { kind: 'silent' }
  /** Cuts the connection: before any byte (null), or after this many words. */
  | { kind: 'reset'; afterWords: number | null }
  /** Starts a stream with 200 and then fails inside it, before any output (null) or after this many words. */
  | { kind: 'stream-error'; afterWords: number | null; error: SimulatedError }
  /** A 200 that is no answer. */
  | { kind: 'garbage'; contentType: string; body: string }

export type When =
  | { kind: 'always' }
  /** At every n-th call. */
  | { kind: 'every'; calls: number }
  /** From the first call after so many. */
  | { kind: 'after'; calls: number }
  /** By chance, for rehearsals. */
  | { kind: 'sometimes'; probability: number }

/** The first that applies is what happens; when none does, the call is answered. */
export type Script = readonly { when: When; fault: Fault }[]

export interface ScriptRun {
  /** What happens to the next call. */
  next(): { call: number; fault: Fault | null }
  /** The refusal that meets every call from the next one on, if it does; does not count as a call. */
  always(): (Fault & { kind: 'status' }) | null
}

export function createScriptRun(script: Script, clock: Clock, random: () => number): ScriptRun {
  let calls = 0
  let held: { fault: Fault & { kind: 'status' }; untilMs: number } | null = null

  function next() {
    calls += 1
    const nowMs = clock.nowMs()
    if (held && nowMs < held.untilMs)
      return { call: calls, fault: { ...held.fault, retryAfterMs: held.untilMs - nowMs } }
    const fault = script.find(({ when }) => isNow(when, calls, random))?.fault ?? null
    held =
      fault?.kind === 'status' && fault.retryAfterMs !== undefined
        ? { fault, untilMs: nowMs + fault.retryAfterMs }
        : null
    return { call: calls, fault }
  }

  function always() {
    const [first] = script
    return first?.when.kind === 'always' && first.fault.kind === 'status' ? first.fault : null
  }

  return { next, always }
}

function isNow(when: When, call: number, random: () => number): boolean {
  switch (when.kind) {
    case 'always':
      return true
    case 'every':
      return call % when.calls === 0
    case 'after':
      return call > when.calls
    case 'sometimes':
    default:
      return random() < when.probability
  }
}
