import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import { abortSignalOf, Stop, type StopSignal } from '../../electron/rotation/stop-signal.ts'

/** The same happens to both; what their listeners hear is compared. */
function run(
  signal: StopSignal,
  abort: () => void,
  steps: readonly { kind: 'add' | 'remove' | 'abort'; nth: number }[],
) {
  const heard: string[] = []
  const listeners = Array.from({ length: 4 }, (_, nth) => () => heard.push(`${nth}, aborted: ${signal.aborted}`))
  for (const { kind, nth } of steps) {
    if (kind === 'add') signal.addEventListener('abort', listeners[nth]!, { once: true })
    else if (kind === 'remove') signal.removeEventListener('abort', listeners[nth]!)
    else abort()
  }
  return heard
}

describe('a stop signal', () => {
  it('tells whom an AbortSignal would tell, when it would, and in the same order', () => {
    const step = fc.record({ kind: fc.constantFrom('add', 'add', 'remove', 'abort'), nth: fc.nat(3) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const stop = new Stop()
        const controller = new AbortController()
        const heard = run(stop, () => stop.abort(), steps)
        expect(heard).toEqual(run(controller.signal, () => controller.abort(), steps))
        expect(stop.aborted).toBe(controller.signal.aborted)
      }),
      { numRuns: 500 },
    )
  })

  it('does not tell a listener that another one has taken away meanwhile', () => {
    const stop = new Stop()
    const heard: string[] = []
    const second = () => heard.push('second')
    stop.addEventListener('abort', () => stop.removeEventListener('abort', second))
    stop.addEventListener('abort', second)
    stop.addEventListener('abort', () => heard.push('third'))
    stop.abort()
    expect(heard).toEqual(['third'])
  })

  it('becomes an AbortSignal for the platform, before and after it was aborted', () => {
    const stop = new Stop()
    const before = abortSignalOf(stop)
    expect(before.aborted).toBe(false)
    stop.abort()
    expect(before.aborted).toBe(true)
    expect(abortSignalOf(stop).aborted).toBe(true)
    expect(abortSignalOf(before)).toBe(before)
  })
})
