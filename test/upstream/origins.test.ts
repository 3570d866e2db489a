import { describe, expect, it, onTestFinished } from 'vitest'
import { defaultTimeouts } from '../../electron/upstream/limits.ts'
import { createOrigins } from '../../electron/upstream/origins.ts'

const theOrigins = () => {
  const origins = createOrigins(defaultTimeouts, undefined)
  onTestFinished(() => origins.destroy())
  return origins
}

describe('the connections to providers', () => {
  it('are one pool an address', () => {
    const origins = theOrigins()
    expect(origins.of('http://a.test')).toBe(origins.of('http://a.test'))
    expect(origins.of('http://a.test')).not.toBe(origins.of('https://a.test'))
  })

  it('let go of the address that was asked for first when there are more than anybody has', () => {
    const origins = theOrigins()
    const first = origins.of('http://first.test')
    const second = origins.of('http://second.test')
    for (let nth = 0; nth < 63; nth += 1) origins.of(`http://${nth}.test`)
    expect([first.closed, second.closed]).toEqual([true, false])
    expect(origins.of('http://first.test')).not.toBe(first)
  })
})
