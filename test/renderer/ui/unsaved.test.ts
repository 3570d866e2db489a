import { describe, expect, it } from 'vitest'
import { askBeforeLeaving, mayLeave } from '../../../renderer/ui/unsaved.ts'

describe('a way out of a view', () => {
  it('is free while nothing is open', () => {
    expect(mayLeave()).toBe(true)
  })

  it('asks every form that is open, and waits for all of them', () => {
    const asked: string[] = []
    const stops = [askBeforeLeaving(() => asked.push('first') > 2), askBeforeLeaving(() => asked.push('second') > 2)]
    expect(mayLeave()).toBe(false)
    expect(asked).toEqual(['first', 'second'])
    expect(mayLeave()).toBe(true)
    for (const stop of stops) stop()
  })

  it('asks none that has been closed', () => {
    askBeforeLeaving(() => false)()
    expect(mayLeave()).toBe(true)
  })
})
