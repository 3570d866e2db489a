import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createScanner } from '../leaks/scanner.ts'
import { anOpenApp, failureOf } from '../support/open-app.ts'
import { aPassphrase, aTestApp } from '../support/test-app.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { aConversation, anAnswer, aPane, aPreset, aQuestion } from './a-conversation.ts'

const files = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

const sealedFiles = (dataFolder: string) => files(join(dataFolder, 'conversations'))

const canaries = {
  question: 'canary-of-the-question-7b1d',
  answer: 'canary-of-the-answer-90ac',
  title: 'canary-of-the-title-33fe',
  system: 'canary-of-the-system-prompt-c2',
}
const secretive = () =>
  aConversation({
    title: canaries.title,
    system: canaries.system,
    panes: [aPane(aQuestion('q', canaries.question), anAnswer('a', canaries.answer, 'q'))],
  })

describe('what is kept of a conversation', () => {
  it('is nowhere in the data folder in clear', async () => {
    const { client, app, host } = await anOpenApp()
    const kept = secretive()
    await client.conversations.save(kept)
    await client.conversations.savePreset(aPreset({ system: canaries.system, name: canaries.title }))
    await client.conversations.search({ words: canaries.answer })
    await app.close()
    expect(sealedFiles(host.dataFolder)).toHaveLength(2)
    const scanner = createScanner(canaries)
    expect(files(host.dataFolder).flatMap((path) => scanner.scan(path, readFileSync(path)))).toEqual([])
  })

  it('cannot be read, searched, changed or listed while the vault is locked', async () => {
    const { client } = await anOpenApp()
    const kept = secretive()
    await client.conversations.save(kept)
    await client.conversations.remove({ id: kept.id })
    await client.vault.lock()
    const { id } = kept
    for (const call of [
      () => client.conversations.list(),
      () => client.conversations.get({ id }),
      () => client.conversations.save(kept),
      () => client.conversations.rename({ id, title: 'x' }),
      () => client.conversations.remove({ id }),
      () => client.conversations.restore({ id }),
      () => client.conversations.search({ words: 'canary' }),
      () => client.conversations.presets(),
      () => client.conversations.savePreset(aPreset()),
    ])
      expect(await failureOf(call())).toMatchObject({ code: 'VAULT_LOCKED' })
  })

  it('cannot be read while the interface is locked', async () => {
    const { client } = await anOpenApp()
    await client.conversations.save(secretive())
    await client.vault.lockInterface()
    expect(await failureOf(client.conversations.list())).toMatchObject({ code: 'INTERFACE_LOCKED' })
  })

  it('opens as before when the vault has a new data key', async () => {
    const { client } = await anOpenApp()
    const kept = secretive()
    await client.conversations.save(kept)
    await client.vault.replaceDataKey({ passphrase: aPassphrase })
    expect((await client.conversations.get({ id: kept.id })).title).toBe(canaries.title)
    await client.vault.lock()
    await client.vault.unlock({ passphrase: aPassphrase })
    expect((await client.conversations.get({ id: kept.id })).title).toBe(canaries.title)
  })

  it('does not open with the key of another vault, and is not taken for damaged by it', async () => {
    const { client, host } = await anOpenApp()
    const kept = secretive()
    await client.conversations.save(kept)
    const other = await anOpenApp()
    await other.client.conversations.save(aConversation())
    cpSync(join(host.dataFolder, 'conversations'), join(other.host.dataFolder, 'conversations'), { recursive: true })
    await other.client.vault.lock()
    await other.client.vault.unlock({ passphrase: aPassphrase })
    const listed = await other.client.conversations.list()
    expect(listed).toMatchObject({ conversations: [{ title: 'About cats' }], damaged: 0 })
    const [folder] = readdirSync(join(host.dataFolder, 'conversations'))
    const [ofOther] = readdirSync(join(other.host.dataFolder, 'conversations')).filter((name) => name !== folder)
    cpSync(join(host.dataFolder, 'conversations', folder!), join(other.host.dataFolder, 'conversations', ofOther!), {
      recursive: true,
    })
    await other.client.vault.lock()
    await other.client.vault.unlock({ passphrase: aPassphrase })
    expect(await other.client.conversations.list()).toMatchObject({ conversations: [{}], damaged: 1 })
    expect(await failureOf(other.client.conversations.get({ id: kept.id }))).toMatchObject({
      code: 'CONVERSATION_NOT_FOUND',
    })
  })

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['one bit is another', (bytes) => Buffer.concat([bytes.subarray(0, -1), Buffer.from([bytes.at(-1)! ^ 1])])],
    ['its end is missing', (bytes) => bytes.subarray(0, bytes.length - 9)],
    ['it is empty', () => Buffer.alloc(0)],
    ['it is a text', () => Buffer.from('{"id":1}')],
  ])('is set aside and counted when %s, and the others are listed', async (_what, damage) => {
    const { client, host } = await anOpenApp()
    await client.conversations.save(secretive())
    const [path] = sealedFiles(host.dataFolder)
    await client.conversations.save(aConversation())
    const damaged = damage(readFileSync(path!))
    writeFileSync(path!, damaged)
    await client.vault.lock()
    await client.vault.unlock({ passphrase: aPassphrase })
    for (let look = 0; look < 2; look += 1)
      expect(await client.conversations.list()).toMatchObject({ conversations: [{ title: 'About cats' }], damaged: 1 })
    const aside = sealedFiles(host.dataFolder).find((file) => file.includes('.damaged-'))
    expect(readFileSync(aside!)).toEqual(damaged)
  })

  it('is not what another conversation was, whoever renames the files', async () => {
    const { client, host } = await anOpenApp()
    await client.conversations.save(secretive())
    const [first] = sealedFiles(host.dataFolder)
    const second = aConversation()
    await client.conversations.save(second)
    cpSync(first!, join(first!, '..', `${second.id}.sealed`))
    await client.vault.lock()
    await client.vault.unlock({ passphrase: aPassphrase })
    expect(await client.conversations.list()).toMatchObject({ conversations: [{ title: canaries.title }], damaged: 1 })
  })
})

describe('before there is a vault', () => {
  it('a conversation is kept in memory only, and says so', async () => {
    const { client, app, host } = await aTestApp()
    await client.conversations.save(secretive())
    expect(await client.conversations.list()).toMatchObject({ kept: 'memory', conversations: [{ messages: 2 }] })
    await app.close()
    const scanner = createScanner(canaries)
    expect(files(host.dataFolder).flatMap((path) => scanner.scan(path, readFileSync(path)))).toEqual([])
    const next = await aTestApp({ dataFolder: host.dataFolder })
    expect((await next.client.conversations.list()).conversations).toEqual([])
  })

  it('what was said goes into the vault as soon as there is one', async () => {
    const { client } = await aTestApp({ dataFolder: temporaryFolder() })
    const kept = secretive()
    await client.conversations.save(kept)
    await client.conversations.savePreset(aPreset())
    await client.vault.create({ protection: 'pass', passphrase: aPassphrase })
    expect(await client.conversations.list()).toMatchObject({ kept: 'vault', conversations: [{ id: kept.id }] })
    await client.vault.lock()
    await client.vault.unlock({ passphrase: aPassphrase })
    expect((await client.conversations.get({ id: kept.id })).title).toBe(canaries.title)
    expect(await client.conversations.presets()).toHaveLength(1)
  })
})
