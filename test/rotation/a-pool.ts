import {
  createPool,
  type Attempt,
  type KeySpec,
  type Lease,
  type Outcome,
  type PoolOptions,
} from '../../electron/rotation/index.ts'
import type { PoolDeps } from '../../electron/rotation/pool.ts'
import { FakeClock } from '../support/fake-clock.ts'

/** A key named by one word, which is its id, its label and its fingerprint. */
export function aKey(name: string, more: Partial<KeySpec> = {}): KeySpec {
  return { id: name, label: name, fingerprint: name, weight: 1, paused: false, ...more }
}

export function aPool(names: readonly string[], more: Partial<PoolOptions> = {}, deps: Partial<PoolDeps> = {}) {
  const clock = new FakeClock()
  const keys = names.map((name) => aKey(name))
  const pool = createPool({ model: 'gpt-4o', host: 'api.test', keys, ...more }, { clock, random: () => 0.5, ...deps })
  return { pool, clock }
}

const detail = { status: null, providerCode: null, providerMessage: null, limits: null }

export const outcomes = {
  served: { ...detail, kind: 'served', status: 200, promptTokens: 10, completionTokens: 5 },
  cancelled: { ...detail, kind: 'cancelled' },
  addressBlocked: { ...detail, kind: 'address-blocked', status: 403 },
  callerFault: { ...detail, kind: 'caller-fault', status: 400 },
  notAllowed: { ...detail, kind: 'not-allowed', status: 404 },
  exhausted: { ...detail, kind: 'exhausted', status: 402, resetAfterMs: null },
  rateLimited: { ...detail, kind: 'rate-limited', status: 429, retryAfterMs: null },
  upstreamFailed: {
    ...detail,
    kind: 'upstream-failed',
    status: 503,
    cause: 'status',
    retryAfterMs: null,
    mayBeBilled: false,
  },
  rejected: { ...detail, kind: 'rejected', status: 401 },
  brokenStream: { ...detail, kind: 'broken-stream', cause: 'connection-lost' },
} satisfies Record<string, Outcome>

export function rateLimitedFor(retryAfterMs: number): Outcome {
  return { ...outcomes.rateLimited, retryAfterMs }
}

export type Script = Record<string, Outcome | ((call: number) => Outcome)>

/** Attempts that end as the script says for their key; keys without a line are served. Remembers who was tried. */
export function scripted(script: Script) {
  const tried: string[] = []
  const attempt: Attempt<string> = (lease: Lease, signal) => {
    tried.push(lease.keyId)
    if (signal.aborted) return Promise.resolve({ committed: false, outcome: outcomes.cancelled })
    const line = script[lease.keyId] ?? outcomes.served
    const outcome = typeof line === 'function' ? line(tried.length) : line
    return Promise.resolve(
      outcome.kind === 'served'
        ? { committed: true, value: lease.keyId, done: Promise.resolve(outcome) }
        : { committed: false, outcome },
    )
  }
  return { attempt, tried }
}
