import { describe, expect, it } from 'vitest'
import { newRequestId } from '../../electron/gateway/request-id.ts'
import { RequestId } from '../../shared/identity.ts'

describe('the id of a request', () => {
  it('is a UUID of version 7', () => {
    const id = newRequestId(0x01_9b_3f_51_c7_b2)
    expect(id).toMatch(/^019b3f51-c7b2-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(RequestId.parse(id)).toBe(id)
  })

  it('is in the order of time', () => {
    const ids = [1, 1_780_000_000_000, 1_780_000_000_001, 1_790_000_000_000].map((wallMs) => newRequestId(wallMs))
    expect(ids.toSorted()).toEqual(ids)
  })

  it('is another one each time', () => {
    expect(new Set(Array.from({ length: 10_000 }, () => newRequestId(5))).size).toBe(10_000)
  })
})
