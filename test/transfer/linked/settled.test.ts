import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSettled, latestMs, settleMs } from '../../../electron/transfer/linked/settled.ts'
import { FakeClock } from '../../support/fake-clock.ts'

describe('what changes often', () => {
  it('is looked at once, when it has settled', async () => {
    const clock = new FakeClock()
    let looks = 0
    const { changed } = createSettled(clock, () => (looks += 1))
    for (let time = 0; time < 5; time += 1) {
      changed()
      await clock.advance(settleMs - 1)
    }
    expect(looks).toBe(0)
    await clock.advance(1)
    expect(looks).toBe(1)
    await clock.advance(latestMs)
    expect(looks).toBe(1)
  })

  it('is looked at in time however it changes, and after its last change', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 60 }), async (pauses) => {
        const clock = new FakeClock()
        let unseenSinceMs: number | null = null
        const { changed } = createSettled(clock, () => (unseenSinceMs = null))
        for (const pauseMs of pauses) {
          changed()
          unseenSinceMs ??= clock.nowMs()
          await clock.advance(pauseMs)
          expect(clock.nowMs() - (unseenSinceMs ?? clock.nowMs())).toBeLessThanOrEqual(latestMs)
        }
        await clock.advance(settleMs)
        expect(unseenSinceMs).toBeNull()
      }),
    )
  })

  it('is not looked at once nobody wants to know', async () => {
    const clock = new FakeClock()
    let looks = 0
    const { changed, cancel } = createSettled(clock, () => (looks += 1))
    changed()
    cancel()
    await clock.advance(latestMs)
    expect(looks).toBe(0)
  })
})
