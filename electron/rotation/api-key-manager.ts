import type { KeyState } from '../../shared/key.ts'
import { InvalidPoolError, isPlaceholder } from './key-spec.ts'
import { Pool, type PoolDeps } from './pool.ts'
import type { KeyReport } from './pool-view.ts'
import { systemClock } from './system-clock.ts'

/** DSLighting's interface over a pool, for code that was written to its guide. No part of a secret is ever logged. */

export type LogLevel = 'debug' | 'info' | 'warn'

export interface ManagerDeps extends Partial<PoolDeps> {
  /** Gets the lines that DSLighting logs; silent when left out. */
  log?: ((level: LogLevel, line: string) => void) | undefined
}

/** Every key of the list is out. Says for each why, and names none by its secret. */
export class KeysExhaustedError extends Error {
  override readonly name = 'KeysExhaustedError'
  readonly keys: readonly KeyReport[]

  constructor(model: string, keys: readonly KeyReport[]) {
    const reasons = keys.map(({ label, state }) => `${label}: ${describe(state)}`).join('; ')
    super(`Every key of '${model}' is out. ${reasons}`)
    this.keys = keys
  }
}

export class ApiKeyManager {
  static readonly #managers = new Map<string, ApiKeyManager>()

  /** The model's one manager; a changed list takes effect. Undefined when the list holds no key. */
  static getManager(model: string, apiKeys: readonly string[], deps: ManagerDeps = {}): ApiKeyManager | undefined {
    const known = ApiKeyManager.#managers.get(model)
    if (!holdsKey(apiKeys)) return undefined
    if (known) {
      known.#take(apiKeys)
      return known
    }
    const manager = new ApiKeyManager(model, apiKeys, deps)
    ApiKeyManager.#managers.set(model, manager)
    return manager
  }

  /** The same keys for `rotate`, which does all of this by itself. */
  readonly pool: Pool
  readonly #model: string
  readonly #log: (level: LogLevel, line: string) => void
  #secrets: { id: string; secret: string }[]
  #current = 0

  constructor(model: string, apiKeys: readonly string[], deps: ManagerDeps = {}) {
    assertHoldsKey(apiKeys)
    this.#model = model
    this.#log = deps.log ?? (() => {})
    this.pool = new Pool(poolSpec(model, apiKeys), { clock: systemClock, random: Math.random, ...deps })
    this.#secrets = secretsOf(this.pool, apiKeys)
    this.#log('info', `APIKeyManager initialized for '${model}' with ${this.#secrets.length} keys`)
    if (apiKeys.some(isPlaceholder)) this.#log('warn', `A key of '${model}' looks like an example`)
  }

  getCurrentKey(): string {
    return this.#secrets[this.#current]!.secret
  }

  /** Moves to the next usable key of the list and returns it. */
  rotateKey(): string {
    const usable = this.#usableIds()
    const next = this.#nextUsable(usable)
    if (next < 0) throw new KeysExhaustedError(this.#model, this.pool.keyReports())
    if (this.#secrets.length === 1) {
      this.#log('debug', `Only 1 key available for '${this.#model}', no rotation`)
      return this.getCurrentKey()
    }
    this.#current = next
    this.#log('info', `Rotated API key for '${this.#model}'. Remaining keys: ${usable.size}`)
    return this.getCurrentKey()
  }

  /**
   * Lets a key cool down, the current one or the one that is named, and returns the key to use instead. Naming the key
   * that failed keeps callers that fail at the same time from each skipping a good key.
   */
  markKeyFailed(failedKey: string = this.getCurrentKey()): string {
    const failed = this.#secrets.findIndex(({ secret }) => secret === failedKey.trim())
    if (failed < 0) {
      this.#log('warn', `The key reported as failed is not a key of '${this.#model}'`)
      return this.getCurrentKey()
    }
    this.pool.markFailed(this.#secrets[failed]!.id)
    this.#log('warn', `Key failed for '${this.#model}', rotating to next key`)
    const isStillGood = failed !== this.#current && this.#usableIds().has(this.#secrets[this.#current]!.id)
    return isStillGood ? this.getCurrentKey() : this.rotateKey()
  }

  /** All keys in the list's order, whatever their state. */
  getAllKeys(): string[] {
    return this.#secrets.map(({ secret }) => secret)
  }

  /** Clears failures and returns to the first key, of a new list if one is given. */
  reset(apiKeys: readonly string[] = this.getAllKeys()): void {
    assertHoldsKey(apiKeys)
    this.#take(apiKeys)
    for (const { id } of this.#secrets) this.pool.forgive(id)
    this.#current = 0
  }

  toString(): string {
    return `ApiKeyManager('${this.#model}', ${this.#secrets.length} keys)`
  }

  #take(apiKeys: readonly string[]): void {
    const currentId = this.#secrets[this.#current]?.id
    this.pool.configure(poolSpec(this.#model, apiKeys))
    this.#secrets = secretsOf(this.pool, apiKeys)
    this.#current = Math.max(
      0,
      this.#secrets.findIndex(({ id }) => id === currentId),
    )
  }

  #usableIds(): ReadonlySet<string> {
    const usable = this.pool.keyReports().filter(({ state }) => state.kind === 'ready' || state.kind === 'host-held')
    return new Set(usable.map(({ keyId }) => keyId))
  }

  #nextUsable(usable: ReadonlySet<string>): number {
    for (let step = 1; step <= this.#secrets.length; step += 1) {
      const index = (this.#current + step) % this.#secrets.length
      if (usable.has(this.#secrets[index]!.id)) return index
    }
    return -1
  }
}

const holdsKey = (apiKeys: readonly string[]): boolean =>
  Array.isArray(apiKeys) && apiKeys.some((key) => typeof key === 'string' && key.trim() !== '')

/** Without a key there is no current one to return. */
function assertHoldsKey(apiKeys: readonly string[]): void {
  if (!holdsKey(apiKeys)) throw new InvalidPoolError('no-list', -1)
}

function poolSpec(model: string, apiKeys: readonly string[]) {
  return { id: model, model, host: '', strategy: 'round-robin', keys: apiKeys } as const
}

/** Blank entries and repetitions are not keys, so places in the list are counted in what the pool took. */
function secretsOf(pool: Pool, apiKeys: readonly string[]): { id: string; secret: string }[] {
  const leftOut = new Set(pool.notices.filter(({ code }) => code !== 'placeholder-secret').map(({ index }) => index))
  const secrets = apiKeys.filter((_secret, index) => !leftOut.has(index)).map((secret) => secret.trim())
  return pool.keyReports().map(({ keyId }, index) => ({ id: keyId, secret: secrets[index]! }))
}

function describe(state: KeyState): string {
  const at = (atMs: number | null) => (atMs === null ? '' : ` until ${new Date(atMs).toISOString()}`)
  switch (state.kind) {
    case 'cooling':
    case 'exhausted':
    case 'paused':
    case 'host-held':
    case 'at-limit':
      return state.kind + at(state.untilMs)
    case 'rejected':
      return state.nextTestMs === null
        ? 'rejected'
        : `rejected, tested again ${new Date(state.nextTestMs).toISOString()}`
    case 'ready':
    case 'probing':
    case 'not-allowed':
    case 'expired':
      break
  }
  return state.kind
}
