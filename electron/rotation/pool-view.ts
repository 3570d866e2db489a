import type { KeyState } from '../../shared/key.ts'
import type { HostState } from './host-state.ts'
import { Standing, type KeyTable } from './key-table.ts'
import type { Outcome } from './outcome.ts'

/** One key as others may see it, without its secret. Times are the wall's. */
export interface KeySnapshot {
  keyId: string
  label: string
  state: KeyState
  inFlight: number
  requests: number
  served: number
  failed: number
  lastUsedAtMs: number | null
  lastOutcome: Outcome | null
  /** The last outcome that was not an answer, also after later answers. */
  lastFailure: Outcome | null
}

/** Why one key could not serve a request. */
export interface KeyReport {
  keyId: string
  label: string
  state: KeyState
  lastOutcome: Outcome | null
}

export interface Sight {
  table: KeyTable
  host: HostState
  nowMs: number
  wallMs: number
}

export function viewKey(sight: Sight, slot: number): KeySnapshot {
  const { table } = sight
  const { id, label } = table.keys[slot]!
  const lastUsedAtMs = table.lastUsedAtMs[slot]!
  return {
    keyId: id,
    label,
    state: stateOf(sight, slot),
    inFlight: table.inFlight[slot]!,
    requests: table.requests[slot]!,
    served: table.served[slot]!,
    failed: table.failed[slot]!,
    lastUsedAtMs: lastUsedAtMs === 0 ? null : lastUsedAtMs,
    lastOutcome: table.lastOutcome[slot] ?? null,
    lastFailure: table.lastFailure[slot] ?? null,
  }
}

export function stateOf(sight: Sight, slot: number): KeyState {
  const { table, host, nowMs, wallMs } = sight
  const toWallMs = (atMs: number) => atMs - nowMs + wallMs
  const toWallOrNull = (atMs: number) => (atMs === Infinity ? null : toWallMs(atMs))
  const credential = host.credentials.get(table.keys[slot]!.fingerprint)
  switch (table.standing[slot]! as Standing) {
    case Standing.paused:
      return { kind: 'paused', untilMs: toWallOrNull(table.pausedUntilMs[slot]!) }
    case Standing.expired:
      return { kind: 'expired', sinceMs: table.keys[slot]!.expiresAtMs ?? wallMs }
    case Standing.rejected:
      return { kind: 'rejected', nextTestMs: toWallOrNull(credential?.rejection?.nextTestAtMs ?? Infinity) }
    case Standing.exhausted:
      return { kind: 'exhausted', untilMs: toWallMs(credential?.exhaustion?.untilMs ?? nowMs) }
    case Standing.notAllowed:
      return { kind: 'not-allowed' }
    case Standing.cooling:
      return {
        kind: 'cooling',
        untilMs: toWallMs(table.coolingUntilMs[slot]!),
        announced: table.announced[slot] === 1,
      }
    case Standing.probing:
      return { kind: 'probing' }
    case Standing.atLimit: {
      const limits = table.limits[slot]!
      const untilMs = toWallMs(limits.freeAtMs(nowMs, wallMs))
      return { kind: 'at-limit', limit: limits.limit, untilMs }
    }
    case Standing.atConcurrency:
      return { kind: 'at-limit', limit: 'concurrency', untilMs: null }
    case Standing.ready:
      break
  }
  if (host.gate.state(nowMs) !== 'open') {
    return { kind: 'host-held', untilMs: host.gate.isProbing ? null : toWallMs(host.gate.heldUntilMs) }
  }
  // A due test does not make a rejected key a good one; only its passing does.
  if (credential?.rejection) return { kind: 'rejected', nextTestMs: toWallMs(credential.rejection.nextTestAtMs) }
  return { kind: 'ready' }
}
