import * as z from 'zod'
import type { KeyRing } from './key-ring.ts'
import type { SharedState } from './shared-state.ts'

/**
 * What survives a restart: verdicts, cooldowns that are worth keeping, what was spent today, and where the rotation
 * stands. Times are the wall's, because nothing else outlives a process; keys are named by fingerprint.
 */
const shortestKeptMs = 60_000

const name = z.string().min(1).max(512)
const durationMs = z.number().nonnegative()
const step = z.number().int().min(0).max(64)

const KeptFact = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('rejected'),
    fingerprint: name,
    testsDone: step,
    nextTestInMs: durationMs.nullable(),
  }),
  z.object({ kind: z.literal('exhausted'), fingerprint: name, forMs: durationMs, step }),
  z.object({ kind: z.literal('cooling'), fingerprint: name, forMs: durationMs, announced: z.boolean(), step }),
  z.object({ kind: z.literal('not-allowed'), fingerprint: name }),
  z.object({
    kind: z.literal('spent-today'),
    fingerprint: name,
    requests: z.number().int().nonnegative(),
    endsAtMs: z.number(),
  }),
])
type KeptFact = z.infer<typeof KeptFact>

const KeptState = z.object({
  version: z.literal(1),
  savedAtMs: z.number(),
  /** The key the rotation stood at. */
  position: name.nullable(),
  facts: z.array(KeptFact),
})
export type KeptState = z.infer<typeof KeptState>

export function keepState(ring: KeyRing, shared: SharedState, shortestMs = shortestKeptMs): KeptState {
  const nowMs = shared.nowMs()
  const facts: KeptFact[] = []
  for (let slot = 0; slot < ring.table.size; slot += 1) keepKey(ring, slot, { nowMs, shortestMs }, facts)
  const position = ring.table.keys[ring.order.position]?.fingerprint ?? null
  return { version: 1, savedAtMs: shared.wallMs(), position, facts }
}

function keepKey(
  { table, host }: KeyRing,
  slot: number,
  { nowMs, shortestMs }: { nowMs: number; shortestMs: number },
  facts: KeptFact[],
): void {
  const { fingerprint } = table.keys[slot]!
  const { rejection, exhaustion } = host.credentials.get(fingerprint) ?? {}
  if (rejection) {
    const nextTestInMs = rejection.nextTestAtMs === Infinity ? null : Math.max(0, rejection.nextTestAtMs - nowMs)
    facts.push({ kind: 'rejected', fingerprint, testsDone: rejection.testsDone, nextTestInMs })
  }
  if (exhaustion) {
    const forMs = Math.max(0, exhaustion.untilMs - nowMs)
    facts.push({ kind: 'exhausted', fingerprint, forMs, step: exhaustion.step })
  }
  if (table.notAllowed[slot] === 1) facts.push({ kind: 'not-allowed', fingerprint })
  const forMs = table.coolingUntilMs[slot]! - nowMs
  if (forMs > shortestMs) {
    const announced = table.announced[slot] === 1
    facts.push({ kind: 'cooling', fingerprint, forMs, announced, step: table.coolingStep[slot]! })
  }
  const day = table.limits[slot]?.day
  if (day) facts.push({ kind: 'spent-today', fingerprint, requests: day.count, endsAtMs: day.endsAtMs })
}

/** Publishes what is still true now. A wall clock that went back since makes nothing last longer than it was kept for. */
export function restoreState(kept: unknown, ring: KeyRing, shared: SharedState): boolean {
  const parsed = KeptState.safeParse(kept)
  if (!parsed.success) return false
  const { savedAtMs, position, facts } = parsed.data
  const elapsedMs = Math.max(0, shared.wallMs() - savedAtMs)
  const of = { host: ring.spec.host, model: ring.spec.model }
  for (const fact of facts) {
    if (ring.table.slotOfFingerprint(fact.fingerprint) < 0) continue
    const aged = age(fact, elapsedMs)
    if (aged) shared.ledger.publish(Object.assign(aged, of))
  }
  if (position !== null) ring.order.position = ring.table.slotOfFingerprint(position)
  return true
}

function age(fact: KeptFact, elapsedMs: number): KeptFact | undefined {
  switch (fact.kind) {
    case 'rejected':
      if (fact.nextTestInMs === null) return fact
      return { ...fact, nextTestInMs: Math.max(0, fact.nextTestInMs - elapsedMs) }
    case 'exhausted':
      // Over, but not yet proven: it still comes back with one probe.
      return { ...fact, forMs: Math.max(0, fact.forMs - elapsedMs) }
    case 'cooling':
      return fact.forMs <= elapsedMs ? undefined : { ...fact, forMs: fact.forMs - elapsedMs }
    case 'not-allowed':
    case 'spent-today':
      break
  }
  return fact
}
