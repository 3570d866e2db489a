import { describe, expect, it } from 'vitest'
import { createImports, type FileModel } from '../../electron/transfer/imports.ts'
import { createMemorySafe } from '../../electron/models/memory-safe.ts'
import { createModels } from '../../electron/models/models.ts'
import type { KeySafe } from '../../electron/models/key-safe.ts'

const glm: FileModel = {
  name: 'glm-4.7',
  provider: 'openai',
  apiBase: 'https://open.bigmodel.cn/api/paas/v4',
  temperature: 1,
  keys: ['secret-of-the-first-account-0001', 'secret-of-the-second-account-0002'],
  extra: {},
}

/** Imports from "files" that hold models as they are. */
function importing() {
  let id = 0
  const newId = () => `id-${(id += 1)}`
  const safe: KeySafe = { ...createMemorySafe(), origin: 'vault' }
  const models = createModels({ safes: [safe], newId, wallMs: () => 0, onChange: () => {} })
  let file: FileModel[] = []
  const imports = createImports({
    read: () => ({ models: file, ignored: [{ name: 'empty', reason: 'key-list-empty' }], notices: [] }),
    models,
    isPlaceholder: (secret) => secret === 'your_key',
    newId,
  })
  const preview = (...entries: FileModel[]) => {
    file = entries
    return imports.preview(new Uint8Array())
  }
  const take = (shown: { id: string; models: { name: string }[] }, allowNewHost = false) =>
    imports.apply(
      shown.id,
      shown.models.map((row) => row.name),
      allowNewHost,
    )
  return { models, imports, preview, take }
}

describe('the preview of an import', () => {
  it('finds nothing changed in an address that is the same in another spelling', async () => {
    const { preview, take } = importing()
    await take(preview(glm))
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
    await take(preview(glm))
    const again = preview({ ...glm, apiBase: `${glm.apiBase}/` })
    expect(again.models[0]).toMatchObject({ change: 'unchanged', fields: [] })
    expect(again.models[0]?.keys.every((key) => key.change === 'unchanged')).toBe(true)
  })

  it('names each field that differs, with both values', async () => {
    const { preview, take } = importing()
    await take(preview(glm))
    const changed = preview({ ...glm, temperature: 0.2, keys: [...glm.keys, 'secret-of-the-third-account-0003'] })
    expect(changed.models[0]).toMatchObject({
      change: 'changed',
      fields: [{ field: 'temperature', before: '1', after: '0.2' }],
    })
    expect(changed.models[0]?.keys.map((key) => key.change)).toEqual(['unchanged', 'unchanged', 'added'])
  })

  it('says which other model holds the same key', async () => {
    const { preview, take } = importing()
    await take(preview(glm))
    expect(preview({ ...glm, name: 'glm-4.6' }).models[0]?.keys[0]?.alsoIn).toEqual(['glm-4.7'])
  })

  it('leaves out a model whose base URL is refused, and says why', async () => {
    const { models, preview, take } = importing()
    const shown = preview({ ...glm, apiBase: 'ftp://example.com' }, { ...glm, name: 'good' })
    expect(shown.models.map(({ change, reason }) => [change, reason])).toEqual([
      ['ignored', 'api-base:scheme'],
      ['added', null],
      ['ignored', 'key-list-empty'],
    ])
    expect(await take(shown)).toEqual({ models: 1, keys: 2 })
    expect(models.list().map(({ model }) => model.name)).toEqual(['good'])
  })

  it('marks what looks like an example, and still offers it', () => {
    const { preview } = importing()
    expect(preview({ ...glm, keys: ['your_key'] }).models[0]?.keys[0]).toMatchObject({
      placeholder: true,
      change: 'added',
    })
  })
})

describe('applying an import', () => {
  it('takes just what was ticked', async () => {
    const { models, imports, preview } = importing()
    const shown = preview(glm, { ...glm, name: 'other' })
    await imports.apply(shown.id, ['other'], false)
    expect(models.list().map(({ model }) => model.name)).toEqual(['other'])
  })

  it('asks before keys that are already here go to another host, and keeps the preview for the answer', async () => {
    const { models, preview, take } = importing()
    await take(preview(glm))
    const moved = preview({ ...glm, apiBase: 'https://relay.example/v1' })
    await expect(take(moved)).rejects.toMatchObject({
      code: 'KEY_TO_OTHER_HOST',
      data: { from: 'open.bigmodel.cn', to: 'relay.example' },
    })
    await take(moved, true)
    expect(models.list()[0]?.model.apiBase).toBe('https://relay.example/v1')
  })

  it('works once: a second click finds it gone', async () => {
    const { preview, take } = importing()
    const shown = preview(glm)
    await take(shown)
    await expect(take(shown)).rejects.toMatchObject({ code: 'IMPORT_EXPIRED' })
  })
})
