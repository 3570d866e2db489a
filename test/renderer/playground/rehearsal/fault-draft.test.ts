import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  freshDraft,
  injectedOf,
  problemsOf,
  type FaultDraft,
} from '../../../../renderer/features/playground/rehearsal/fault-draft.ts'
import { Injected } from '../../../../shared/rehearsal.ts'
import { faultKinds } from '../../../../shared/rehearsal-terms.ts'

const number = fc.option(
  fc.oneof(
    fc.integer({ min: -2, max: 4_000 }),
    fc.double({ min: -1, max: 70, noNaN: true }).map((s) => Math.round(s * 1000) / 1000),
  ),
)
const draft: fc.Arbitrary<FaultDraft> = fc.record({
  keyId: fc.constant(null),
  kind: fc.constantFrom(...faultKinds),
  retryAfterS: number,
  delayS: number,
  lasts: fc.constantFrom('calls', 'time', 'always'),
  calls: number,
  forS: number,
})

describe('a fault as it is being chosen', () => {
  it('has no problem exactly when main would take it', () => {
    fc.assert(
      fc.property(draft, (given) => {
        const isTaken = Injected.safeParse(injectedOf({ ...given, calls: given.calls ?? 0 })).success
        expect(problemsOf(given).length === 0).toBe(isTaken)
      }),
      { numRuns: 500 },
    )
  })

  it.each<[Partial<FaultDraft>, string[]]>([
    [{}, []],
    [{ calls: 0 }, ['calls']],
    [{ calls: 10_000 }, ['calls']],
    [{ calls: null }, ['calls']],
    [{ lasts: 'time', forS: 3_601 }, ['time']],
    [{ lasts: 'time', forS: null }, ['time']],
    [{ kind: 'slow', delayS: 61 }, ['delay']],
    [{ kind: 'rate-limited', retryAfterS: null }, []],
    [{ kind: 'rate-limited', retryAfterS: 0.2 }, ['retryAfter']],
  ])('%j: %j', (edit, problems) => {
    expect(problemsOf({ ...freshDraft, ...edit })).toEqual(problems)
  })
})
