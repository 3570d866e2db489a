import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByRequest } from '../../electron/events/by-request.ts'
import { newRequestId } from '../../electron/gateway/request-id.ts'
import type { RequestId } from '../../shared/identity.ts'
import { aRequestId } from '../support/events.ts'
import { usedBytes } from '../support/used-bytes.ts'

/** Few enough to come again; the last ones end alike, so that they ask for the same place. */
const id = fc.oneof(
  fc.nat(40).map((nth) => aRequestId(`request-${nth}`)),
  fc.nat(12).map((nth) => aRequestId(`${nth}-00000000`)),
)
const step = fc.record({
  kind: fc.constantFrom<'set' | 'take' | 'get'>('set', 'set', 'take', 'get'),
  id,
  value: fc.string(),
})

describe('what is kept by request', () => {
  it('is what a Map would keep, whatever comes and goes', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const known = new Map<RequestId, string>()
        const kept = new ByRequest<string>()
        const answersOf = (map: Pick<ByRequest<string>, 'get' | 'set' | 'take'> & { readonly size: number }) =>
          steps.map(({ kind, id, value }) => [kind === 'set' ? map.set(id, value) : map[kind](id), map.size])
        const take = (id: RequestId) => {
          const value = known.get(id)
          known.delete(id)
          return value
        }
        const model = {
          get: (id: RequestId) => known.get(id),
          set: (id: RequestId, value: string) => void known.set(id, value),
          take,
          get size() {
            return known.size
          },
        }
        expect(answersOf(kept)).toEqual(answersOf(model))
        expect([...kept.values()].toSorted()).toEqual([...known.values()].toSorted())
        for (const [one, value] of known) expect(kept.get(one)).toBe(value)
      }),
    )
  })

  it('has room for a thousand requests at once, and again when they have ended', () => {
    const kept = new ByRequest<string>()
    for (let round = 0; round < 3; round += 1) {
      const ids = Array.from({ length: 1_000 }, () => newRequestId())
      for (const one of ids) kept.set(one, one)
      expect([...kept.values()]).toHaveLength(1_000)
      expect(ids.map((one) => kept.take(one))).toEqual(ids)
      expect(kept.size).toBe(0)
    }
  })

  it('keeps nothing of what was taken out', () => {
    const kept = new ByRequest<ReturnType<typeof aKilobyte>>()
    const ids = Array.from({ length: 10_000 }, () => newRequestId())
    for (const one of ids) kept.set(one, aKilobyte())
    const full = usedBytes()
    for (const one of ids) kept.take(one)
    expect(full - usedBytes()).toBeGreaterThan(9_000_000)
    expect(kept.size).toBe(0)
  })
})

const aKilobyte = () => ({ numbers: Array.from({ length: 128 }, (_, nth) => nth + 0.5) })
