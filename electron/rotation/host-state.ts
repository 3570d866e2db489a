import { HostGate, type GateReport } from './host-gate.ts'
import { isModelFact, type CredentialFact, type Ledger, type ModelFact } from './ledger.ts'

/** What is wrong with a secret at one host; a credential without a record is trusted. */
export interface Credential {
  rejection: { seq: number; nextTestAtMs: number; testsDone: number } | undefined
  exhaustion: { seq: number; untilMs: number; step: number } | undefined
  /** The one lease that tries it again, or 0. */
  probe: number
}

/** A pool, as its host sees it. */
export interface HostMember {
  readonly model: string
  fingerprints(): readonly string[]
  modelFact(fact: ModelFact): void
  credentialChanged(fingerprint: string): void
  gateChanged(): void
  stormOver(): void
}

/** One host: its gate, and the credentials that are not trusted there, shared by every model that uses them. */
export class HostState {
  readonly name: string
  readonly gate = new HostGate()
  readonly credentials = new Map<string, Credential>()
  readonly #members = new Set<HostMember>()
  /** Distinct secrets; counted when somebody asks, because that is rare and lists change. */
  #credentialCount: number | undefined
  readonly #ledger: Ledger
  readonly #nowMs: () => number
  readonly #nextSeq: () => number
  #unsubscribe: (() => void) | undefined

  constructor(name: string, ledger: Ledger, nowMs: () => number, nextSeq: () => number) {
    this.name = name
    this.#ledger = ledger
    this.#nowMs = nowMs
    this.#nextSeq = nextSeq
  }

  join(member: HostMember): void {
    this.#members.add(member)
    this.listChanged()
    this.#unsubscribe ??= this.#ledger.subscribe(this.name, (fact) => {
      if (isModelFact(fact)) this.#tellModel(fact)
      else this.#applyToCredential(fact)
    })
  }

  leave(member: HostMember): void {
    this.#members.delete(member)
    this.listChanged()
    if (this.#members.size > 0) return
    this.#unsubscribe?.()
    this.#unsubscribe = undefined
  }

  listChanged(): void {
    this.#credentialCount = undefined
  }

  startCredentialProbe(fingerprint: string, leaseId: number): void {
    const credential = this.credentials.get(fingerprint)
    if (!credential) return
    credential.probe = leaseId
    this.#tellCredential(fingerprint)
  }

  endCredentialProbe(fingerprint: string, leaseId: number): void {
    const credential = this.credentials.get(fingerprint)
    if (credential?.probe !== leaseId) return
    credential.probe = 0
    this.#tellCredential(fingerprint)
  }

  startGateProbe(leaseId: number): void {
    this.gate.startProbe(leaseId)
    this.#tellGate()
  }

  report(report: Pick<GateReport, 'leaseId' | 'fingerprint' | 'outcome'>): void {
    const change = this.gate.report({
      ...report,
      countCredentials: () => this.#countCredentials(),
      nowMs: this.#nowMs(),
      seq: this.#nextSeq(),
    })
    if (change.stormOver) for (const member of this.#members) member.stormOver()
    if (change.changed) this.#tellGate()
  }

  #countCredentials(): number {
    this.#credentialCount ??= new Set([...this.#members].flatMap((member) => member.fingerprints())).size
    return this.#credentialCount
  }

  #applyToCredential(fact: CredentialFact): void {
    const credential = this.credentials.get(fact.fingerprint) ?? {
      rejection: undefined,
      exhaustion: undefined,
      probe: 0,
    }
    const nowMs = this.#nowMs()
    const seq = this.#nextSeq()
    switch (fact.kind) {
      case 'rejected':
        credential.rejection = { seq, nextTestAtMs: nowMs + (fact.nextTestInMs ?? Infinity), testsDone: fact.testsDone }
        break
      case 'exhausted':
        credential.exhaustion = {
          seq,
          untilMs: Math.max(nowMs + fact.forMs, credential.exhaustion?.untilMs ?? 0),
          step: fact.step,
        }
        break
      case 'trusted':
        this.credentials.delete(fact.fingerprint)
        return this.#tellCredential(fact.fingerprint)
    }
    this.credentials.set(fact.fingerprint, credential)
    this.#tellCredential(fact.fingerprint)
  }

  #tellModel(fact: ModelFact): void {
    for (const member of this.#members) if (member.model === fact.model) member.modelFact(fact)
  }

  #tellCredential(fingerprint: string): void {
    for (const member of this.#members) member.credentialChanged(fingerprint)
  }

  #tellGate(): void {
    for (const member of this.#members) member.gateChanged()
  }
}
