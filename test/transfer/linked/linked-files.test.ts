import * as nodeFs from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importDotenv } from '../../../electron/dotenv/index.ts'
import type { LinkedChoice } from '../../../shared/linked-file.ts'
import { addModel, anOpenApp, failureOf, type TestClient } from '../../support/open-app.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { aPassphrase, aTestApp } from '../../support/test-app.ts'

const first = 'sk-canary-of-the-link-0001'
const second = 'sk-canary-of-the-link-0002'

async function aLinkedFile(form: 'keys' | 'gateway' = 'keys') {
  const path = join(nodeFs.realpathSync(temporaryFolder()), '.env')
  nodeFs.writeFileSync(path, '# mine\r\nA=1\r\n', { mode: 0o640 })
  const app = await anOpenApp()
  const { modelId, ids, id } = await addModel(app.client, [first], { name: 'glm-4.7', temperature: 1 })
  const choice = { models: [{ id: modelId, keyIds: ids }], format: 'dotenv' as const, form, path, token: null }
  const shown = await app.client.export.preview({ choice, whole: false })
  await app.client.export.write({ id: shown.id })
  const link = await app.client.linked.add({ path })
  const edit = (change: (text: string) => string) =>
    nodeFs.writeFileSync(path, change(nodeFs.readFileSync(path, 'utf8')))
  const read = () => nodeFs.readFileSync(path, 'utf8')
  return { ...app, path, link, modelId, keyId: id, edit, read }
}

const modelsIn = (text: string) => {
  const read = importDotenv(text)
  return read.ok ? read.models.map(({ name, keys, temperature }) => ({ name, keys, temperature })) : read.reason
}

async function apply(client: TestClient, id: string, take: (row: string) => LinkedChoice['take'] | null) {
  const { mark, rows } = await client.linked.differences({ id })
  const choices = rows.flatMap((row): LinkedChoice[] => {
    const side = take(row.part)
    return side === null ? [] : [{ row: row.id, take: side }]
  })
  return client.linked.apply({ id, mark, choices, allowNewHost: false })
}

const stateOf = async (client: TestClient) => (await client.linked.check())[0]?.state

describe('a linked file', () => {
  it('is in step after an export, and stays so when something else in it changes', async () => {
    const { client, link, edit, path } = await aLinkedFile()
    expect(link).toMatchObject({ path, models: 1, state: { kind: 'in-sync' } })
    edit((text) => `${text}B=2\r\n`)
    expect(await stateOf(client)).toEqual({ kind: 'in-sync' })
  })

  it('that changed outside brings its changes into the vault when they are chosen', async () => {
    const { client, link, edit } = await aLinkedFile()
    edit((text) =>
      text.replace('"temperature": 1', '"temperature": 0.5').replace(`"${first}"`, `["${first}", "${second}"]`),
    )
    expect(await stateOf(client)).toEqual({ kind: 'differs', file: 2, vault: 0, conflicts: 0 })
    const { rows } = await client.linked.differences({ id: link.id })
    expect(rows.map(({ part, advised }) => [part, advised])).toEqual([
      ['temperature', 'file'],
      ['keys', 'file'],
    ])
    expect(JSON.stringify(rows)).not.toContain('canary')
    expect(await apply(client, link.id, () => 'file')).toEqual({ vault: true, file: false, leftover: null })
    const [model] = await client.models.list()
    expect(model).toMatchObject({ temperature: 0.5 })
    expect(model?.keys.map(({ lastFour }) => lastFour)).toEqual(['0001', '0002'])
    expect(await stateOf(client)).toEqual({ kind: 'in-sync' })
  })

  it('is given the changes of the vault, every other byte as it was, and what it held is kept', async () => {
    const { client, link, modelId, read, path } = await aLinkedFile()
    await client.keys.add({ modelId, keys: [{ secret: second }] })
    expect(await stateOf(client)).toEqual({ kind: 'differs', file: 0, vault: 1, conflicts: 0 })
    const before = read()
    expect(await apply(client, link.id, () => 'vault')).toEqual({ vault: false, file: true, leftover: null })
    expect(modelsIn(read())).toEqual([{ name: 'glm-4.7', keys: [first, second], temperature: 1 }])
    expect(read().startsWith('# mine\r\nA=1\r\n')).toBe(true)
    expect(nodeFs.statSync(path).mode & 0o777).toBe(0o640)
    const [earlier] = await client.export.earlier()
    expect(earlier).toMatchObject({ path, bytes: Buffer.byteLength(before) })
  })

  it('in conflict keeps both keys when both are chosen, and what is not chosen is shown again', async () => {
    const { client, link, modelId, edit, read } = await aLinkedFile()
    await client.keys.add({ modelId, keys: [{ secret: second }] })
    await client.models.edit({ id: modelId, edit: { temperature: 0.2 }, allowNewHost: false })
    edit((text) => text.replace('"temperature": 1', '"temperature": 0.9').replace(first, 'sk-canary-of-the-link-0003'))
    expect(await stateOf(client)).toEqual({ kind: 'differs', file: 0, vault: 0, conflicts: 2 })
    expect(await apply(client, link.id, (part) => (part === 'keys' ? 'both' : null))).toMatchObject({
      vault: true,
      file: true,
    })
    expect(modelsIn(read())).toEqual([
      { name: 'glm-4.7', keys: [first, second, 'sk-canary-of-the-link-0003'], temperature: 0.9 },
    ])
    const { rows } = await client.linked.differences({ id: link.id })
    expect(rows).toMatchObject([{ part: 'temperature', changed: 'both', vault: '0.2', file: '0.9', before: '1' }])
  })

  it('that names a base URL which the vault refuses advises nothing', async () => {
    const { client, link, edit } = await aLinkedFile()
    edit((text) => text.replace(/"api_base": "[^"]+"/, '"api_base": "http://public.example/v1"'))
    const { rows } = await client.linked.differences({ id: link.id })
    expect(rows.map(({ part, file, advised }) => [part, file, advised])).toEqual([
      ['apiBase', 'http://public.example/v1', null],
    ])
  })

  it('that lost a model takes it from the vault only when that is chosen, and the bin keeps it', async () => {
    const { client, link, edit } = await aLinkedFile()
    edit((text) => text.replace('"glm-4.7"', '"another"'))
    const { rows } = await client.linked.differences({ id: link.id })
    expect(rows.map(({ model, part, advised }) => [model, part, advised])).toEqual([
      ['another', 'model', 'file'],
      ['glm-4.7', 'model', null],
    ])
    await apply(client, link.id, () => 'file')
    expect((await client.models.list()).map(({ name }) => name)).toEqual(['another'])
    expect((await client.bin.list()).map(({ name }) => name)).toEqual(['glm-4.7'])
  })

  it('through the gateway is never given a real key', async () => {
    const { client, link, modelId, read, edit } = await aLinkedFile('gateway')
    await client.keys.add({ modelId, keys: [{ secret: second }] })
    expect(await stateOf(client)).toEqual({ kind: 'in-sync' })
    edit((text) => text.replace('"temperature": 1', '"temperature": 0.5'))
    await apply(client, link.id, () => 'file')
    await client.models.edit({ id: modelId, edit: { temperature: 0.1 }, allowNewHost: false })
    await apply(client, link.id, () => 'vault')
    expect(read()).toContain('"temperature": 0.1')
    expect(read()).toMatch(/"gw-[\w-]{43}"/)
    expect(read()).not.toContain('canary')
  })

  it('is not written, nor the vault changed, when it changed after it was shown', async () => {
    const { client, link, edit, read, path } = await aLinkedFile()
    edit((text) => text.replace('"temperature": 1', '"temperature": 0.5'))
    const { mark, rows } = await client.linked.differences({ id: link.id })
    edit((text) => text.replace('0.5', '0.6'))
    const after = read()
    const choices = rows.map((row) => ({ row: row.id, take: 'vault' as const }))
    expect(await failureOf(client.linked.apply({ id: link.id, mark, choices, allowNewHost: false }))).toEqual({
      code: 'FILE_CHANGED',
      data: { path },
    })
    expect(read()).toBe(after)
  })

  it('asks before keys would go to another host', async () => {
    const { client, link, edit } = await aLinkedFile()
    edit((text) => text.replace('https://api.openai.com/v1', 'https://elsewhere.test/v1'))
    expect(await failureOf(apply(client, link.id, () => 'file'))).toMatchObject({ code: 'KEY_TO_OTHER_HOST' })
    const { mark, rows } = await client.linked.differences({ id: link.id })
    const choices = rows.map((row) => ({ row: row.id, take: 'file' as const }))
    await client.linked.apply({ id: link.id, mark, choices, allowNewHost: true })
    expect((await client.models.list())[0]?.apiBase).toBe('https://elsewhere.test/v1')
  })

  it('that is missing, damaged or a folder is said to be so, and is found again', async () => {
    const { client, path, read } = await aLinkedFile()
    const text = read()
    nodeFs.rmSync(path)
    expect(await stateOf(client)).toEqual({ kind: 'missing' })
    nodeFs.writeFileSync(path, "A=1\nLLM_MODEL_CONFIGS='{oops'\n")
    expect(await stateOf(client)).toMatchObject({ kind: 'damaged', refusal: { reason: 'bad-json', line: 2 } })
    nodeFs.rmSync(path)
    nodeFs.mkdirSync(path)
    expect(await stateOf(client)).toEqual({ kind: 'refused', reason: 'folder' })
    nodeFs.rmdirSync(path)
    nodeFs.writeFileSync(path, text)
    expect(await stateOf(client)).toEqual({ kind: 'in-sync' })
  })

  it('needs an open interface to be linked, unlinked or changed', async () => {
    const { client, link, path } = await aLinkedFile()
    await client.vault.lockInterface()
    const apply = { id: link.id, mark: '', choices: [{ row: 'x', take: 'file' as const }], allowNewHost: false }
    for (const call of [
      client.linked.add({ path }),
      client.linked.remove({ id: link.id }),
      client.linked.apply(apply),
    ]) {
      expect(await failureOf(call)).toMatchObject({ code: 'INTERFACE_LOCKED' })
    }
  })

  it('is unlinked for good, and the file stays', async () => {
    const { client, link, path } = await aLinkedFile()
    await client.linked.remove({ id: link.id })
    expect(await client.linked.check()).toEqual([])
    expect(await failureOf(client.linked.differences({ id: link.id }))).toMatchObject({ code: 'LINKED_FILE_NOT_FOUND' })
    expect(nodeFs.existsSync(path)).toBe(true)
  })
})

describe('the list of linked files', () => {
  it('outlives a restart, sealed, and is not known while the vault is locked', async () => {
    const { client, app, host, path, edit } = await aLinkedFile()
    await client.vault.lock()
    expect(await client.linked.check()).toEqual([])
    await app.close()
    const kept = nodeFs.readFileSync(join(host.dataFolder, 'linked-files', 'linked-files.sealed'), 'latin1')
    expect(kept).not.toContain(path)
    edit((text) => text.replace('"temperature": 1', '"temperature": 0.5'))
    const again = await aTestApp({ dataFolder: host.dataFolder })
    await again.client.vault.unlock({ passphrase: aPassphrase })
    expect(await again.client.linked.check()).toMatchObject([{ path, state: { kind: 'differs', file: 1 } }])
  })
})
