import { exclusions, type Exclusion, type Rule } from '../../shared/decision-terms.ts'
import type { Strategy } from '../../shared/model.ts'
import type { Availability } from './availability.ts'
import { Standing, type KeyTable } from './key-table.ts'
import type { SharedState } from './shared-state.ts'

const nearestCount = 10

export { exclusions, type Exclusion }
export type ExclusionCounts = Readonly<Record<Exclusion, number>>

export interface NearestKey {
  readonly keyId: string
  readonly label: string
  readonly reason: Exclusion
  /** Wall-clock; less the record's `atMs` it is the time the key had left. */
  readonly backAtMs: number
}

/** Why one key was leased and the others were not. Holds ids and labels only, so it may be shown and kept. */
export interface Decision {
  readonly atMs: number
  readonly keyId: string
  readonly strategy: Strategy
  readonly rule: Rule
  /** Keys that could have been chosen, the chosen one included. */
  readonly usable: number
  /** Keys this request had tried before. */
  readonly tried: number
  readonly excluded: ExclusionCounts
  /** The keys that time brings back soonest. */
  readonly nearest: readonly NearestKey[]
}

/**
 * Makes decision records. What they say of excluded keys is shared between records for as long as no key's standing
 * changes, which is what makes a record cheap enough for every pick.
 */
export class DecisionBook {
  readonly #table: KeyTable
  readonly #availability: Availability
  readonly #shared: Pick<SharedState, 'nowMs'>
  #excluded: ExclusionCounts | undefined
  #nearest: readonly NearestKey[] = []
  #version = -1
  #returnsVersion = -1

  constructor(table: KeyTable, availability: Availability, shared: Pick<SharedState, 'nowMs'>) {
    this.#table = table
    this.#availability = availability
    this.#shared = shared
  }

  record(choice: Omit<Decision, 'excluded' | 'nearest'>): Decision {
    const { atMs, keyId, strategy, rule, usable, tried } = choice
    const excluded = this.#countExcluded()
    return { atMs, keyId, strategy, rule, usable, tried, excluded, nearest: this.#findNearest(atMs) }
  }

  #countExcluded(): ExclusionCounts {
    if (this.#excluded && this.#version === this.#availability.version) return this.#excluded
    const { counts, version } = this.#availability
    this.#version = version
    this.#excluded = {
      paused: counts[Standing.paused]!,
      expired: counts[Standing.expired]!,
      rejected: counts[Standing.rejected]!,
      exhausted: counts[Standing.exhausted]!,
      'not-allowed': counts[Standing.notAllowed]!,
      cooling: counts[Standing.cooling]!,
      probing: counts[Standing.probing]!,
      'at-limit': counts[Standing.atLimit]!,
      'at-concurrency': counts[Standing.atConcurrency]!,
    }
    return this.#excluded
  }

  #findNearest(wallMs: number): readonly NearestKey[] {
    const { returns } = this.#availability
    if (this.#returnsVersion === returns.version) return this.#nearest
    this.#returnsVersion = returns.version
    const wallOffsetMs = wallMs - this.#shared.nowMs()
    this.#nearest = returns.firstFew(nearestCount).map((slot) => ({
      keyId: this.#table.keys[slot]!.id,
      label: this.#table.keys[slot]!.label,
      reason: exclusions[this.#table.standing[slot]! - 1]!,
      backAtMs: returns.rank(slot) + wallOffsetMs,
    }))
    return this.#nearest
  }
}
