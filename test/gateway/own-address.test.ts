import { describe, expect, it } from 'vitest'
import { isGatewayAddress } from '../../electron/gateway/own-address.ts'
import { parseApiBase } from '../../electron/models/api-base.ts'

describe("the gateway's own address", () => {
  it.each([
    'http://127.0.0.1:4141/v1',
    'http://localhost:4141/v1',
    'http://keywheel.localhost:4141',
    'https://localhost.:4141',
    'http://[::1]:4141/v1',
    'http://0x7f.1:4141/v1',
    'http://2130706433:4141/v1',
    'http://127.1:4141/v1',
    'https://[::ffff:127.0.0.1]:4141/v1',
    'https://127.0.0.1:4141',
  ])('%s is', (text) => {
    expect(isGatewayAddress(parseApiBase(text).host, 4141)).toBe(true)
  })

  it.each([
    'http://127.0.0.1:11434/v1',
    'http://localhost/v1',
    'http://192.168.1.4:4141/v1',
    'https://relay.example:4141/v1',
    'https://localhost.example:4141/v1',
  ])('%s is not', (text) => {
    expect(isGatewayAddress(parseApiBase(text).host, 4141)).toBe(false)
  })
})
