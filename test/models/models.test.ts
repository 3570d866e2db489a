import { describe, expect, it } from 'vitest'
import { createMemorySafe } from '../../electron/models/memory-safe.ts'
import { createModels } from '../../electron/models/models.ts'
import { hostOf } from '../../electron/models/api-base.ts'
import { Failure } from '../../shared/failure.ts'
import type { NewModel } from '../../shared/model.ts'

const glm: NewModel = {
  name: 'glm-4.7',
  provider: 'openai',
  apiBase: 'https://open.bigmodel.cn/api/paas/v4/',
  temperature: 1,
  strategy: 'round-robin',
}
const secretNumber = (number: number) => `sk-secret-of-account-${String(number).padStart(4, '0')}`

function someModels(commit?: () => Promise<never>) {
  let changes = 0
  let id = 0
  const safe = { ...createMemorySafe(), ...(commit && { commit }) }
  const models = createModels({
    safes: [safe],
    newId: () => `id-${(id += 1)}`,
    wallMs: () => 1_000,
    onChange: () => (changes += 1),
  })
  return { models, changes: () => changes }
}

async function aModelWithKeys(count: number) {
  const { models } = someModels()
  const id = await models.add(glm)
  const keys = await models.addKeys(
    id,
    Array.from({ length: count }, (_, index) => ({ secret: secretNumber(index + 1) })),
  )
  const stored = () => models.find(id)!
  const labels = () =>
    stored()
      .keys.filter((key) => key.deletedAtMs === null)
      .map((key) => key.label)
  return { models, id, keys, stored, labels }
}

const failing = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Failure)
  return { code: (error as Failure).code, data: (error as Failure).data }
}

describe('models', () => {
  it('are kept with their base without trailing slashes, and every change is told', async () => {
    const { models, changes } = someModels()
    const id = await models.add(glm)
    expect(models.find(id)).toMatchObject({ name: 'glm-4.7', apiBase: 'https://open.bigmodel.cn/api/paas/v4' })
    expect(changes()).toBe(1)
  })

  it('have names of their own', async () => {
    const { models } = someModels()
    await models.add(glm)
    expect(await failing(models.add(glm))).toEqual({ code: 'MODEL_NAME_TAKEN', data: { name: 'glm-4.7' } })
  })

  it('are added with their first keys, each secret once, or not at all', async () => {
    const { models, changes } = someModels()
    const secrets = [1, 2, 2].map((number) => ({ secret: secretNumber(number) }))
    const id = await models.add(glm, secrets)
    expect(models.find(id)?.keys.map(({ label, lastFour }) => [label, lastFour])).toEqual([
      ['acct-1', '0001'],
      ['acct-2', '0002'],
    ])
    expect(models.secretOf(id, models.find(id)!.keys[1]!.id)).toBe(secretNumber(2))
    expect(changes()).toBe(1)
    const full = someModels(() => Promise.reject(new Failure('VAULT_FULL', {})))
    expect((await failing(full.models.add(glm, secrets))).code).toBe('VAULT_FULL')
    expect(full.models.list()).toEqual([])
    expect(full.changes()).toBe(0)
  })

  it('come back whole from the bin, unless their name was taken meanwhile', async () => {
    const { models, id, labels } = await aModelWithKeys(2)
    await models.remove(id)
    expect(models.list()).toEqual([])
    await models.restore(id)
    expect(labels()).toEqual(['acct-1', 'acct-2'])
    await models.remove(id)
    await models.add(glm)
    expect((await failing(models.restore(id))).code).toBe('MODEL_NAME_TAKEN')
  })

  it('take their keys to another host only when a person said so', async () => {
    const { models, id, keys, stored } = await aModelWithKeys(1)
    const elsewhere = { apiBase: 'https://relay.example/v1' }
    expect(await failing(models.edit(id, elsewhere, false))).toEqual({
      code: 'KEY_TO_OTHER_HOST',
      data: { from: 'open.bigmodel.cn', to: 'relay.example' },
    })
    expect(hostOf(stored().apiBase)).toBe('open.bigmodel.cn')
    await models.edit(id, elsewhere, true)
    expect(models.secretOf(id, keys[0]!)).toBe(secretNumber(1))
  })

  it('may move to another path of the same host without a question', async () => {
    const { models, id, stored } = await aModelWithKeys(1)
    await models.edit(id, { apiBase: 'https://open.bigmodel.cn/api/other' }, false)
    expect(stored().apiBase).toBe('https://open.bigmodel.cn/api/other')
  })
})

describe('keys', () => {
  it('are labelled by number and show four characters', async () => {
    const { stored } = await aModelWithKeys(2)
    expect(stored().keys.map(({ label, lastFour }) => [label, lastFour])).toEqual([
      ['acct-1', '0001'],
      ['acct-2', '0002'],
    ])
  })

  it('show nothing of a secret under 20 characters', async () => {
    const { models } = someModels()
    const id = await models.add(glm)
    await models.addKeys(id, [{ secret: 'sk-key1...' }])
    expect(models.find(id)?.keys[0]?.lastFour).toBe('')
  })

  it('are never held twice by one model', async () => {
    const { models, id, labels } = await aModelWithKeys(2)
    expect(
      await models.addKeys(id, [{ secret: secretNumber(2) }, { secret: secretNumber(3) }, { secret: secretNumber(3) }]),
    ).toHaveLength(1)
    expect(labels()).toEqual(['acct-1', 'acct-2', 'acct-3'])
    expect(await failing(models.addKeys(id, [{ secret: secretNumber(1) }]))).toEqual({
      code: 'DUPLICATE_KEY',
      data: { lastFour: '0001', label: 'acct-1' },
    })
  })

  it.each([
    [0, ['acct-3', 'acct-1', 'acct-2']],
    [1, ['acct-1', 'acct-3', 'acct-2']],
    [2, ['acct-1', 'acct-2', 'acct-3']],
    [99, ['acct-1', 'acct-2', 'acct-3']],
  ])('move to place %i of the order', async (place, expected) => {
    const { models, id, keys, labels } = await aModelWithKeys(3)
    await models.moveKey(id, keys[2]!, place)
    expect(labels()).toEqual(expected)
  })

  it('keep their place around a deleted one when it comes back', async () => {
    const { models, id, keys, labels } = await aModelWithKeys(3)
    await models.removeKeys(id, [keys[1]!])
    await models.moveKey(id, keys[2]!, 0)
    expect(labels()).toEqual(['acct-3', 'acct-1'])
    expect(await models.restoreKeys(id, [keys[1]!])).toEqual([])
    expect(labels().toSorted()).toEqual(['acct-1', 'acct-2', 'acct-3'])
  })

  it('do not come back from the bin beside a new copy of themselves, and say so', async () => {
    const { models, id, keys, labels } = await aModelWithKeys(2)
    await models.removeKeys(id, keys)
    await models.addKeys(id, [{ secret: secretNumber(1), label: 'again' }])
    expect(await failing(models.restoreKeys(id, [keys[0]!]))).toEqual({
      code: 'DUPLICATE_KEY',
      data: { label: 'again', lastFour: secretNumber(1).slice(-4) },
    })
    expect(labels()).toEqual(['again'])
    expect(await models.restoreKeys(id, keys)).toEqual([keys[0]])
    expect(labels().toSorted()).toEqual(['acct-2', 'again'])
  })

  it('come back from the bin once where it holds the same secret twice, and a second time is no failure', async () => {
    const { models, id, keys, labels } = await aModelWithKeys(1)
    await models.removeKeys(id, keys)
    const again = await models.addKeys(id, [{ secret: secretNumber(1), label: 'again' }])
    await models.removeKeys(id, again)
    expect(await models.restoreKeys(id, [...keys, ...again])).toEqual(again)
    expect(await models.restoreKeys(id, keys)).toEqual([])
    expect(labels()).toEqual(['acct-1'])
  })

  it('keep label, weight and place when their secret is replaced', async () => {
    const { models, id, keys, stored } = await aModelWithKeys(2)
    await models.editKey(id, keys[0]!, { label: 'lab', weight: 3 })
    await models.editKey(id, keys[0]!, { secret: secretNumber(9) })
    expect(stored().keys[0]).toMatchObject({ id: keys[0], label: 'lab', weight: 3, lastFour: '0009' })
    expect(models.secretOf(id, keys[0]!)).toBe(secretNumber(9))
    expect((await failing(models.editKey(id, keys[0]!, { secret: secretNumber(2) }))).code).toBe('DUPLICATE_KEY')
  })

  it('go back to the secret that was replaced until its successor has served, and then say so', async () => {
    const { models, id, keys, stored } = await aModelWithKeys(1)
    await models.editKey(id, keys[0]!, { secret: secretNumber(8) })
    await models.editKey(id, keys[0]!, { secret: secretNumber(9) })
    await models.restoreSecret(id, keys[0]!)
    expect(models.secretOf(id, keys[0]!)).toBe(secretNumber(1))
    expect(stored().keys[0]).toMatchObject({ lastFour: '0001', replaced: null })
    await models.editKey(id, keys[0]!, { secret: secretNumber(9) })
    await models.settleSecret(id, keys[0]!)
    expect((await failing(models.restoreSecret(id, keys[0]!))).code).toBe('OLD_SECRET_FORGOTTEN')
    expect(models.secretOf(id, keys[0]!)).toBe(secretNumber(9))
  })

  it.each(['KEY_NOT_FOUND', 'MODEL_NOT_FOUND'] as const)('answer %s for what is not there', async (code) => {
    const { models, id, keys } = await aModelWithKeys(1)
    if (code === 'MODEL_NOT_FOUND') await models.remove(id)
    else await models.removeKeys(id, keys)
    expect((await failing(models.editKey(id, keys[0]!, { label: 'x' }))).code).toBe(code)
  })
})
