import type { Outcome } from '../../electron/rotation/index.ts'

/**
 * What the engine promises, written again in the plainest way: one record a key and a scan for every question. It
 * knows nothing of hosts; histories that would trip a breaker or a storm guard are the host gate's tests.
 */
export interface ReferenceKey {
  id: string
  born: number
  paused: boolean
  coolingUntilMs: number
  announced: boolean
  ladder: number
  cooledAt: number
  halfOpen: boolean
  probe: number
  notAllowed: boolean
  inFlight: number
  served: number
}

/** Belongs to the secret, whether it is in the list or not. */
export interface ReferenceCredential {
  probe: number
  rejected: { at: number; nextTestMs: number; tests: number } | undefined
  exhausted: { at: number; untilMs: number; step: number } | undefined
}

export interface ReferenceLease {
  leaseId: number
  at: number
  keyId: string
  born: number
}

const ladderMs = [10_000, 30_000, 60_000, 300_000]
const testsMs = [300_000, 3_600_000, 86_400_000, 86_400_000, 86_400_000, 86_400_000, 86_400_000]

export class ReferencePool {
  keys: ReferenceKey[]
  nowMs = 0
  readonly #credentials = new Map<string, ReferenceCredential>()
  #events = 0
  #last = -1

  constructor(ids: readonly string[]) {
    this.keys = ids.map((id) => this.#freshKey(id))
  }

  credential(id: string): ReferenceCredential {
    const credential = this.#credentials.get(id) ?? { probe: 0, rejected: undefined, exhausted: undefined }
    this.#credentials.set(id, credential)
    return credential
  }

  isDistrusted(key: ReferenceKey): boolean {
    const { rejected, exhausted } = this.credential(key.id)
    return rejected !== undefined || exhausted !== undefined
  }

  usable(): ReferenceKey[] {
    return this.keys.filter((key) => !this.whyOut(key))
  }

  whyOut(key: ReferenceKey): string | undefined {
    if (key.paused) return 'paused'
    const { rejected, exhausted, probe } = this.credential(key.id)
    if (rejected && rejected.nextTestMs > this.nowMs) return 'rejected'
    if (exhausted && exhausted.untilMs > this.nowMs) return 'exhausted'
    if (this.isDistrusted(key) && probe !== 0) return 'probing'
    if (key.notAllowed) return 'not-allowed'
    if (key.coolingUntilMs > this.nowMs) return 'cooling'
    return key.probe !== 0 ? 'probing' : undefined
  }

  /** Round-robin: the first usable key after the one that was leased last. */
  next(): ReferenceKey | undefined {
    const order = [...this.keys.slice(this.#last + 1), ...this.keys.slice(0, this.#last + 1)]
    return order.find((key) => !this.whyOut(key))
  }

  take(key: ReferenceKey, leaseId: number): ReferenceLease {
    this.#last = this.keys.indexOf(key)
    key.inFlight += 1
    if (key.halfOpen || this.isDistrusted(key)) key.probe = leaseId
    if (this.isDistrusted(key)) this.credential(key.id).probe = leaseId
    return { leaseId, at: this.#tick(), keyId: key.id, born: key.born }
  }

  /** For a later lease of a request: the rotation does not move. */
  lend(key: ReferenceKey, leaseId: number): ReferenceLease {
    const last = this.#last
    const lease = this.take(key, leaseId)
    this.#last = last
    return lease
  }

  report(lease: ReferenceLease, outcome: Outcome): void {
    const credential = this.credential(lease.keyId)
    if (credential.probe === lease.leaseId) credential.probe = 0
    if (outcome.kind === 'served') this.#trust(credential, lease)
    if (outcome.kind === 'rejected') this.#reject(credential, lease)
    if (outcome.kind === 'exhausted') this.#exhaust(credential, lease, outcome.resetAfterMs)
    const key = this.keys.find(({ id, born }) => id === lease.keyId && born === lease.born)
    if (!key) return
    key.inFlight -= 1
    if (key.probe === lease.leaseId) key.probe = 0
    if (outcome.kind === 'served') this.#served(key, lease)
    if (outcome.kind === 'rate-limited') this.#cool(key, lease, outcome.retryAfterMs)
    if (outcome.kind === 'not-allowed') key.notAllowed = true
  }

  change(ids: readonly string[]): void {
    const before = this.keys
    this.keys = ids.map((id) => before.find((key) => key.id === id) ?? this.#freshKey(id))
    for (const key of this.keys) key.paused = false
    let last = -1
    for (let old = this.#last; old >= 0 && last < 0; old -= 1) last = ids.indexOf(before[old]!.id)
    this.#last = last
  }

  #trust(credential: ReferenceCredential, lease: ReferenceLease): void {
    if (lease.at <= Math.max(credential.rejected?.at ?? 0, credential.exhausted?.at ?? 0)) return
    credential.rejected = undefined
    credential.exhausted = undefined
    credential.probe = 0
  }

  #served(key: ReferenceKey, lease: ReferenceLease): void {
    key.served += 1
    if (lease.at < key.cooledAt) return
    key.halfOpen = false
    key.ladder = 0
    key.notAllowed = false
  }

  #cool(key: ReferenceKey, lease: ReferenceLease, announcedMs: number | null): void {
    const isNews = lease.at > key.cooledAt
    const step = isNews ? key.ladder : Math.max(0, key.ladder - 1)
    const untilMs = this.nowMs + (announcedMs === null ? ladderMs[step]! : Math.max(1_000, announcedMs))
    if (untilMs >= key.coolingUntilMs) {
      key.coolingUntilMs = untilMs
      key.announced = announcedMs !== null
    }
    if (announcedMs === null && isNews) key.ladder = Math.min(step + 1, 3)
    else if (announcedMs === null) key.ladder = Math.max(key.ladder, Math.min(step + 1, 3))
    key.halfOpen = true
    key.cooledAt = this.#tick()
  }

  #reject(key: ReferenceCredential, lease: ReferenceLease): void {
    if (key.rejected && lease.at < key.rejected.at) return
    const tests = key.rejected ? key.rejected.tests + 1 : 0
    key.rejected = { at: this.#tick(), tests, nextTestMs: this.nowMs + (testsMs[tests] ?? Infinity) }
  }

  #exhaust(key: ReferenceCredential, lease: ReferenceLease, announcedMs: number | null): void {
    const isNews = key.exhausted !== undefined && lease.at > key.exhausted.at
    const step = key.exhausted ? key.exhausted.step + (isNews ? 1 : 0) : 0
    const forMs = announcedMs !== null ? Math.max(1_000, announcedMs) : Math.min(3_600_000 * 2 ** step, 86_400_000)
    const untilMs = Math.max(key.exhausted?.untilMs ?? 0, this.nowMs + forMs)
    key.exhausted = { at: this.#tick(), untilMs, step }
  }

  #tick(): number {
    this.#events += 1
    return this.#events
  }

  #freshKey(id: string): ReferenceKey {
    return {
      id,
      born: this.#tick(),
      paused: false,
      coolingUntilMs: 0,
      announced: false,
      ladder: 0,
      cooledAt: 0,
      halfOpen: false,
      probe: 0,
      notAllowed: false,
      inFlight: 0,
      served: 0,
    }
  }
}
