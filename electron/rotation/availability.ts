import type { HostState } from './host-state.ts'
import { Standing, standingCount, type KeyTable } from './key-table.ts'
import type { Order } from './order/order.ts'
import type { SharedState } from './shared-state.ts'
import { SlotHeap } from './slot-heap.ts'

export interface AvailabilityDeps {
  table: KeyTable
  order: Order
  host: HostState
  shared: Pick<SharedState, 'nowMs' | 'wallMs'>
  /** Whether the order depends on what time does to a key's limits. */
  watchesHeadroom: boolean
  changed: (slot: number) => void
}

/**
 * Every key has exactly one standing, and the indexes follow it: usable keys are in the order, keys that time brings
 * back are in `returns`. Only `settle` changes a standing, and no pick looks at a key that is out.
 */
export class Availability {
  readonly #deps: AvailabilityDeps
  /** Keys that are out, by when time alone brings them back. */
  readonly returns: SlotHeap
  /** Keys that time changes otherwise: usable ones that expire or gain headroom, and those out for several reasons. */
  readonly #upkeep: SlotHeap
  readonly counts = new Float64Array(standingCount)
  /** Changes whenever a count does. */
  version = 0
  #backAtMs = 0
  #changesAtMs = 0

  constructor(deps: AvailabilityDeps) {
    this.#deps = deps
    this.returns = new SlotHeap(deps.table.size, 'by-slot')
    this.#upkeep = new SlotHeap(deps.table.size, 'by-slot')
  }

  /** Files every key for the first time. */
  fill(): void {
    const { table, order } = this.#deps
    const nowMs = this.#deps.shared.nowMs()
    for (let slot = 0; slot < table.size; slot += 1) {
      const standing = this.#judge(slot, nowMs)
      table.standing[slot] = standing
      this.counts[standing]! += 1
      if (standing === Standing.ready) order.add(slot)
      this.#schedule(slot, standing, nowMs)
    }
    this.version += 1
  }

  /** Lets time act: whoever is due is looked at again. Each key costs this once per cooldown. */
  wake(): void {
    const nowMs = this.#deps.shared.nowMs()
    while (this.returns.firstRank <= nowMs) this.settle(this.returns.first)
    while (this.#upkeep.firstRank <= nowMs) {
      const slot = this.#upkeep.first
      this.settle(slot)
      this.#deps.order.changed(slot)
    }
  }

  /** Finds the key's standing from the facts and moves it to where it belongs. */
  settle(slot: number): void {
    const { table, order } = this.#deps
    const nowMs = this.#deps.shared.nowMs()
    const before = table.standing[slot]! as Standing
    const standing = this.#judge(slot, nowMs)
    const isMoved = this.#schedule(slot, standing, nowMs)
    if (standing !== before) {
      table.standing[slot] = standing
      this.counts[before]! -= 1
      this.counts[standing]! += 1
      this.version += 1
      if (standing === Standing.ready) order.add(slot)
      else if (before === Standing.ready) order.remove(slot)
    }
    if (standing !== before || isMoved) this.#deps.changed(slot)
  }

  /** When time alone makes a key usable; Infinity when none is waiting for time. */
  get nextReturnMs(): number {
    return this.returns.firstRank
  }

  /** When time changes any key. */
  get nextChangeMs(): number {
    return Math.min(this.returns.firstRank, this.#upkeep.firstRank)
  }

  /** Keys that are out until somebody else's lease ends. */
  get busyCount(): number {
    return this.counts[Standing.probing]! + this.counts[Standing.atConcurrency]!
  }

  /** True when the time at which an excluded key is back has changed. */
  #schedule(slot: number, standing: Standing, nowMs: number): boolean {
    if (standing !== Standing.ready) {
      if (this.#changesAtMs < this.#backAtMs) this.#upkeep.set(slot, this.#changesAtMs)
      else this.#upkeep.remove(slot)
      const before = this.returns.has(slot) ? this.returns.rank(slot) : Infinity
      if (this.#backAtMs === Infinity) this.returns.remove(slot)
      else this.returns.set(slot, this.#backAtMs)
      return before !== this.#backAtMs
    }
    this.returns.remove(slot)
    const changesAtMs = this.#nextUpkeepMs(slot, nowMs)
    if (changesAtMs === Infinity) this.#upkeep.remove(slot)
    else this.#upkeep.set(slot, changesAtMs)
    return false
  }

  #nextUpkeepMs(slot: number, nowMs: number): number {
    const { table, watchesHeadroom, shared } = this.#deps
    const expiresAtMs = table.expiresAtMs[slot]!
    const limits = watchesHeadroom ? table.limits[slot] : undefined
    if (!limits) return expiresAtMs
    // Never now: what is due now has just been taken into account.
    return Math.min(expiresAtMs, Math.max(limits.changesAtMs(nowMs, shared.wallMs()), nowMs + 1))
  }

  /**
   * The first fact that keeps the key out gives the standing; `#backAtMs` is when the last of them is over, and
   * `#changesAtMs` when the first is, since then another gives the standing.
   */
  #judge(slot: number, nowMs: number): Standing {
    const { table, host } = this.#deps
    let standing: Standing = Standing.ready
    let backAtMs = 0
    let changesAtMs = Infinity
    const out = (why: Standing, untilMs: number) => {
      if (standing === Standing.ready) standing = why
      backAtMs = Math.max(backAtMs, untilMs)
      changesAtMs = Math.min(changesAtMs, untilMs)
    }
    if (table.pausedUntilMs[slot]! > nowMs) out(Standing.paused, table.pausedUntilMs[slot]!)
    if (table.expiresAtMs[slot]! <= nowMs) out(Standing.expired, Infinity)
    const credential = host.credentials.size === 0 ? undefined : host.credentials.get(table.keys[slot]!.fingerprint)
    if (credential) {
      const { rejection, exhaustion } = credential
      if (rejection && rejection.nextTestAtMs > nowMs) out(Standing.rejected, rejection.nextTestAtMs)
      if (exhaustion && exhaustion.untilMs > nowMs) out(Standing.exhausted, exhaustion.untilMs)
      if (credential.probe !== 0) out(Standing.probing, Infinity)
    }
    if (table.notAllowed[slot] === 1) out(Standing.notAllowed, Infinity)
    if (table.coolingUntilMs[slot]! > nowMs) out(Standing.cooling, table.coolingUntilMs[slot]!)
    if (table.probe[slot] !== 0) out(Standing.probing, Infinity)
    const limits = table.limits[slot]
    if (limits) {
      const freeAtMs = limits.freeAtMs(nowMs, this.#deps.shared.wallMs())
      if (freeAtMs > nowMs) out(Standing.atLimit, freeAtMs)
      if (table.inFlight[slot]! >= limits.concurrency) out(Standing.atConcurrency, Infinity)
    }
    this.#changesAtMs = changesAtMs
    this.#backAtMs = standing === Standing.ready ? 0 : backAtMs
    return standing
  }
}
