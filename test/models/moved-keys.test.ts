import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMemorySafe } from '../../electron/models/memory-safe.ts'
import { createModels } from '../../electron/models/models.ts'
import { Failure } from '../../shared/failure.ts'
import type { KeyId, ModelId } from '../../shared/identity.ts'

const secretNumber = (number: number) => `sk-secret-of-account-${String(number).padStart(4, '0')}`
const here = 'https://api.here.example/v1'
const there = 'https://api.there.example/v1'

async function twoModels(bases: [string, string], held: [number[], number[]]) {
  let id = 0
  const models = createModels({
    safes: [createMemorySafe()],
    newId: () => `id-${(id += 1)}`,
    wallMs: () => 1_000,
    onChange: () => {},
  })
  const ids: ModelId[] = []
  const keys: KeyId[][] = []
  for (const [index, apiBase] of bases.entries()) {
    const about = { provider: null, temperature: null, strategy: 'round-robin' as const }
    const modelId = await models.add({ name: `model-${index}`, apiBase, ...about })
    const secrets = held[index]!.map((number) => ({ secret: secretNumber(number) }))
    ids.push(modelId)
    keys.push(secrets.length === 0 ? [] : await models.addKeys(modelId, secrets))
  }
  const [from, to] = ids as [ModelId, ModelId]
  const secretsOf = (model: ModelId) =>
    (models.find(model)?.keys ?? [])
      .filter(({ deletedAtMs }) => deletedAtMs === null)
      .map((key) => models.secretOf(model, key.id))
  return { models, from, to, keys: keys[0]!, secretsOf }
}

const failing = async (work: Promise<unknown>) => {
  const error = await work.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(Failure)
  return { code: (error as Failure).code, data: (error as Failure).data }
}

describe('keys that move to another model', () => {
  it('take their label, weight and limits with them', async () => {
    const { models, from, to, keys } = await twoModels([here, here], [[1, 2], []])
    const limits = { requestsPerMinute: 5, tokensPerMinute: null, requestsPerDay: null, concurrency: 1 }
    await models.editKey(from, keys[0]!, { label: 'lab', weight: 3, limits, account: 'team' })
    expect(await models.moveKeysTo(from, [keys[0]!], to, false)).toEqual([keys[0]])
    expect(models.find(to)?.keys).toMatchObject([{ id: keys[0], label: 'lab', weight: 3, limits, account: 'team' }])
    expect(models.find(from)?.keys.map(({ id }) => id)).toEqual([keys[1]])
  })

  it('go to another host only when a person said so', async () => {
    const { models, from, to, keys, secretsOf } = await twoModels([here, there], [[1], []])
    expect(await failing(models.moveKeysTo(from, keys, to, false))).toEqual({
      code: 'KEY_TO_OTHER_HOST',
      data: { from: 'api.here.example', to: 'api.there.example' },
    })
    expect(secretsOf(from)).toEqual([secretNumber(1)])
    await models.moveKeysTo(from, keys, to, true)
    expect(secretsOf(to)).toEqual([secretNumber(1)])
  })

  it('may go to the old host no more once they have moved', async () => {
    const { models, from, to, keys } = await twoModels([here, there], [[1], []])
    await models.moveKeysTo(from, keys, to, true)
    expect((await failing(models.moveKeysTo(to, keys, from, false))).code).toBe('KEY_TO_OTHER_HOST')
    expect(await models.moveKeysTo(to, keys, from, true)).toEqual(keys)
  })

  it('lose no secret and make none twice, whatever both models hold', async () => {
    const some = fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(some, some, async (first, second) => {
        const { models, from, to, keys, secretsOf } = await twoModels([here, here], [first, second])
        if (keys.length === 0) return
        await models.moveKeysTo(from, keys, to, false)
        const arrived = secretsOf(to)
        expect(new Set(arrived).size).toBe(arrived.length)
        expect(new Set([...secretsOf(from), ...arrived])).toEqual(new Set([...first, ...second].map(secretNumber)))
      }),
      { numRuns: 40 },
    )
  })
})

describe('the order of keys', () => {
  it('is taken as a whole, and a key that is not named comes last', async () => {
    const { models, from, keys } = await twoModels([here, here], [[1, 2, 3], []])
    await models.orderKeys(from, [keys[2]!, keys[0]!])
    expect(models.find(from)?.keys.map(({ id }) => id)).toEqual([keys[2], keys[0], keys[1]])
  })

  it('keeps every key, whatever is asked for', async () => {
    const { models, from, keys } = await twoModels([here, here], [[1, 2, 3, 4, 5], []])
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(keys), async (order) => {
        await models.orderKeys(from, order)
        const now = models.find(from)!.keys.map(({ id }) => id)
        expect(now.slice(0, order.length)).toEqual(order)
        expect(now.toSorted()).toEqual(keys.toSorted())
      }),
      { numRuns: 30 },
    )
  })
})

describe('secrets that are about to be added', () => {
  it('are known by the label they have in the model and by the names of the others', async () => {
    const { models, from } = await twoModels(
      [here, there],
      [
        [1, 2],
        [2, 3],
      ],
    )
    expect(models.known(from, [1, 2, 3, 4].map(secretNumber))).toEqual([
      { label: 'acct-1', alsoIn: [] },
      { label: 'acct-2', alsoIn: ['model-1'] },
      { label: null, alsoIn: ['model-1'] },
      { label: null, alsoIn: [] },
    ])
  })

  it('are not known from the bin', async () => {
    const { models, from, keys } = await twoModels([here, there], [[1], []])
    await models.removeKeys(from, keys)
    expect(models.known(null, [secretNumber(1)])).toEqual([{ label: null, alsoIn: [] }])
  })
})

describe('many keys at once', () => {
  it('are changed all or not at all', async () => {
    const { models, from, keys } = await twoModels([here, here], [[1, 2], []])
    await models.editKeys(from, [
      { id: keys[0]!, change: { account: 'team-a' } },
      { id: keys[1]!, change: { label: 'second', expiresAtMs: 5 } },
    ])
    expect(models.find(from)?.keys).toMatchObject([{ account: 'team-a' }, { label: 'second', expiresAtMs: 5 }])
    const gone = 'gone' as KeyId
    await failing(
      models.editKeys(from, [
        { id: keys[0]!, change: { account: 'b' } },
        { id: gone, change: {} },
      ]),
    )
    expect(models.find(from)?.keys[0]?.account).toBe('team-a')
  })
})
