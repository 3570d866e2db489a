import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createStaleModels, withStandings } from '../../../renderer/app/stale-models.ts'
import type { LiveEventInput } from '../../../shared/live-event.ts'
import { ModelId } from '../../../shared/identity.ts'
import { KeyStanding } from '../../../shared/key.ts'
import { ModelStanding } from '../../../shared/model.ts'
import { script } from '../live-events.ts'
import { aKey, aModel } from '../support/views.ts'

const idOf = (name: string) => ModelId.parse(name)
const requestAt = (modelId: string) =>
  script({ id: 'r', modelId, startMs: 0, attempts: [{ key: 'k', kind: 'served', durationMs: 1 }] }).events
const told = (kind: 'models-changed' | 'vault-changed' | 'settings-changed') => [
  { kind, seq: 0, atMs: 0 } satisfies LiveEventInput & { seq: number; atMs: number },
]

describe('what is asked for again', () => {
  it('is the numbers of the models that were tried, each once', () => {
    const stale = createStaleModels()
    stale.take([...requestAt('a'), ...requestAt('b')])
    stale.take(requestAt('a'))
    expect(stale.drain()).toEqual([idOf('a'), idOf('b')])
    expect(stale.isEmpty()).toBe(true)
  })

  it.each(['models-changed', 'vault-changed'] as const)('is the list after %s, whatever was tried besides', (kind) => {
    const stale = createStaleModels()
    stale.take([...requestAt('a'), ...told(kind), ...requestAt('b')])
    expect(stale.drain()).toBe('list')
    expect(stale.isEmpty()).toBe(true)
  })

  it('is nothing after what concerns no model', () => {
    const stale = createStaleModels()
    stale.take(told('settings-changed'))
    expect(stale.isEmpty()).toBe(true)
  })

  it('is the list when more models were tried than are handed out at once', () => {
    const stale = createStaleModels()
    for (let index = 0; index <= 1000; index++) stale.take(requestAt(`model-${index}`))
    expect(stale.drain()).toBe('list')
  })
})

describe('new numbers in a list', () => {
  const numbers = fc.record({ requests: fc.nat(), served: fc.nat(), inFlight: fc.nat(9), p50Ms: fc.nat() })

  it('change what serving changes of the models they are of, and nothing else', () => {
    const isTold = fc.boolean()
    fc.assert(
      fc.property(fc.array(fc.tuple(isTold, fc.array(numbers, { maxLength: 4 })), { maxLength: 5 }), (about) => {
        const models = about.map(([, keys], index) =>
          aModel({ id: idOf(`m${index}`), keys: keys.map((_, at) => aKey(`k${at}`, { note: 'kept' })) }),
        )
        const after = about.map(([wasTold, keys], index) => {
          const now = keys.map((more, at) => aKey(`k${at}`, { note: 'kept', ...more }))
          return wasTold ? { ...models[index]!, keys: now, nextKeyId: now[0]?.id ?? null } : models[index]!
        })
        const standings = after.filter((_, index) => about[index]![0]).map((model) => ModelStanding.parse(model))
        expect(withStandings(models, standings)).toEqual(after)
      }),
    )
  })

  it('leave a model as the very same object that they are not of, and know of no key that the list does not', () => {
    const models = [aModel({ id: idOf('a') }), aModel({ id: idOf('b'), keys: [aKey('k1')] })]
    const keys = [aKey('k1', { requests: 3 }), aKey('k2')].map((key) => KeyStanding.parse(key))
    const after = withStandings(models, [{ id: idOf('b'), keys, currentKeyId: null, nextKeyId: null }])
    expect(after[0]).toBe(models[0])
    expect(after[1]?.keys).toEqual([aKey('k1', { requests: 3 })])
  })
})
