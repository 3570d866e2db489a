import type { Strategy } from '../../shared/model.ts'
import type { KeySpec, PoolSpec } from './key-spec.ts'
import { Pool, type PoolDeps } from './pool.ts'
import { systemClock } from './system-clock.ts'

/** The rotation engine as a library: it needs neither the application nor anything but Node. */
export { ApiKeyManager, KeysExhaustedError, type LogLevel, type ManagerDeps } from './api-key-manager.ts'
export { classify, type ClassifyContext } from './classification/classify.ts'
export type { ProviderFamily } from './classification/verdict.ts'
export type { Clock } from './clock.ts'
export { exclusions, type Decision, type Exclusion, type NearestKey } from './decision.ts'
export {
  fingerprintOf,
  InvalidPoolError,
  isPlaceholder,
  type KeyLimits,
  type KeySpec,
  type PoolNotice,
  type PoolSpec,
} from './key-spec.ts'
export type { Lease } from './lease.ts'
export { createMemoryLedger, type Fact, type Ledger } from './ledger.ts'
export type { LearnedLimits, Outcome, OutcomeKind } from './outcome.ts'
export type { Pool, PoolDeps, PoolEvent, PoolSnapshot } from './pool.ts'
export type { KeyReport, KeySnapshot } from './pool-view.ts'
export { rotate, type Attempt, type AttemptResult, type RotateOptions, type RotateResult } from './library-rotate.ts'
export type { RotateEvent, RotateFailure, RotateFailureReason } from './rotate.ts'
export { createSharedState, type SharedState } from './shared-state.ts'
export type { WireFailure } from './wire-failure.ts'
export { systemClock } from './system-clock.ts'

export interface PoolOptions {
  model: string
  /** Secrets, or keys with their settings. */
  keys: readonly (KeySpec | string)[]
  strategy?: Strategy | undefined
  id?: string | undefined
  /** Pools of one host share what is true of a key whatever the model. */
  host?: string | undefined
  maxWaitMs?: number | undefined
  deadlineMs?: number | undefined
}

/** A pool with everything but the keys decided: round-robin, the system's clock. */
export function createPool(options: PoolOptions, deps: Partial<PoolDeps> = {}): Pool {
  const { model, id = model, host = '', strategy = 'round-robin', ...rest } = options
  const spec: PoolSpec = { ...rest, id, model, host, strategy }
  return new Pool(spec, { clock: systemClock, random: Math.random, ...deps })
}
