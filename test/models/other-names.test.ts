import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMemorySafe } from '../../electron/models/memory-safe.ts'
import { createModels } from '../../electron/models/models.ts'
import { StoredModel } from '../../electron/models/stored-model.ts'
import { Failure } from '../../shared/failure.ts'
import { ModelId } from '../../shared/identity.ts'
import type { NewModel } from '../../shared/model.ts'
import { fromFile } from './file-models.ts'

const aModel = (name: string): NewModel => ({
  name,
  provider: null,
  apiBase: 'https://api.example.com/v1',
  temperature: null,
  strategy: 'round-robin',
})

function someModels() {
  let id = 0
  const newId = () => `id-${(id += 1)}`
  const models = createModels({ safes: [createMemorySafe()], newId, wallMs: () => 1_000, onChange: () => {} })
  const add = (name: string) => models.add(aModel(name))
  const alias = (id: ModelId, ...aliases: string[]) => models.edit(id, { aliases }, false)
  const fallBack = (id: ModelId, ...fallbacks: ModelId[]) => models.edit(id, { fallbacks }, false)
  return { models, add, alias, fallBack }
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof Failure ? { code: error.code, data: error.data } : error),
  )

describe('aliases of a model', () => {
  it('are kept in order and once', async () => {
    const { models, add, alias } = someModels()
    const id = await add('glm-4.7')
    await alias(id, 'fast', 'cheap', 'fast')
    expect(models.find(id)?.aliases).toEqual(['fast', 'cheap'])
  })

  it("never shadow a model's name, its own included, nor another alias", async () => {
    const { add, alias } = someModels()
    const glm = await add('glm-4.7')
    const gpt = await add('gpt-4o')
    await alias(gpt, 'fast')
    const refused = (alias: string, model: string) => ({ code: 'ALIAS_REFUSED', data: { alias, model } })
    expect(await failureOf(alias(glm, 'gpt-4o'))).toEqual(refused('gpt-4o', 'gpt-4o'))
    expect(await failureOf(alias(glm, 'glm-4.7'))).toEqual(refused('glm-4.7', 'glm-4.7'))
    expect(await failureOf(alias(glm, 'fast'))).toEqual(refused('fast', 'gpt-4o'))
  })

  it('cannot be taken as the name of another model', async () => {
    const { models, add, alias } = someModels()
    const glm = await add('glm-4.7')
    const gpt = await add('gpt-4o')
    await alias(glm, 'fast')
    expect(await failureOf(add('fast'))).toMatchObject({ code: 'MODEL_NAME_TAKEN' })
    expect(await failureOf(models.edit(gpt, { name: 'fast' }, false))).toMatchObject({ code: 'MODEL_NAME_TAKEN' })
  })

  it('may become the name of their own model, and are then no alias any more', async () => {
    const { models, add, alias } = someModels()
    const id = await add('glm-4.7')
    await alias(id, 'fast', 'cheap')
    await models.edit(id, { name: 'fast' }, false)
    expect(models.find(id)).toMatchObject({ name: 'fast', aliases: ['cheap'] })
  })

  it('end when a file brings a model of that name', async () => {
    const { models, add, alias } = someModels()
    const id = await add('glm-4.7')
    await alias(id, 'gpt-4o', 'cheap')
    await models.takeOver([fromFile('gpt-4o')], () => false)
    expect(models.find(id)?.aliases).toEqual(['cheap'])
  })

  it('come back from the bin with their model as far as they are still free', async () => {
    const { models, add, alias } = someModels()
    const id = await add('glm-4.7')
    await alias(id, 'fast', 'cheap', 'good')
    await models.remove(id)
    await add('fast')
    await alias(await add('gpt-4o'), 'good')
    await models.restore(id)
    expect(models.find(id)?.aliases).toEqual(['cheap'])
  })

  it('leave every name with one meaning, whatever is added, renamed, aliased, removed and restored', async () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd')
    const step = fc.record({
      what: fc.constantFrom('add', 'rename', 'alias', 'remove', 'restore', 'import', 'undo'),
      which: fc.nat(3),
      name,
      aliases: fc.array(name, { maxLength: 3 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const { models, add, alias } = someModels()
        const ids: ModelId[] = []
        for (const { what, which, name, aliases } of steps) {
          const id = ids[which % Math.max(1, ids.length)]
          if (what === 'add') await add(name).then((added) => ids.push(added), ignoreFailure)
          else if (what === 'import') await models.takeOver([fromFile(name)], () => false).catch(ignoreFailure)
          else if (what === 'undo') await models.undoImport().catch(ignoreFailure)
          else if (id === undefined) continue
          else if (what === 'rename') await models.edit(id, { name }, false).catch(ignoreFailure)
          else if (what === 'alias') await alias(id, ...aliases).catch(ignoreFailure)
          else await models[what === 'remove' ? 'remove' : 'restore'](id).catch(ignoreFailure)
          const names = models.list().flatMap(({ model }) => [model.name, ...model.aliases])
          expect(names).toHaveLength(new Set(names).size)
        }
      }),
    )
  })
})

function ignoreFailure(error: unknown) {
  if (!(error instanceof Failure)) throw error
}

describe('fallbacks of a model', () => {
  it('are other models that are there, in order and once', async () => {
    const { models, add, fallBack } = someModels()
    const [glm, gpt, claude] = [await add('glm'), await add('gpt'), await add('claude')]
    await fallBack(glm, claude, gpt, claude)
    expect(models.find(glm)?.fallbacks).toEqual([claude, gpt])
  })

  it('may point at each other, because the lists of fallbacks are not followed', async () => {
    const { add, fallBack } = someModels()
    const [glm, gpt] = [await add('glm'), await add('gpt')]
    await fallBack(glm, gpt)
    expect(await failureOf(fallBack(gpt, glm))).toBeNull()
  })

  it('are never the model itself, nor one that is not there', async () => {
    const { models, add, fallBack } = someModels()
    const [glm, gpt] = [await add('glm'), await add('gpt')]
    await models.remove(gpt)
    const refused = (reason: string) => ({ code: 'FALLBACK_REFUSED', data: { reason } })
    expect(await failureOf(fallBack(glm, glm))).toEqual(refused('itself'))
    expect(await failureOf(fallBack(glm, gpt))).toEqual(refused('gone'))
    expect(await failureOf(fallBack(glm, ModelId.parse('never-there')))).toEqual(refused('gone'))
  })
})

describe('a model that was kept before there were other names', () => {
  it('has none', () => {
    const before = { ...aModel('glm'), id: 'id-1', keys: [], extra: {}, deletedAtMs: null }
    expect(StoredModel.parse(before)).toMatchObject({ aliases: [], fallbacks: [] })
  })
})
