import type { HostState } from './host-state.ts'
import type { Lease } from './lease.ts'

export interface LeaseFacts {
  leaseId: number
  keyId: string
  keyLabel: string
  attempt: number
  probe: boolean
  test: boolean
  fingerprint: string
  generation: number
  model: string
  host: HostState
  leasedAtMs: number
  estimatedTokens: number | undefined
  secret: string | undefined
}

/** The engine's side of a lease. It is reported once; what the world must not print is private. */
export class KeyLease implements Lease {
  readonly leaseId: number
  readonly keyId: string
  readonly keyLabel: string
  readonly attempt: number
  readonly probe: boolean
  readonly #facts: LeaseFacts
  #isOpen = true

  constructor(facts: LeaseFacts) {
    this.leaseId = facts.leaseId
    this.keyId = facts.keyId
    this.keyLabel = facts.keyLabel
    this.attempt = facts.attempt
    this.probe = facts.probe
    this.#facts = facts
  }

  get secret(): string | undefined {
    return this.#facts.secret
  }

  get facts(): LeaseFacts {
    return this.#facts
  }

  /** True the first time. */
  close(): boolean {
    const wasOpen = this.#isOpen
    this.#isOpen = false
    return wasOpen
  }
}
