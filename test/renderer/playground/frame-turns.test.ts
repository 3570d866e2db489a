import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFrameTurns } from '../../../renderer/features/playground/frame-turns.ts'

/** Answers whose drawing takes as long as the test says, and frames that come when it says. */
function someAnswers(costMs: (id: string) => number) {
  const frames: (() => void)[] = []
  const shown: Record<string, number[]> = {}
  let nowMs = 0
  let drawnNow: string[] = []
  const turns = createFrameTurns<number>({
    nextFrame: (task) => void frames.push(task),
    nowMs: () => nowMs,
    drawn: (edit) => edit(),
    take: (id, items) => {
      nowMs += costMs(id)
      drawnNow.push(id)
      shown[id] = [...(shown[id] ?? []), ...items]
    },
  })
  return {
    turns,
    shown,
    asked: () => frames.length,
    /** Draws a frame, and tells whose turn it was. */
    frame: (): string[] => {
      drawnNow = []
      for (const task of frames.splice(0)) task()
      return drawnNow
    },
  }
}

describe('answers that arrive together', () => {
  it('are all drawn in one frame while there is time', () => {
    const { turns, frame, asked } = someAnswers(() => 2)
    for (const id of ['a', 'b', 'c', 'd']) turns.push(id, 1)
    expect(asked()).toBe(1)
    expect(frame()).toEqual(['a', 'b', 'c', 'd'])
    expect(asked()).toBe(0)
  })

  it('take turns, one a frame, where each of them takes long', () => {
    const { turns, frame } = someAnswers(() => 30)
    const all = ['a', 'b', 'c', 'd']
    const seen = Array.from({ length: 8 }, () => {
      all.forEach((id) => turns.push(id, 1))
      return frame()
    })
    expect(seen.flat()).toEqual([...all, ...all])
  })

  it('leave the slow one for the next frame when the time is up', () => {
    const { turns, frame } = someAnswers((id) => (id === 'slow' ? 20 : 3))
    for (const id of ['a', 'slow', 'b']) turns.push(id, 1)
    expect(frame()).toEqual(['a', 'slow'])
    turns.push('a', 2)
    expect(frame()).toEqual(['b', 'a'])
  })

  it('are handed on at once where one of them ends, and the others wait for their frame', () => {
    const { turns, shown, frame } = someAnswers(() => 1)
    turns.push('a', 1)
    turns.push('b', 1)
    turns.flush('a')
    expect(shown).toEqual({ a: [1] })
    expect(frame()).toEqual(['b'])
  })

  const ids = ['a', 'b', 'c', 'd']
  const arrivals = fc.array(fc.array(fc.constantFrom(...ids), { maxLength: 12 }), { maxLength: 20 })
  const costs = fc.dictionary(fc.constantFrom(...ids), fc.integer({ min: 0, max: 40 }))

  it('lose nothing, keep their order, and wait for as many frames as there are others at the most', () => {
    fc.assert(
      fc.property(arrivals, costs, (frames, costOf) => {
        const { turns, shown, frame, asked } = someAnswers((id) => costOf[id] ?? 0)
        const pushed: Record<string, number[]> = {}
        const waited = new Map<string, number>()
        let count = 0
        const draw = () => {
          const drawn = frame()
          for (const id of drawn) waited.delete(id)
          for (const id of waited.keys()) waited.set(id, (waited.get(id) ?? 0) + 1)
          expect(Math.max(0, ...waited.values())).toBeLessThan(ids.length)
          const before = drawn.slice(0, -1).reduce((sum, id) => sum + (costOf[id] ?? 0), 0)
          expect(before).toBeLessThan(8)
        }
        for (const arriving of frames) {
          for (const id of arriving) {
            turns.push(id, (count += 1))
            pushed[id] = [...(pushed[id] ?? []), count]
            if (!waited.has(id)) waited.set(id, 0)
          }
          draw()
        }
        while (asked() > 0) draw()
        expect(shown).toEqual(pushed)
      }),
    )
  })
})
