import { describe, expect, it } from 'vitest'
import { createMemorySafe } from '../../electron/models/memory-safe.ts'
import { createModels } from '../../electron/models/models.ts'
import type { KeySafe } from '../../electron/models/key-safe.ts'
import type { FileKey, FileModel } from '../../electron/transfer/difference.ts'
import { createImports, type ReadFile } from '../../electron/transfer/imports.ts'
import type { ImportChoice, ImportPreview, ImportTake } from '../../shared/transfer.ts'

const glm: FileModel = {
  name: 'glm-4.7',
  provider: 'openai',
  apiBase: 'https://open.bigmodel.cn/api/paas/v4',
  isDefaultBase: false,
  temperature: 1,
  keys: ['secret-of-the-first-account-0001', 'secret-of-the-second-account-0002'],
  refusedKeys: [],
  extra: {},
}
const third = 'secret-of-the-third-account-0003'
const masked = { reason: 'key-masked', lastFour: '0002', line: null }

/** Imports from "files" that hold models as they are. */
function importing() {
  let id = 0
  const newId = () => `id-${(id += 1)}`
  const isOwnHost = (host: string) => host === '127.0.0.1:4141'
  const safe: KeySafe = { ...createMemorySafe(), origin: 'vault' }
  const models = createModels({ safes: [safe], newId, wallMs: () => 7, onChange: () => {}, isOwnHost })
  let file: ReadFile = { format: 'dotenv', models: [], ignored: [], notices: [], keys: [], refusedKeys: [] }
  const imports = createImports({
    read: () => file,
    models,
    isPlaceholder: (secret) => secret === 'your_key',
    newId,
  })
  const look = (read: Partial<ReadFile>) => {
    file = { ...file, models: [], keys: [], ...read }
    return imports.preview(new Uint8Array())
  }
  const preview = (...entries: FileModel[]) => look({ models: entries })
  const named = (name: string) => models.list().find(({ model }) => model.name === name)?.model
  const labels = (name: string) => named(name)?.keys.flatMap((key) => (key.deletedAtMs === null ? [key.label] : []))
  return { models, imports, look, preview, named, labels, take: (choice: ImportChoice) => imports.apply(choice) }
}

const row = (at: number, about: Partial<ImportTake> = {}): ImportTake => {
  return { row: at, mode: 'merge', withoutFields: [], withoutKeys: [], ...about }
}

/** Everything as it is offered, or as said otherwise. */
const all = ({ id, models }: ImportPreview, about: Partial<ImportTake> = {}): ImportChoice => {
  return { id, rows: models.map((_row, at) => row(at, about)), looseKeys: null, allowedMoves: [] }
}

describe('the preview of an import', () => {
  it('leaves out what goes through our own gateway, as a file that was exported so', async () => {
    const { preview, take, named } = importing()
    const found = preview({ ...glm, apiBase: 'http://127.0.0.1:4141/v1' })
    expect(found.models[0]).toMatchObject({ change: 'ignored', reason: 'api-base:own-gateway' })
    await take(all(found))
    expect(named(glm.name)).toBeUndefined()
  })

  it('finds nothing changed in an address that is the same in another spelling', async () => {
    const { preview, take } = importing()
    await take(all(preview(glm)))
    const apiBase = 'HTTPS://Open.BigModel.cn:443/api/paas/v4/'
    expect(preview({ ...glm, apiBase }).models[0]).toMatchObject({ change: 'unchanged', fields: [] })
  })

  it('shows what is new, with four characters of each key and never more', () => {
    const { preview } = importing()
    const shown = preview(glm)
    expect(shown.models[0]).toMatchObject({ name: 'glm-4.7', change: 'added', reason: null })
    expect(shown.models[0]?.keys.map((key) => key.lastFour)).toEqual(['0001', '0002'])
    expect(JSON.stringify(shown)).not.toContain('secret-of')
  })

  it('changes nothing', () => {
    const { models, preview } = importing()
    preview(glm)
    expect(models.list()).toEqual([])
  })

  it('finds nothing to do in a file that was imported before', async () => {
    const { preview, take } = importing()
    await take(all(preview(glm)))
    const again = preview({ ...glm, apiBase: `${glm.apiBase}/` })
    expect(again.models[0]).toMatchObject({ change: 'unchanged', fields: [], onlyHere: [] })
    expect(again.models[0]?.keys.every((key) => key.change === 'unchanged')).toBe(true)
  })

  it('names each field that differs, with both values', async () => {
    const { preview, take } = importing()
    await take(all(preview(glm)))
    const changed = preview({ ...glm, temperature: 0.2, keys: [...glm.keys, third], extra: { owner: 'me' } })
    expect(changed.models[0]).toMatchObject({
      change: 'changed',
      fields: [
        { field: 'temperature', before: '1', after: '0.2' },
        { field: 'extra', before: null, after: 'owner' },
      ],
    })
    expect(changed.models[0]?.keys.map((key) => key.change)).toEqual(['unchanged', 'unchanged', 'added'])
  })

  it('finds no difference in what the file does not say', async () => {
    const { preview, take } = importing()
    await take(all(preview(glm)))
    const silent = {
      ...glm,
      provider: null,
      temperature: null,
      apiBase: 'https://api.openai.com/v1',
      isDefaultBase: true,
    }
    expect(preview(silent).models[0]).toMatchObject({ change: 'unchanged', fields: [], apiBase: glm.apiBase })
  })

  it('says which other model holds the same key', async () => {
    const { preview, take } = importing()
    await take(all(preview(glm)))
    expect(preview({ ...glm, name: 'glm-4.6' }).models[0]?.keys[0]?.alsoIn).toEqual(['glm-4.7'])
  })

  it('leaves out a model whose base URL is refused, and says why', async () => {
    const { models, look, take } = importing()
    const shown = look({
      models: [
        { ...glm, apiBase: 'ftp://example.com' },
        { ...glm, name: 'good' },
      ],
      ignored: [{ name: 'empty', reason: 'key-list-empty' }],
    })
    expect(shown.models.map(({ change, reason }) => [change, reason])).toEqual([
      ['ignored', 'api-base:scheme'],
      ['added', null],
      ['ignored', 'key-list-empty'],
    ])
    expect(await take(all(shown))).toEqual({ models: 1, keys: 2, removed: 0 })
    expect(models.list().map(({ model }) => model.name)).toEqual(['good'])
  })

  it('marks what looks like an example, and still offers it', () => {
    const { preview } = importing()
    expect(preview({ ...glm, keys: ['your_key'] }).models[0]?.keys[0]).toMatchObject({
      placeholder: true,
      change: 'added',
    })
  })

  it('shows a masked key as ignored, with what the mask shows', () => {
    const { preview } = importing()
    expect(preview({ ...glm, keys: [], refusedKeys: [masked] }).models[0]?.keys).toMatchObject([
      { change: 'ignored', reason: 'key-masked', lastFour: '0002' },
    ])
  })

  it('names the keys that only the model here has', async () => {
    const { preview, take } = importing()
    await take(all(preview(glm)))
    const shown = preview({ ...glm, keys: [third] })
    expect(shown.models[0]?.onlyHere).toEqual([
      { label: 'acct-1', lastFour: '0001' },
      { label: 'acct-2', lastFour: '0002' },
    ])
  })
})

describe('applying an import', () => {
  it('takes just what was ticked: models, fields and keys', async () => {
    const { preview, named, labels, take } = importing()
    await take(all(preview(glm)))
    const shown = preview({ ...glm, temperature: 0.2, provider: 'zhipu', keys: [...glm.keys, third, 'x-4'] }, glm)
    const rows = [row(0, { withoutFields: ['temperature'], withoutKeys: [2] })]
    await take({ id: shown.id, rows, looseKeys: null, allowedMoves: [] })
    expect(named('glm-4.7')).toMatchObject({ temperature: 1, provider: 'zhipu' })
    expect(labels('glm-4.7')).toHaveLength(3)
    expect(named('glm-4.7')?.keys.map(({ lastFour }) => lastFour)).toEqual(['0001', '0002', ''])
  })

  it('takes the first of two entries of one name, and never both', async () => {
    const { models, preview, take } = importing()
    const shown = preview(glm, { ...glm, apiBase: 'https://other.example/v1' })
    expect(await take(all(shown))).toMatchObject({ models: 1 })
    expect(models.list().map(({ model }) => model.apiBase)).toEqual([glm.apiBase])
  })

  it('asks before keys that are already here go to another host, and keeps the preview for the answer', async () => {
    const { preview, named, take } = importing()
    await take(all(preview(glm)))
    const moved = all(preview({ ...glm, apiBase: 'https://relay.example/v1' }))
    const move = { from: 'open.bigmodel.cn', to: 'relay.example' }
    await expect(take(moved)).rejects.toMatchObject({ code: 'KEY_TO_OTHER_HOST', data: move })
    const other = [{ ...move, to: 'third.example' }]
    await expect(take({ ...moved, allowedMoves: other })).rejects.toMatchObject({ code: 'KEY_TO_OTHER_HOST' })
    await take({ ...moved, allowedMoves: [move] })
    expect(named('glm-4.7')?.apiBase).toBe('https://relay.example/v1')
  })

  it('works once: a second click finds it gone', async () => {
    const { preview, take } = importing()
    const choice = all(preview(glm))
    await take(choice)
    await expect(take(choice)).rejects.toMatchObject({ code: 'IMPORT_EXPIRED' })
  })

  it('replaces the keys of a model by those of the file, and says how many went to the bin', async () => {
    const { preview, labels, take } = importing()
    await take(all(preview(glm)))
    const shown = preview({ ...glm, keys: [third, glm.keys[1]!] })
    expect(await take(all(shown, { mode: 'replace' }))).toEqual({ models: 1, keys: 1, removed: 1 })
    expect(labels('glm-4.7')).toEqual(['acct-3', 'acct-2'])
  })

  it.each([
    ['masked', [third], [masked]],
    ['missing', [], []],
  ])('replaces no key by a list whose keys are %s', async (_what, keys, refusedKeys) => {
    const { preview, labels, take } = importing()
    await take(all(preview(glm)))
    const shown = preview({ ...glm, keys, refusedKeys })
    expect(shown.models[0]?.onlyHere).toEqual([])
    expect(await take(all(shown, { mode: 'replace' }))).toMatchObject({ removed: 0 })
    expect(labels('glm-4.7')?.slice(0, 2)).toEqual(['acct-1', 'acct-2'])
  })

  it('does not replace keys that were added after the difference was shown', async () => {
    const { models, preview, named, take } = importing()
    await take(all(preview(glm)))
    const shown = preview({ ...glm, keys: [glm.keys[0]!] })
    await models.addKeys(named('glm-4.7')!.id, [{ secret: third }])
    await expect(take(all(shown, { mode: 'replace' }))).rejects.toMatchObject({ code: 'IMPORT_EXPIRED' })
  })
})

describe('keys without a model', () => {
  const keys: FileKey[] = [
    { secret: glm.keys[0]!, label: null, line: 1 },
    { secret: third, label: 'OPENAI_API_KEY', line: 2 },
    { secret: 'secret-of-the-fourth-account-0004', label: 'OPENAI_API_KEY', line: 2 },
  ]
  const loose = (id: string, into: NonNullable<ImportChoice['looseKeys']>['into'], withoutKeys: number[] = []) => {
    return { id, rows: [], looseKeys: { into, withoutKeys }, allowedMoves: [] }
  }
  const newModel = { kind: 'new', name: 'gpt-4o', apiBase: 'https://api.openai.com/v1/', provider: null } as const

  it('are shown with the names they stood under and the models that hold them, refused ones with their reason', async () => {
    const { preview, look, take } = importing()
    await take(all(preview(glm)))
    const shown = look({ format: 'keys', keys, refusedKeys: [{ reason: 'key-not-likely', lastFour: '', line: 9 }] })
    expect(shown.looseKeys).toMatchObject([
      { lastFour: '0001', label: null, line: 1, alsoIn: ['glm-4.7'] },
      { lastFour: '0003', label: 'OPENAI_API_KEY', line: 2, alsoIn: [] },
      { lastFour: '0004', label: 'OPENAI_API_KEY' },
      { change: 'ignored', reason: 'key-not-likely', line: 9 },
    ])
  })

  it('go to a model that is here, each once, under their own names', async () => {
    const { preview, look, named, labels, take } = importing()
    await take(all(preview(glm)))
    const { id } = look({ keys })
    const modelId = named('glm-4.7')!.id
    const choice = loose(id, { kind: 'model', modelId })
    const move = { from: 'open.bigmodel.cn', to: 'open.bigmodel.cn' }
    expect(await take({ ...choice, allowedMoves: [move] })).toEqual({ models: 1, keys: 2, removed: 0 })
    expect(labels('glm-4.7')).toEqual(['acct-1', 'acct-2', 'OPENAI_API_KEY', 'OPENAI_API_KEY 2'])
  })

  it('go to a new model, as far as they were ticked', async () => {
    const { look, named, labels, take } = importing()
    const { id } = look({ keys })
    expect(await take(loose(id, newModel, [0]))).toEqual({ models: 1, keys: 2, removed: 0 })
    expect(named('gpt-4o')?.apiBase).toBe('https://api.openai.com/v1')
    expect(labels('gpt-4o')).toEqual(['OPENAI_API_KEY', 'OPENAI_API_KEY 2'])
  })

  it('make no second model of a name, and none at an address that is refused', async () => {
    const { preview, look, take } = importing()
    await take(all(preview(glm)))
    const { id } = look({ keys })
    await expect(take(loose(id, { ...newModel, name: 'glm-4.7' }))).rejects.toMatchObject({ code: 'MODEL_NAME_TAKEN' })
    await expect(take(loose(id, { ...newModel, apiBase: 'http://example.com' }))).rejects.toMatchObject({
      code: 'API_BASE_REFUSED',
    })
    expect(await take(loose(id, newModel, [0]))).toMatchObject({ keys: 2 })
  })

  it('that are here already go to another host only after the question', async () => {
    const { preview, look, take } = importing()
    await take(all(preview(glm)))
    const { id } = look({ keys })
    await expect(take(loose(id, newModel))).rejects.toMatchObject({ code: 'KEY_TO_OTHER_HOST' })
  })
})

describe('the last import', () => {
  it('is told until it is undone', async () => {
    const { models, imports, preview, take } = importing()
    expect(imports.lastImport()).toBeNull()
    await take(all(preview(glm)))
    expect(imports.lastImport()).toEqual({ atMs: 7, models: 1, keys: 2 })
    await imports.undo()
    expect(imports.lastImport()).toBeNull()
    expect(models.list()).toEqual([])
  })
})
