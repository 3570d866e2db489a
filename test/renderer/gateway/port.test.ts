import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { nextPort, readPort } from '../../../renderer/features/gateway/port.ts'
import { GatewayPort } from '../../../shared/gateway.ts'

it('takes just the ports that main takes', () => {
  fc.assert(
    fc.property(fc.integer({ min: -10, max: 70_000 }), (port) => {
      expect(readPort(String(port))).toBe(GatewayPort.safeParse(port).success ? port : null)
    }),
  )
})

it.each(['', ' ', '80', '4141.5', '0x1000', '+4141', '4 141', '70000', '１２３４'])('takes no port from %j', (text) => {
  expect(readPort(text)).toBeNull()
})

it('offers a port that can be used in place of any', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1024, max: 65_535 }), (port) => {
      const other = nextPort(port)
      expect(GatewayPort.safeParse(other).success).toBe(true)
      expect(other).not.toBe(port)
    }),
  )
})
