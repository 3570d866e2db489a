import { describe, expect, it } from 'vitest'
import { atMost, interleaved, isMet, median, renderFigure, spreadOf } from './figure.ts'

describe('A figure', () => {
  it('is one line of cells with its goal, its verdict and its spread', () => {
    const figure = { name: 'start', value: 812.345, unit: 'ms', goal: { atMost: 1500 } }
    expect(renderFigure(figure)).toBe('start\t812.3\tms\t≤ 1500\tok')
    expect(renderFigure(atMost('start', 'ms', 500, [700, 812.345, 1000]))).toBe(
      'start\t812.3\tms\t≤ 500\tshort\t700–1000',
    )
  })

  it('falls short on the wrong side of its goal, and not on it', () => {
    const figure = { name: 'x', value: 10, unit: '' }
    expect(isMet({ ...figure, goal: { atMost: 10 } })).toBe(true)
    expect(isMet({ ...figure, goal: { atMost: 9.9 } })).toBe(false)
    expect(isMet({ ...figure, goal: { atLeast: 10 } })).toBe(true)
    expect(isMet({ ...figure, goal: { atLeast: 10.1 } })).toBe(false)
  })

  it('falls short when nothing was measured', () => {
    expect(isMet(atMost('x', '', 10, []))).toBe(false)
  })

  it('is the median of its rounds, with the smallest and the largest', () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(median([1, 2, 3, 10])).toBe(2.5)
    expect(spreadOf([9, 1, 5])).toEqual([1, 9])
  })

  it('comes from rounds in which the contenders take turns', async () => {
    const order: string[] = []
    const run = (name: string) => async () => order.push(name)
    const values = await interleaved(2, { a: run('a'), b: run('b') })
    expect(order).toEqual(['a', 'b', 'a', 'b'])
    expect(values).toEqual({ a: [1, 3], b: [2, 4] })
  })
})
