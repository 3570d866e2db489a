import type { Clock } from './clock.ts'
import { HostState } from './host-state.ts'
import { createMemoryLedger, type Ledger } from './ledger.ts'

/** What the pools of one process have in common: its time, its sequence, and the state of hosts and credentials. */
export interface SharedState {
  readonly ledger: Ledger
  host(name: string): HostState
  hosts(): Iterable<HostState>
  /** Monotonic even if the clock is not. */
  nowMs(): number
  wallMs(): number
  /** Numbers leases and verdicts in the order in which they happened. */
  nextSeq(): number
}

export function createSharedState(clock: Clock, ledger: Ledger = createMemoryLedger()): SharedState {
  const hosts = new Map<string, HostState>()
  let latestMs = -Infinity
  let seq = 0
  const nowMs = () => (latestMs = Math.max(latestMs, clock.nowMs()))
  const nextSeq = () => (seq += 1)
  return {
    ledger,
    nowMs,
    nextSeq,
    wallMs: () => clock.wallMs(),
    hosts: () => hosts.values(),
    host(name) {
      const known = hosts.get(name)
      if (known) return known
      const host = new HostState(name, ledger, nowMs, nextSeq)
      hosts.set(name, host)
      return host
    },
  }
}
