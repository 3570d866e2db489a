import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  allowedNames,
  clientDraftOf,
  differs,
  draftFaults,
  emptyClient,
  newClientOf,
} from '../../../renderer/features/gateway/client-draft.ts'
import { NewClient } from '../../../shared/gateway.ts'
import { ModelId } from '../../../shared/identity.ts'

const modelIds = fc.uniqueArray(
  fc.string({ minLength: 1, maxLength: 8 }).map((id) => ModelId.parse(id)),
  { minLength: 1, maxLength: 5 },
)
const clients = fc.record({
  name: fc.stringMatching(/^[a-z]{1,20}$/),
  allowedModels: fc.option(modelIds, { nil: null }),
  requestsPerMinute: fc.option(fc.integer({ min: 1, max: 1_000_000 }), { nil: null }),
  tokensPerDay: fc.option(fc.integer({ min: 1, max: 1_000_000_000_000 }), { nil: null }),
})

it('gives a client back as it was, when nothing in its form was changed', () => {
  fc.assert(
    fc.property(clients, (client) => {
      expect(newClientOf(clientDraftOf(client))).toEqual(client)
      expect(differs(clientDraftOf(client), client)).toBe(false)
      expect(draftFaults(clientDraftOf(client))).toEqual({})
    }),
  )
})

it('hands main only what main takes, whatever is typed for a limit', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (requestsPerMinute, tokensPerDay) => {
      const draft = { ...emptyClient, name: 'notebook', requestsPerMinute, tokensPerDay }
      if (Object.keys(draftFaults(draft)).length > 0) return
      expect(NewClient.safeParse(newClientOf(draft)).success).toBe(true)
    }),
  )
})

it.each(['0', '-1', '1.5', '1e3', '1,000', 'ten', '1000001', '9999999999999999'])(
  'refuses %s requests a minute at the field',
  (requestsPerMinute) => {
    expect(draftFaults({ ...emptyClient, requestsPerMinute })).toEqual({ requestsPerMinute: 'limit' })
  },
)

it('takes an empty field for no limit', () => {
  expect(newClientOf({ ...emptyClient, requestsPerMinute: ' ', tokensPerDay: '' })).toMatchObject({
    requestsPerMinute: null,
    tokensPerDay: null,
  })
})

it('asks for a model where only some are allowed', () => {
  expect(draftFaults({ ...emptyClient, everyModel: false })).toEqual({ allowedModels: 'no_model' })
})

it('keeps the chosen models out of it again when every model is allowed', () => {
  const draft = { ...emptyClient, everyModel: true, models: [ModelId.parse('a')] }
  expect(newClientOf(draft).allowedModels).toBeNull()
})

it('takes the same models in another order for no change', () => {
  const [a, b] = [ModelId.parse('a'), ModelId.parse('b')]
  const client = newClientOf({ ...emptyClient, everyModel: false, models: [a, b] })
  expect(differs({ ...clientDraftOf(client), models: [b, a] }, client)).toBe(false)
  expect(differs({ ...clientDraftOf(client), models: [a] }, client)).toBe(true)
})

it('names the models that a client may use, and counts those that are gone', () => {
  const [a, b] = [ModelId.parse('a'), ModelId.parse('b')]
  expect(allowedNames({ allowedModels: [a, b] }, [{ id: b, name: 'glm-4.7' }])).toEqual({ names: ['glm-4.7'], gone: 1 })
  expect(allowedNames({ allowedModels: null }, [])).toBeNull()
})
