/**
 * What several gateways would have to share, as facts that travel: cooldowns, verdicts on credentials, spent limits.
 * Whoever learns one publishes it, and everybody, the publisher too, acts only on what is delivered. Today delivery is
 * a function call; one over Redis or Valkey carries the same facts. All durations are relative, because the monotonic
 * times of two processes have nothing in common.
 */
export interface Ledger {
  publish(fact: Fact): void
  /** Delivers the facts of one host until the returned function is called. */
  subscribe(host: string, deliver: (fact: Fact) => void): () => void
}

export type Fact = CredentialFact | ModelFact

interface OfCredential {
  host: string
  fingerprint: string
}

/** True of the secret at this host, whatever the model. */
export type CredentialFact = OfCredential &
  (
    | { kind: 'rejected'; testsDone: number; nextTestInMs: number | null }
    | { kind: 'exhausted'; forMs: number; step: number }
    /** It has served: neither rejected nor exhausted. */
    | { kind: 'trusted' }
  )

/** True of the secret at this host for one model. */
export type ModelFact = OfCredential & { model: string } & (
    | { kind: 'cooling'; forMs: number; announced: boolean; step: number }
    | { kind: 'not-allowed' }
    /** It has served here: no half-open, no ladder, allowed. */
    | { kind: 'recovered' }
    /** A person says so: also no cooldown. */
    | { kind: 'forgiven' }
    | { kind: 'spent'; requests: number; tokens: number; agoMs: number }
    /** Spent of a day that ends at a wall-clock time, known from before a restart. */
    | { kind: 'spent-today'; requests: number; endsAtMs: number }
  )

export function isModelFact(fact: Fact): fact is ModelFact {
  return fact.kind !== 'rejected' && fact.kind !== 'exhausted' && fact.kind !== 'trusted'
}

export function createMemoryLedger(): Ledger {
  const subscribers = new Map<string, Set<(fact: Fact) => void>>()
  return {
    publish(fact) {
      for (const deliver of subscribers.get(fact.host) ?? []) deliver(fact)
    },
    subscribe(host, deliver) {
      const ofHost = subscribers.get(host) ?? new Set()
      subscribers.set(host, ofHost.add(deliver))
      return () => {
        ofHost.delete(deliver)
        if (ofHost.size === 0) subscribers.delete(host)
      }
    },
  }
}
