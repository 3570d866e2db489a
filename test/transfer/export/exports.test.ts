import * as nodeFs from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importDotenv, parseDotenv, valuesOf } from '../../../electron/dotenv/index.ts'
import type { ExportChoice, ExportPreview, PreviewLine } from '../../../shared/export.ts'
import {
  hasBash,
  pythons,
  readWithBash,
  readWithNode,
  readWithNpmDotenv,
  readWithPython,
} from '../../dotenv/real-readers.ts'
import { addModel, anOpenApp, failureOf, type TestClient } from '../../support/open-app.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { realWorldConfigs, realWorldEnv, realWorldHead, realWorldTail } from './real-world-env.ts'

const secrets = ['sk-canary-of-the-export-0001', "sk-canary-it's-$HOME-\\n-0002"]

async function aPlace(content?: string, mode = 0o600) {
  const folder = nodeFs.realpathSync(temporaryFolder())
  const path = join(folder, '.env')
  if (content !== undefined) nodeFs.writeFileSync(path, content, { mode })
  const app = await anOpenApp()
  const added = await addModel(app.client, secrets, { name: 'glm-4.7', provider: 'openai', temperature: 1 })
  const models = [{ id: added.modelId, keyIds: added.ids }]
  const choose = (change: Partial<ExportChoice> = {}): ExportChoice => {
    return { models, format: 'dotenv', form: 'keys', path, token: null, ...change }
  }
  const read = () => nodeFs.readFileSync(path, 'utf8')
  return { ...app, ...added, folder, path, choose, read }
}

const preview = (client: TestClient, choice: ExportChoice) => client.export.preview({ choice, whole: true })

async function write(client: TestClient, choice: ExportChoice) {
  const shown = await preview(client, choice)
  return client.export.write({ id: shown.id })
}

const textOf = (lines: readonly PreviewLine[]) =>
  lines
    .flatMap((line) => (line.kind === 'folded' || line.kind === 'removed' ? [] : [line.parts]))
    .map((parts) => parts.map(({ text }) => text).join(''))
    .join('\n')

const configsOf = (text: string) =>
  JSON.parse(valuesOf(parseDotenv(text)).get('LLM_MODEL_CONFIGS') ?? '') as Record<string, Record<string, unknown>>

describe('an export to a new file', () => {
  it('holds what was chosen, for its owner alone, and is in the list of what was done', async () => {
    const { client, path, choose, read } = await aPlace()
    expect(await write(client, choose())).toEqual({ path, keptEarlier: false, client: null, leftover: null })
    expect(configsOf(read())).toEqual({
      'glm-4.7': { api_key: secrets, api_base: 'https://api.openai.com/v1', temperature: 1, provider: 'openai' },
    })
    expect(nodeFs.statSync(path).mode & 0o777).toBe(0o600)
    const { entries } = await client.vault.auditTrail()
    expect(entries.at(-1)).toMatchObject({ action: 'export', subject: `1 models, 2 keys: ${path}` })
  })

  it('is the same to python-dotenv, npm dotenv, Node and bash', async () => {
    for (const form of ['keys', 'gateway'] as const) {
      const { client, choose, read } = await aPlace(realWorldHead.replaceAll('\r\n', '\n'))
      await write(client, choose({ form }))
      const text = read()
      const expected = configsOf(text)
      const all = [
        readWithNode(text),
        readWithNpmDotenv(text),
        ...pythons.flatMap((python) => readWithPython(python, [text], true)),
        ...(hasBash ? readWithBash([text], ['LLM_MODEL_CONFIGS']) : []),
      ]
      expect(all.length).toBeGreaterThanOrEqual(2)
      for (const one of all) expect(JSON.parse(one['LLM_MODEL_CONFIGS'] ?? '')).toEqual(expected)
    }
  })

  it.each([
    ['json', '{'],
    ['litellm', 'model_list:'],
  ] as const)('may be %s', async (format, start) => {
    const { client, choose, read } = await aPlace()
    await write(client, choose({ format }))
    expect(read().startsWith(start)).toBe(true)
    expect(read()).toContain(secrets[0])
  })

  it('holds only the keys that were chosen, and no model without one', async () => {
    const { client, choose, read, modelId, ids } = await aPlace()
    await write(client, choose({ models: [{ id: modelId, keyIds: ids.slice(1) }] }))
    expect(configsOf(read())['glm-4.7']?.['api_key']).toBe(secrets[1])
    const none = choose({ models: [{ id: modelId, keyIds: [] }] })
    expect(await failureOf(preview(client, none))).toMatchObject({
      code: 'EXPORT_REFUSED',
      data: { reason: 'no-keys' },
    })
  })
})

describe('an export into a file that is there', () => {
  it('changes its one statement in a real-world .env, and no other byte', async () => {
    const { client, choose, read } = await aPlace(realWorldEnv, 0o640)
    expect(await write(client, choose())).toMatchObject({ keptEarlier: true })
    const after = read()
    expect(after.startsWith(realWorldHead)).toBe(true)
    expect(after.endsWith(realWorldTail)).toBe(true)
    const [open = '', comment = '', other = ''] = realWorldConfigs.split('\r\n')
    for (const kept of [open, comment, other, "}'  # end of models"]) expect(after).toContain(kept)
    expect(Object.keys(configsOf(after.replace(comment, '')))).toEqual(['other', 'glm-4.7'])
    expect(after.replaceAll('\r\n', '')).not.toContain('\n')
    const imported = importDotenv(after)
    expect(imported.ok && imported.models.find(({ name }) => name === 'glm-4.7')?.keys).toEqual(secrets)
  })

  it('keeps its mode, and says who else can read it', async () => {
    const { client, path, choose } = await aPlace('A=1\n', 0o644)
    const { warnings } = await preview(client, choose())
    expect(warnings).toEqual([{ kind: 'plain-secrets' }, { kind: 'others-can-read', mode: '644' }])
    await write(client, choose())
    expect(nodeFs.statSync(path).mode & 0o777).toBe(0o644)
  })

  it('says that it is a symlink, has other names, or that git would take it', async () => {
    const { client, folder, path, choose } = await aPlace('A=1\n')
    nodeFs.symlinkSync(path, join(folder, 'link.env'))
    nodeFs.linkSync(path, join(folder, 'second.env'))
    nodeFs.mkdirSync(join(folder, '.git'))
    const kinds = async (typed: string) => {
      const { warnings } = await preview(client, choose({ path: typed }))
      return warnings.map(({ kind }) => kind).slice(1)
    }
    expect(await kinds(join(folder, 'link.env'))).toEqual(['symlink', 'hard-links', 'not-ignored'])
    nodeFs.writeFileSync(join(folder, '.gitignore'), '# secrets\n*.env\n!second.env\n')
    expect(await kinds(path)).toEqual(['hard-links'])
    expect(await kinds(join(folder, 'second.env'))).toEqual(['hard-links', 'not-ignored'])
  })

  it('names the readers that read its other statements otherwise, by line and column', async () => {
    const { client, choose } = await aPlace('A=1\nGREETING="it is ${HOME}"\n')
    const { readers } = await preview(client, choose())
    expect(readers).toContainEqual({ reader: 'python-dotenv', effect: 'expands', name: 'GREETING', line: 2, column: 1 })
  })

  it.each([
    ['that cannot be read as JSON', "A=1\nLLM_MODEL_CONFIGS='{oops}'\n", { reason: 'bad-json', line: 2, column: 21 }],
    ['behind an open quote', 'A=1\nB="x\n', { reason: 'open-quote', line: null, column: null }],
  ])('%s is refused, and nothing is written', async (_what, content, data) => {
    const { client, choose, read } = await aPlace(content)
    expect(await failureOf(preview(client, choose()))).toEqual({ code: 'EXPORT_REFUSED', data })
    expect(read()).toBe(content)
  })

  it('that is no text is refused, whatever the format', async () => {
    const { client, choose, path } = await aPlace()
    nodeFs.writeFileSync(path, Buffer.from([0x1f, 0x8b, 8, 0, 0, 1]))
    for (const format of ['dotenv', 'json', 'litellm'] as const) {
      expect(await failureOf(preview(client, choose({ format })))).toMatchObject({
        code: 'FILE_REFUSED',
        data: { reason: 'not-text' },
      })
    }
  })

  it('is not written over when it changed after the preview', async () => {
    const { client, path, choose, read } = await aPlace('A=1\n')
    const { id } = await preview(client, choose())
    nodeFs.writeFileSync(path, 'A=2\n')
    expect(await failureOf(client.export.write({ id }))).toEqual({ code: 'FILE_CHANGED', data: { path } })
    expect(read()).toBe('A=2\n')
  })
})

describe('the preview', () => {
  it('holds no secret, of the vault or of the file, until it is revealed, which is noted', async () => {
    const { client, choose, path } = await aPlace(realWorldEnv)
    const shown = await preview(client, choose())
    const text = JSON.stringify(shown)
    for (const hidden of ['canary', 'secret-of-the-database', 'MIIEvQ', 'of-another-entry'])
      expect(text).not.toContain(hidden)
    const lines = await client.export.reveal({ id: shown.id, whole: true })
    await client.export.write({ id: shown.id })
    expect(textOf(lines)).toBe(nodeFs.readFileSync(path, 'utf8').replaceAll('\r\n', '\n'))
    const { entries } = await client.vault.auditTrail()
    expect(entries.map(({ action }) => action).slice(-2)).toEqual(['reveal', 'export'])
    expect(JSON.stringify(entries)).not.toContain('canary')
  })

  it('shows nothing and writes nothing while the interface is locked', async () => {
    const { client, choose, read } = await aPlace('A=1\n')
    const { id } = await preview(client, choose())
    await client.vault.lockInterface()
    const calls = [
      () => preview(client, choose()),
      () => client.export.reveal({ id, whole: true }),
      () => client.export.write({ id }),
      () => client.export.take({ content: choose(), how: 'copy' }),
      () => client.export.earlier(),
    ]
    for (const call of calls) expect(await failureOf(call())).toMatchObject({ code: 'INTERFACE_LOCKED' })
    expect(read()).toBe('A=1\n')
  })

  it('is forgotten after a while, and says so', async () => {
    const { client, choose } = await aPlace()
    const { id } = await preview(client, choose())
    for (let more = 0; more < 4; more += 1) await preview(client, choose())
    expect(await failureOf(client.export.write({ id }))).toMatchObject({ code: 'EXPORT_EXPIRED' })
  })

  it('takes ~ for the home folder, and refuses a path that depends on where it is read', async () => {
    const { client, choose, host } = await aPlace()
    const shown = await preview(client, choose({ path: '~/export-test.env' }))
    expect(shown.path).toBe(join(dirname(host.dataFolder), 'export-test.env'))
    expect(await failureOf(preview(client, choose({ path: 'x/.env' })))).toMatchObject({
      code: 'FILE_REFUSED',
      data: { reason: 'not-absolute' },
    })
  })
})

describe('an export through the gateway', () => {
  const entryOf = (text: string) => configsOf(text)['glm-4.7'] ?? {}

  it('holds the address and the token of a client made for this file, and no real key', async () => {
    const { client, path, choose, read, modelId } = await aPlace()
    const { client: made } = await write(client, choose({ form: 'gateway' }))
    const [known] = await client.gateway.clients()
    expect(known).toMatchObject({ forFile: path, allowedModels: [modelId] })
    expect(made).toEqual({ name: known?.name, what: 'minted' })
    expect(known?.name.endsWith('/.env')).toBe(true)
    const { baseUrl } = await client.gateway.status()
    const entry = entryOf(read())
    expect(entry).toMatchObject({ api_base: baseUrl, provider: 'openai' })
    expect(entry['api_key']).toMatch(/^gw-/)
    expect(String(entry['api_key']).endsWith(known?.tokenLastFour ?? '?')).toBe(true)
    expect(read()).not.toContain('canary')
  })

  it('asks the next time: a kept token stays in its line, a rotated one is in every entry', async () => {
    const { client, choose, read, modelId, ids } = await aPlace()
    const second = await addModel(client, ['sk-canary-of-the-second-01'], { name: 'second' })
    const both = [
      { id: modelId, keyIds: ids },
      { id: second.modelId, keyIds: second.ids },
    ]
    await write(client, choose({ form: 'gateway', models: both }))
    const first = read()
    const asked: ExportPreview = await preview(client, choose({ form: 'gateway' }))
    expect(asked.client).toMatchObject({ canKeep: true })
    expect(asked.isUnchanged).toBe(true)
    expect(await write(client, choose({ form: 'gateway', token: 'keep' }))).toMatchObject({ client: { what: 'kept' } })
    expect(read()).toBe(first)
    expect(await write(client, choose({ form: 'gateway', token: 'rotate' }))).toMatchObject({
      client: { what: 'rotated' },
    })
    const tokens = Object.values(configsOf(read())).map((entry) => entry['api_key'])
    expect(new Set(tokens).size).toBe(1)
    expect(tokens[0]).not.toBe(entryOf(first)['api_key'])
    const clients = await client.gateway.clients()
    expect(clients).toHaveLength(1)
    expect(String(tokens[0]).endsWith(clients[0]?.tokenLastFour ?? '?')).toBe(true)
  })

  it('rotates where the token is no longer in the file, and lets the client use what is new in it', async () => {
    const { client, path, choose, read, modelId } = await aPlace()
    await write(client, choose({ form: 'gateway' }))
    nodeFs.rmSync(path)
    const second = await addModel(client, ['sk-canary-of-the-second-01'], { name: 'second' })
    const choice = choose({ form: 'gateway', models: [{ id: second.modelId, keyIds: [] }], token: 'keep' })
    const shown = await preview(client, choice)
    expect(shown.client).toMatchObject({ canKeep: false })
    expect(await client.export.write({ id: shown.id })).toMatchObject({ client: { what: 'rotated' } })
    expect(Object.keys(configsOf(read()))).toEqual(['second'])
    expect((await client.gateway.clients())[0]?.allowedModels).toEqual([modelId, second.modelId])
  })

  it('leaves no client behind when the file could not be written', async () => {
    const { client, path, choose } = await aPlace('A=1\n')
    const { id } = await preview(client, choose({ form: 'gateway' }))
    nodeFs.writeFileSync(path, 'A=2\n')
    expect(await failureOf(client.export.write({ id }))).toMatchObject({ code: 'FILE_CHANGED' })
    expect(await client.gateway.clients()).toEqual([])
  })

  it('does not rotate a token that it could not write', async () => {
    const { client, path, choose } = await aPlace()
    await write(client, choose({ form: 'gateway' }))
    const [before] = await client.gateway.clients()
    const { id } = await preview(client, choose({ form: 'gateway', token: 'rotate' }))
    nodeFs.appendFileSync(path, 'A=2\n')
    expect(await failureOf(client.export.write({ id }))).toMatchObject({ code: 'FILE_CHANGED' })
    expect((await client.gateway.clients())[0]?.tokenLastFour).toBe(before?.tokenLastFour)
  })
})

describe('an export through the page', () => {
  it('is the text of a new file, and is noted', async () => {
    const { client, choose } = await aPlace()
    const taken = await client.export.take({ content: choose(), how: 'download' })
    expect(taken).toMatchObject({ fileName: '.env', clearedAfterMs: null })
    expect(configsOf(taken.text ?? '')['glm-4.7']?.['api_key']).toEqual(secrets)
    const { entries } = await client.vault.auditTrail()
    expect(entries.at(-1)).toMatchObject({ action: 'export', subject: '1 models, 2 keys: download' })
  })

  it('is put on the clipboard by main where main can, and taken back after half a minute', async () => {
    const clipboard = {
      held: '',
      read: async () => clipboard.held,
      write: async (text: string) => void (clipboard.held = text),
      clear: () => void (clipboard.held = ''),
    }
    const { client, clock } = await anOpenApp({ clipboard })
    const { modelId, ids } = await addModel(client, secrets)
    const content = { models: [{ id: modelId, keyIds: ids }], format: 'json' as const, form: 'keys' as const }
    expect(await client.export.take({ content, how: 'copy' })).toEqual({
      text: null,
      fileName: 'models.json',
      clearedAfterMs: 30_000,
    })
    expect(clipboard.held).toContain('canary')
    await clock.advance(30_000)
    expect(clipboard.held).toBe('')
  })
})

describe('the earlier versions of a file', () => {
  it('are kept encrypted in the data folder and nowhere else, and can be put back', async () => {
    const { client, folder, path, choose, read, host } = await aPlace(realWorldEnv, 0o640)
    await write(client, choose())
    const after = read()
    expect(nodeFs.readdirSync(folder)).toEqual(['.env'])
    const kept = join(host.dataFolder, 'earlier-files')
    for (const name of nodeFs.readdirSync(kept)) {
      expect(nodeFs.readFileSync(join(kept, name), 'latin1')).not.toContain('secret-of-the-database')
      expect(nodeFs.statSync(join(kept, name)).mode & 0o777).toBe(0o600)
    }
    const [version] = await client.export.earlier()
    expect(version).toMatchObject({ path, bytes: Buffer.byteLength(realWorldEnv) })
    const shown = await client.export.previewEarlier({ id: version?.id ?? '', whole: false })
    await client.export.write({ id: shown.id })
    expect(read()).toBe(realWorldEnv)
    expect(nodeFs.statSync(path).mode & 0o777).toBe(0o640)
    expect(await client.export.earlier()).toHaveLength(2)
    expect(after).not.toBe(realWorldEnv)
  })

  it('are ten for each file, the newest even of one millisecond, and outlive a new data key', async () => {
    const { client, path, choose, read } = await aPlace('')
    for (let nth = 0; nth < 12; nth += 1) {
      nodeFs.writeFileSync(path, `N=${nth}\n`)
      await write(client, choose())
    }
    await client.vault.replaceDataKey({ passphrase: 'correct horse battery staple' })
    const versions = await client.export.earlier()
    expect(versions).toHaveLength(10)
    const shown = await client.export.previewEarlier({ id: versions.at(-1)?.id ?? '', whole: true })
    await client.export.write({ id: shown.id })
    expect(read()).toBe('N=2\n')
  })

  it('that are not there are said to be gone', async () => {
    const { client } = await aPlace()
    for (const id of ['../vault.keywheel', `${'0'.repeat(24)}-${'1'.repeat(13)}-${'2'.repeat(8)}.sealed`]) {
      expect(await failureOf(client.export.previewEarlier({ id, whole: true }))).toMatchObject({
        code: 'EARLIER_VERSION_NOT_FOUND',
      })
    }
  })
})
