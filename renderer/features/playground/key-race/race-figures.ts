import type { KeyId } from '../../../../shared/identity.ts'
import type { RaceCall } from '../../../../shared/key-race.ts'

export const measures = ['first', 'speed', 'total'] as const
export type Measure = (typeof measures)[number]

/** What a call says of a key by this measure; null when it failed or its provider did not say. */
export function valueOf({ failure, firstOutputMs, durationMs, usage }: RaceCall, measure: Measure): number | null {
  if (failure !== null || durationMs === null) return null
  if (measure === 'total') return durationMs
  if (measure === 'first') return firstOutputMs
  const writingMs = durationMs - (firstOutputMs ?? 0)
  return usage === null || usage.completionTokens < 2 || writingMs <= 0
    ? null
    : (usage.completionTokens * 1000) / writingMs
}

export interface Spread {
  values: readonly number[]
  min: number
  median: number
  max: number
}

/** Null when nothing was measured. */
export function spreadOf(values: readonly number[]): Spread | null {
  const sorted = values.toSorted((a, b) => a - b)
  const [min] = sorted
  const max = sorted.at(-1)
  if (min === undefined || max === undefined) return null
  const middle = (sorted.length - 1) / 2
  const median = ((sorted[Math.floor(middle)] ?? min) + (sorted[Math.ceil(middle)] ?? max)) / 2
  return { values: sorted, min, median, max }
}

export interface RacedKey {
  keyId: KeyId
  label: string
  calls: readonly RaceCall[]
  spreads: Record<Measure, Spread | null>
  failed: readonly RaceCall[]
  /** Calls that had to be sent again, after a pause or at once. */
  again: number
  /** The last that each header said that tells keys apart. */
  headers: readonly (readonly [string, string])[]
}

/** In the order in which the keys were chosen. */
export function racedKeys(chosen: readonly { id: KeyId; label: string }[], calls: readonly RaceCall[]): RacedKey[] {
  return chosen.map(({ id, label }) => {
    const own = calls.filter(({ keyId }) => keyId === id)
    const spreadBy = (measure: Measure) => spreadOf(own.flatMap((call) => valueOf(call, measure) ?? []))
    return {
      keyId: id,
      label,
      calls: own,
      spreads: { first: spreadBy('first'), speed: spreadBy('speed'), total: spreadBy('total') },
      failed: own.filter(({ failure }) => failure !== null),
      again: own.filter(({ attempts }) => attempts > 1).length,
      headers: tellingHeaders(own),
    }
  })
}

/** Who served it, where, and under which tier: not which request it was, which is another each time. */
const telling = /region|served-by|organi[sz]ation|project|tier|priority|model$|version$|ratelimit-limit/

function tellingHeaders(calls: readonly RaceCall[]): (readonly [string, string])[] {
  const last = new Map<string, string>()
  for (const { headers } of calls) for (const [name, value] of headers) if (telling.test(name)) last.set(name, value)
  return [...last]
}
