// What a number in a row stands for is its place in these lists: they may grow at their ends, and never change otherwise.
import type { Exclusion, Rule } from '../../shared/decision-terms.ts'
import type { Strategy } from '../../shared/model.ts'
import type { OutcomeKind } from '../../shared/outcome.ts'
import type { RequestView } from '../../shared/request.ts'

type Result = RequestView['result']

export const resultCodes = codes<Result>()('running', 'parked', 'served', 'failed', 'cancelled')

export const kindCodes = codes<OutcomeKind>()(
  'served',
  'cancelled',
  'address-blocked',
  'caller-fault',
  'not-allowed',
  'exhausted',
  'rate-limited',
  'upstream-failed',
  'rejected',
  'broken-stream',
)

export const strategyCodes = codes<Strategy>()(
  'round-robin',
  'weighted',
  'least-in-flight',
  'least-recently-used',
  'ordered',
  'most-headroom',
  'sticky',
)

export const ruleCodes = codes<Rule>()(
  'next-in-turn',
  'next-after-failure',
  'smooth-weight',
  'reserve',
  'fewest-in-flight',
  'least-recently-used',
  'first-in-order',
  'most-headroom',
  'conversation',
  'pinned',
  'same-key-again',
  'manual-test',
  'host-probe',
)

export const exclusionCodes = codes<Exclusion>()(
  'paused',
  'expired',
  'rejected',
  'exhausted',
  'not-allowed',
  'cooling',
  'probing',
  'at-limit',
  'at-concurrency',
)

interface Codes<T extends string> {
  codeOf: (name: T) => number
  nameOf: (code: unknown) => T | undefined
  names: readonly T[]
}

/** A list that leaves a name out does not compile. */
function codes<All extends string>() {
  return <const L extends readonly All[]>(...names: [All] extends [L[number]] ? L : never): Codes<All> => {
    const codeOf = new Map<string, number>(names.map((name, index) => [name, index]))
    return {
      codeOf: (name) => codeOf.get(name) ?? -1,
      nameOf: (code) => (names as readonly All[])[Number(code)],
      names,
    }
  }
}
