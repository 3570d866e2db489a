import { EventEmitter } from 'node:events'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepPlace, windowPlace, type PlacedWindow } from '../../../electron/host/electron/window-state.ts'
import { FakeClock } from '../../support/fake-clock.ts'

const screen = { x: 0, y: 0, width: 1920, height: 1040 }
const kept = { x: 100, y: 80, width: 1200, height: 700, isMaximized: false }

describe('the place of the window', () => {
  it('is where it was kept', () => {
    expect(windowPlace(kept, [screen])).toEqual({
      bounds: { x: 100, y: 80, width: 1200, height: 700 },
      isMaximized: false,
    })
  })

  it.each([
    ['nothing was kept', undefined],
    ['what was kept is not a place', { x: 'left' }],
    ['what was kept is damaged', 'null'],
  ])('is left to the system when %s', (_why, damaged) => {
    const { bounds } = windowPlace(damaged, [screen])
    expect([bounds.x, bounds.y]).toEqual([undefined, undefined])
    expect(bounds).toEqual({ width: 1280, height: 832 })
  })

  it('is left to the system when the screen that it was on is gone, and keeps its size', () => {
    expect(windowPlace({ ...kept, x: 2500 }, [screen]).bounds).toEqual({ width: 1200, height: 700 })
    expect(windowPlace({ ...kept, x: 2500 }, [screen, { ...screen, x: 1920 }]).bounds.x).toBe(2500)
  })

  it('always leaves enough of its top on a screen to take hold of, and is never too small', () => {
    const coordinate = fc.integer({ min: -5000, max: 5000 })
    const size = fc.integer({ min: 1, max: 5000 })
    const place = fc.record({ x: coordinate, y: coordinate, width: size, height: size, isMaximized: fc.boolean() })
    fc.assert(
      fc.property(place, (any) => {
        const { x, y, width = 0, height = 0 } = windowPlace(any, [screen]).bounds
        expect(width).toBeGreaterThanOrEqual(960)
        expect(height).toBeGreaterThanOrEqual(600)
        if (x === undefined || y === undefined) return
        expect(Math.min(x + width, 1920) - Math.max(x, 0)).toBeGreaterThanOrEqual(120)
        expect(y).toBeGreaterThanOrEqual(0)
        expect(y).toBeLessThanOrEqual(1000)
      }),
    )
  })
})

class FakeWindow extends EventEmitter implements PlacedWindow {
  bounds = { x: 1, y: 2, width: 1000, height: 700 }
  isBig = false
  getNormalBounds = () => this.bounds
  isMaximized = () => this.isBig
}

describe('where the window is', () => {
  function aWindow() {
    const clock = new FakeClock()
    const window = new FakeWindow()
    const written: unknown[] = []
    keepPlace(window, { set: (name, value) => void written.push([name, value]) }, clock)
    return { clock, window, written }
  }

  it('is written once it rests, however often it moved', async () => {
    const { clock, window, written } = aWindow()
    for (const event of ['move', 'resize', 'move']) window.emit(event)
    expect(written).toEqual([])
    await clock.advance(500)
    expect(written).toEqual([['window', { ...window.bounds, isMaximized: false }]])
  })

  it('is written at its end, as it was before it was maximised', () => {
    const { window, written } = aWindow()
    window.isBig = true
    window.emit('maximize')
    window.emit('close')
    expect(written).toEqual([['window', { ...window.bounds, isMaximized: true }]])
  })

  it('may fail to be written', () => {
    const window = new FakeWindow()
    const full = () => {
      throw new Error('ENOSPC')
    }
    keepPlace(window, { set: full }, new FakeClock())
    expect(() => window.emit('close')).not.toThrow()
  })
})
