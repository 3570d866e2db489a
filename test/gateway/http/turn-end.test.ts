import { describe, expect, it } from 'vitest'
import { createTurnEnd } from '../../../electron/gateway/http/turn-end.ts'

/** A turn of the loop ends when it is told to. */
function aLoop() {
  let ends: (() => void)[] = []
  return {
    whenTurnEnds: (task: () => void) => void ends.push(task),
    endTurn() {
      const now = ends
      ends = []
      for (const end of now) end()
    },
    get asked() {
      return ends.length
    },
  }
}

describe('what is put off to the end of a turn', () => {
  it('is done then and not before, all of it, in the order it was put off', () => {
    const loop = aLoop()
    const done: number[] = []
    const atTurnEnd = createTurnEnd(loop.whenTurnEnds)
    for (const number of [1, 2, 3]) atTurnEnd(() => done.push(number))
    expect({ done, asked: loop.asked }).toEqual({ done: [], asked: 1 })
    loop.endTurn()
    expect(done).toEqual([1, 2, 3])
  })

  it('is done at the end of the next turn when it was put off at the end of this one', () => {
    const loop = aLoop()
    const done: string[] = []
    const atTurnEnd = createTurnEnd(loop.whenTurnEnds)
    atTurnEnd(() => atTurnEnd(() => done.push('second')))
    loop.endTurn()
    expect(done).toEqual([])
    loop.endTurn()
    expect(done).toEqual(['second'])
  })

  it('is done although something before it has failed', () => {
    const loop = aLoop()
    const done: string[] = []
    const atTurnEnd = createTurnEnd(loop.whenTurnEnds)
    atTurnEnd(() => {
      throw new Error('broken')
    })
    for (const name of ['second', 'third']) atTurnEnd(() => done.push(name))
    expect(() => loop.endTurn()).toThrow('broken')
    loop.endTurn()
    expect(done).toEqual(['second', 'third'])
  })
})
