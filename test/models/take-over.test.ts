import { describe, expect, it } from 'vitest'
import { allMoves, failureOf, fromFile, noMoves, secretNumber, someModels } from './file-models.ts'

describe('taking over a file', () => {
  const glm = fromFile('glm-4.7', [1, 2], { temperature: 1, extra: { note: 'lab' } })

  it('adds new models and keys, and nothing twice on a second time', async () => {
    const { models, named } = someModels()
    expect(await models.takeOver([glm], noMoves)).toEqual({ models: 1, keys: 2, removed: 0 })
    expect(await models.takeOver([glm], noMoves)).toEqual({ models: 1, keys: 0, removed: 0 })
    expect(models.list()).toHaveLength(1)
    expect(named('glm-4.7')?.extra).toEqual({ note: 'lab' })
  })

  it('applies as a whole or not at all', async () => {
    const { models } = someModels()
    await models.takeOver([glm], noMoves)
    const moved = { ...glm, apiBase: 'https://b.example/v1' }
    expect((await failureOf(models.takeOver([fromFile('gpt-4o'), moved], noMoves))).code).toBe('KEY_TO_OTHER_HOST')
    expect(models.list().map(({ model }) => model.name)).toEqual(['glm-4.7'])
  })

  it('leaves what the file does not say as it is', async () => {
    const { models, named } = someModels()
    await models.takeOver([{ ...glm, provider: 'openai' }], noMoves)
    await models.takeOver([fromFile('glm-4.7', [], { extra: { owner: 'me' } })], noMoves)
    expect(named('glm-4.7')).toMatchObject({ provider: 'openai', temperature: 1, extra: { note: 'lab', owner: 'me' } })
  })

  it('merges keys behind those that are here, and keeps labels that a file gives', async () => {
    const { models, labels } = someModels()
    await models.takeOver([glm], noMoves)
    const keys = [{ secret: secretNumber(2) }, { secret: secretNumber(3), label: 'third' }, { secret: secretNumber(4) }]
    await models.takeOver([{ ...glm, keys }], noMoves)
    expect(labels('glm-4.7')).toEqual(['acct-1', 'acct-2', 'third', 'acct-3'])
  })

  it('replaces the list of keys: the order is the file’s, others go to the bin, known ones stay as they were', async () => {
    const { models, named, labels } = someModels()
    await models.takeOver([fromFile('m', [1, 2, 3])], noMoves)
    const model = named('m')!
    await models.editKey(model.id, model.keys[1]!.id, { label: 'mine', weight: 5 })
    await models.setPaused(model.id, [model.keys[1]!.id], true)
    const done = await models.takeOver([fromFile('m', [4, 2], { mode: 'replace' })], noMoves)
    expect(done).toEqual({ models: 1, keys: 1, removed: 2 })
    expect(labels('m')).toEqual(['acct-4', 'mine'])
    expect(named('m')?.keys[1]).toMatchObject({ weight: 5, paused: true })
    expect(models.bin()[0]?.keys.map(({ label }) => label)).toEqual(['acct-1', 'acct-3'])
  })

  it('gives a thousand keys of one model a label each', async () => {
    const { models, labels } = someModels()
    const numbers = Array.from({ length: 1000 }, (_, number) => number)
    await models.takeOver([fromFile('m', numbers)], noMoves)
    expect(new Set(labels('m')).size).toBe(1000)
  })
})

describe('an import that was undone', () => {
  it('leaves no trace of what it added', async () => {
    const { models, everything } = someModels()
    await models.takeOver([fromFile('m', [1, 2])], noMoves)
    await models.undoImport()
    expect(everything()).toEqual([])
    expect(models.bin()).toEqual([])
    expect(models.lastImport()).toBeNull()
  })

  it('gives back labels, weights, order, pauses, fields, and keys that it had put into the bin', async () => {
    const { models, named, everything } = someModels()
    await models.takeOver([fromFile('m', [1, 2, 3], { temperature: 0.5 })], noMoves)
    const model = named('m')!
    await models.editKey(model.id, model.keys[1]!.id, { label: 'mine', weight: 5 })
    await models.setPaused(model.id, [model.keys[0]!.id], true)
    await models.moveKey(model.id, model.keys[2]!.id, 0)
    const before = everything()
    await models.takeOver([fromFile('m', [4, 2], { mode: 'replace', temperature: 1.5 })], noMoves)
    await models.undoImport()
    expect(everything()).toEqual(before)
    expect(models.bin()).toEqual([])
  })

  it('takes back that keys may go to another host', async () => {
    const { models, everything } = someModels()
    await models.takeOver([fromFile('m', [1])], noMoves)
    const before = everything()
    await models.takeOver([fromFile('m', [2], { apiBase: 'https://b.example/v1' })], allMoves)
    expect(everything()[0]?.keys[0]).toEqual([secretNumber(1), secretNumber(1)])
    await models.undoImport()
    expect(everything()).toEqual(before)
    expect(before[0]?.keys[0]).toEqual([secretNumber(1), 'KEY_TO_OTHER_HOST'])
  })

  it('gives back an alias that the import had ended', async () => {
    const { models, named } = someModels()
    await models.takeOver([fromFile('m', [1])], noMoves)
    await models.edit(named('m')!.id, { aliases: ['gpt-4o'] }, false)
    await models.takeOver([fromFile('gpt-4o', [2])], noMoves)
    await models.undoImport()
    expect(named('m')?.aliases).toEqual(['gpt-4o'])
  })

  it('is there once', async () => {
    const { models } = someModels()
    expect(await failureOf(models.undoImport())).toEqual({ code: 'NO_IMPORT_TO_UNDO', data: {} })
    await models.takeOver([fromFile('m', [1])], noMoves)
    await models.undoImport()
    expect((await failureOf(models.undoImport())).code).toBe('NO_IMPORT_TO_UNDO')
  })

  it('stands when a key’s replaced secret was settled in between, which nobody did', async () => {
    const { models, named } = someModels()
    await models.takeOver([fromFile('m', [1])], noMoves)
    const model = named('m')!
    await models.editKey(model.id, model.keys[0]!.id, { secret: secretNumber(9) })
    await models.takeOver([fromFile('m', [2])], noMoves)
    await models.settleSecret(model.id, model.keys[0]!.id)
    await models.undoImport()
    expect(named('m')?.keys).toMatchObject([{ label: 'acct-1', replaced: null }])
  })
})

describe('an import is not undone when that would lose', () => {
  async function imported() {
    const all = someModels()
    await all.models.takeOver([fromFile('m', [1]), fromFile('other', [2])], noMoves)
    const model = all.named('m')!
    return { ...all, id: model.id, key: model.keys[0]!.id }
  }
  type Imported = Awaited<ReturnType<typeof imported>>
  const changes: [string, (at: Imported) => Promise<unknown>][] = [
    ['a label', ({ models, id, key }) => models.editKey(id, key, { label: 'mine' })],
    ['a weight', ({ models, id, key }) => models.editKey(id, key, { weight: 3 })],
    ['a pause', ({ models, id, key }) => models.setPaused(id, [key], true)],
    ['a new key', ({ models, id }) => models.addKeys(id, [{ secret: secretNumber(7) }])],
    ['a new secret', ({ models, id, key }) => models.editKey(id, key, { secret: secretNumber(8) })],
    ['a temperature', ({ models, id }) => models.edit(id, { temperature: 0.1 }, false)],
    ['a removal', ({ models, id }) => models.remove(id)],
    [
      'its place as a fallback',
      async ({ models, id }) => {
        const added = await models.add({ ...fromFile('third'), strategy: 'ordered' })
        await models.edit(added, { fallbacks: [id] }, false)
      },
    ],
  ]

  it.each(changes)('%s', async (_what, change) => {
    const all = await imported()
    await change(all)
    const before = all.everything()
    expect(await failureOf(all.models.undoImport())).toEqual({ code: 'IMPORT_CHANGED_SINCE', data: { models: ['m'] } })
    expect(all.everything()).toEqual(before)
  })

  it('but is when only other models were changed', async () => {
    const { models, named } = await imported()
    const id = await models.add({ ...fromFile('third'), strategy: 'ordered' })
    await models.addKeys(id, [{ secret: secretNumber(5) }])
    await models.undoImport()
    expect(models.list().map(({ model }) => model.name)).toEqual(['third'])
    expect(named('third')?.keys).toHaveLength(1)
  })

  it('and nothing is kept for an undo of keys that were deleted for good', async () => {
    const { models, id, key } = await imported()
    await models.takeOver([fromFile('m', [3], { mode: 'replace' })], noMoves)
    await models.purge({ modelIds: [], keyIds: [key] })
    expect(models.lastImport()).toBeNull()
    expect(models.find(id)?.keys).toHaveLength(1)
  })
})
