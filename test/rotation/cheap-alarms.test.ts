import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withCheapAlarms } from '../../electron/rotation/cheap-alarms.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { usedBytes } from '../support/used-bytes.ts'

const lengths = [0, 500, 1_000, 1_500.5, 2_000, 60_000]
const step = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), delayMs: fc.constantFrom(...lengths) }),
  fc.record({ kind: fc.constant('cancel' as const), nth: fc.nat(30) }),
  fc.record({ kind: fc.constant('wait' as const), forMs: fc.constantFrom(0, 1, 499, 1_000, 1_700, 70_000) }),
)

describe('alarms of a few lengths', () => {
  it('ring as timers of their own would: at the same time, and never once cancelled', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const rung = [[], []] as [string[], string[]]
        const clocks = [new FakeClock(), new FakeClock()] as const
        const cancels: (() => void)[][] = [[], []]
        for (const one of steps) {
          for (const [index, clock] of clocks.entries()) {
            const alarms = index === 0 ? clock : withCheapAlarmsOf(clock)
            const nth = cancels[index]!.length
            if (one.kind === 'wait') await clock.advance(one.forMs)
            else if (one.kind === 'cancel') cancels[index]![one.nth]?.()
            else
              cancels[index]!.push(alarms.schedule(one.delayMs, () => rung[index]!.push(`${nth} at ${clock.nowMs()}`)))
          }
        }
        for (const clock of clocks) await clock.advance(70_000)
        expect(rung[1].toSorted()).toEqual(rung[0].toSorted())
      }),
      { numRuns: 200 },
    )
  })

  it('hold no timer when nobody waits', () => {
    const clock = new FakeClock()
    const { schedule } = withCheapAlarms(clock)
    const cancels = Array.from({ length: 5 }, () => schedule(60_000, () => {}))
    expect(clock.pending).toBe(1)
    for (const cancel of cancels) cancel()
    expect(clock.pending).toBe(0)
  })

  it('may set another, or cancel one that is due with them, when they ring', async () => {
    const clock = new FakeClock()
    const { schedule } = withCheapAlarms(clock)
    const rung: string[] = []
    schedule(1_000, () => {
      rung.push('first')
      schedule(1_000, () => rung.push('again'))
    })
    const cancelLater = schedule(2_000, () => rung.push('never'))
    schedule(1_000, () => {
      cancelLater()
      cancelNow()
    })
    const cancelNow = schedule(1_000, () => rung.push('never'))
    await clock.advance(2_500)
    expect(rung).toEqual(['first', 'again'])
    expect(clock.pending).toBe(0)
  })

  it('that were cancelled keep nothing of those after them alive, however long somebody holds the first', () => {
    const { schedule } = withCheapAlarms(new FakeClock())
    const first = schedule(60_000, () => {})
    let cancelLast = first
    const before = usedBytes()
    for (let nth = 0; nth < 100_000; nth += 1) {
      const cancel = schedule(60_000, () => {})
      cancelLast()
      cancelLast = cancel
    }
    cancelLast()
    // As a chain they would be some eight million bytes.
    expect(usedBytes() - before).toBeLessThan(2_000_000)
    first()
  })
})

const wrapped = new WeakMap<FakeClock, ReturnType<typeof withCheapAlarms>>()
function withCheapAlarmsOf(clock: FakeClock) {
  const known = wrapped.get(clock) ?? withCheapAlarms(clock)
  wrapped.set(clock, known)
  return known
}
