import { createHash } from 'node:crypto'
import type { Strategy } from '../../shared/model.ts'

/** What a person allows one key; the provider's own limits are learnt from its answers. */
export interface KeyLimits {
  requestsPerMinute?: number | undefined
  tokensPerMinute?: number | undefined
  requestsPerDay?: number | undefined
  /** Leases at the same time. */
  concurrency?: number | undefined
  /** Minutes after midnight UTC at which this key's day starts; local midnight when left out. */
  dayStartsAtUtcMinute?: number | undefined
}

export interface KeySpec {
  id: string
  label: string
  /** Stands for the secret: keys with the same one at the same host are one credential. */
  fingerprint: string
  /** For the weighted strategy: its share. Zero keeps the key in reserve. */
  weight: number
  paused: boolean | { untilMs: number }
  /** Keys with the same tag share a quota: when one is rate-limited the others cool down with it. */
  account?: string | undefined
  limits?: KeyLimits | undefined
  /** Wall-clock time. */
  expiresAtMs?: number | undefined
  /** For library users only; handed to the attempt through its lease and never logged. */
  secret?: string | undefined
}

export interface PoolSpec {
  id: string
  model: string
  /** The host (and port) that the model's keys may be sent to. */
  host: string
  strategy: Strategy
  /** A plain string is a secret; its id, label and fingerprint are derived. */
  keys: readonly (KeySpec | string)[]
  /** How long a request may wait in all for a key to come back. */
  maxWaitMs?: number | undefined
  /** How long one request may take in all. */
  deadlineMs?: number | undefined
}

/** Something about the list that was set right rather than refused. `index` counts from 0 in the list as given. */
export interface PoolNotice {
  code: 'duplicate-secret' | 'blank-secret' | 'placeholder-secret'
  index: number
}

export type PoolSpecProblem =
  | 'no-model'
  | 'no-list'
  | 'bad-key'
  | 'bad-strategy'
  | 'bad-weight'
  | 'bad-limit'
  | 'bad-time'
  | 'duplicate-id'
  | 'no-fingerprint'

/** The list cannot be used as it is. Names the rule and the place, never a secret. */
export class InvalidPoolError extends Error {
  override readonly name = 'InvalidPoolError'
  readonly code: PoolSpecProblem
  /** The key's place in the list, from 0; -1 when it is about the pool. */
  readonly index: number

  constructor(code: PoolSpecProblem, index: number) {
    super(index < 0 ? code : `${code} at key ${index + 1}`)
    this.code = code
    this.index = index
  }
}

const defaultMaxWaitMs = 30_000
const defaultDeadlineMs = 600_000

export interface CheckedPoolSpec {
  id: string
  model: string
  host: string
  strategy: Strategy
  keys: KeySpec[]
  /** Places in `keys`. */
  slotById: ReadonlyMap<string, number>
  slotByFingerprint: ReadonlyMap<string, number>
  maxWaitMs: number
  deadlineMs: number
  notices: PoolNotice[]
}

/** Blank secrets and repetitions are left out and reported; what would make the rotation wrong is refused. */
export function checkPoolSpec(spec: PoolSpec): CheckedPoolSpec {
  if (typeof spec.model !== 'string' || spec.model.trim() === '') throw new InvalidPoolError('no-model', -1)
  const notices: PoolNotice[] = []
  return {
    id: spec.id,
    model: spec.model,
    host: spec.host,
    strategy: spec.strategy,
    ...checkKeys(spec.keys, notices),
    maxWaitMs: checkDuration(spec.maxWaitMs, defaultMaxWaitMs),
    deadlineMs: checkDuration(spec.deadlineMs, defaultDeadlineMs),
    notices,
  }
}

function checkKeys(
  listed: PoolSpec['keys'],
  notices: PoolNotice[],
): Pick<CheckedPoolSpec, 'keys' | 'slotById' | 'slotByFingerprint'> {
  const keys: KeySpec[] = []
  const slotById = new Map<string, number>()
  const slotByFingerprint = new Map<string, number>()
  // A program without types may hand over an environment variable that is not set.
  if (!Array.isArray(listed)) throw new InvalidPoolError('no-list', -1)
  for (const [index, item] of listed.entries()) {
    if (!isKeyLike(item)) throw new InvalidPoolError('bad-key', index)
    const secret = typeof item === 'string' ? item.trim() : item.secret
    if (secret !== undefined && secret.trim() === '') {
      notices.push({ code: 'blank-secret', index })
      continue
    }
    const key = typeof item === 'string' ? keyOfSecret(item.trim(), index) : item
    checkKey(key, index)
    if (slotByFingerprint.has(key.fingerprint)) {
      notices.push({ code: 'duplicate-secret', index })
      continue
    }
    if (slotById.has(key.id)) throw new InvalidPoolError('duplicate-id', index)
    if (secret !== undefined && isPlaceholder(secret)) notices.push({ code: 'placeholder-secret', index })
    slotById.set(key.id, keys.length)
    slotByFingerprint.set(key.fingerprint, keys.length)
    keys.push(key)
  }
  return { keys, slotById, slotByFingerprint }
}

function isKeyLike(item: unknown): boolean {
  if (typeof item !== 'object' || item === null) return typeof item === 'string'
  return !('secret' in item) || item.secret === undefined || typeof item.secret === 'string'
}

function checkKey(key: KeySpec, index: number): void {
  if (typeof key.id !== 'string' || typeof key.label !== 'string') throw new InvalidPoolError('bad-key', index)
  if (typeof key.fingerprint !== 'string' || key.fingerprint === '') throw new InvalidPoolError('no-fingerprint', index)
  if (!Number.isFinite(key.weight) || key.weight < 0) throw new InvalidPoolError('bad-weight', index)
  if (key.expiresAtMs !== undefined && !Number.isFinite(key.expiresAtMs)) throw new InvalidPoolError('bad-time', index)
  if (typeof key.paused === 'object' && !Number.isFinite(key.paused.untilMs)) {
    throw new InvalidPoolError('bad-time', index)
  }
  const { requestsPerMinute, tokensPerMinute, requestsPerDay, concurrency, dayStartsAtUtcMinute } = key.limits ?? {}
  for (const limit of [requestsPerMinute, tokensPerMinute, requestsPerDay, concurrency]) {
    if (limit !== undefined && !(Number.isInteger(limit) && limit > 0)) throw new InvalidPoolError('bad-limit', index)
  }
  if (dayStartsAtUtcMinute !== undefined && !(dayStartsAtUtcMinute >= 0 && dayStartsAtUtcMinute < 1440)) {
    throw new InvalidPoolError('bad-limit', index)
  }
}

/** NaN would make a timer that fires at once. */
export function checkDuration(durationMs: number | undefined, byDefault: number): number {
  if (durationMs === undefined) return byDefault
  if (!(durationMs >= 0)) throw new InvalidPoolError('bad-time', -1)
  return durationMs
}

function keyOfSecret(secret: string, index: number): KeySpec {
  const fingerprint = fingerprintOf(secret)
  return {
    id: `key-${fingerprint.slice(0, 16)}`,
    label: `Key ${index + 1}`,
    fingerprint,
    weight: 1,
    paused: false,
    secret,
  }
}

/** Stands for a secret without giving it away; a vault has its own, keyed one. */
export function fingerprintOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex').slice(0, 32)
}

/** Texts that documentation puts where a key belongs. A hint only: a provider may accept what looks like one. */
const placeholder =
  /^(?:<.*>|\$\{.*\}|x{4,}|(?:sk-)?(?:your|my|test|example)[-_ ].*|.*your[-_]?(?:api[-_]?)?key.*|.*\.\.\.|change[-_ ]?me)$/i

export function isPlaceholder(secret: string): boolean {
  return placeholder.test(secret.trim())
}
