import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { addModel, anOpenApp, failureOf, say } from '../support/open-app.ts'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { aPassphrase, aTestApp } from '../support/test-app.ts'
import { aKeychain } from '../vault/vault-builder.ts'

const secret = 'sk-canary-of-the-recovery-01'
const newPassphrase = 'another long passphrase'

const groupsOf = (kit: string, places: readonly number[]) =>
  places.map((place) => ({ place, group: kit.split('-')[place] ?? '' }))

describe('the recovery kit', () => {
  it('is given once, confirmed by two of its groups, and opens a locked vault', async () => {
    const { client } = await anOpenApp()
    expect(await client.vault.status()).toMatchObject({ kit: 'none' })
    const { kit } = await client.vault.createKit()
    expect(await client.vault.status()).toMatchObject({ kit: 'unconfirmed' })
    expect(await client.vault.confirmKit({ groups: groupsOf(kit, [1, 6]) })).toMatchObject({ kit: 'confirmed' })
    expect(await client.vault.lock()).toMatchObject({ kit: 'present' })
    expect(await client.vault.unlockWithKit({ kit: kit.toLowerCase() })).toMatchObject({
      state: 'unlocked',
      interface: 'open',
      kit: 'confirmed',
    })
  })

  it('is not confirmed by groups that are wrong', async () => {
    const { client } = await anOpenApp()
    const { kit } = await client.vault.createKit()
    const [first] = groupsOf(kit, [0])
    const groups = [first!, { place: 3, group: 'AAAAA' }]
    expect(await failureOf(client.vault.confirmKit({ groups }))).toMatchObject({ code: 'WRONG_KIT' })
    expect(await client.vault.status()).toMatchObject({ kit: 'unconfirmed' })
  })

  it('that was mistyped is told by the groups to look at, and is no guess', async () => {
    const { client } = await anOpenApp()
    const { kit } = await client.vault.createKit()
    await client.vault.lock()
    const mistyped = kit.split('-').with(4, 'AAAAA').join('-')
    for (let nth = 0; nth < 8; nth += 1) {
      expect(await failureOf(client.vault.unlockWithKit({ kit: mistyped }))).toEqual({
        code: 'WRONG_KIT',
        data: { waitMs: 0, groups: [4] },
      })
    }
    expect(await client.vault.unlockWithKit({ kit })).toMatchObject({ state: 'unlocked' })
  })

  it('of another vault does not open this one, and after five tries there is a pause', async () => {
    const stranger = await anOpenApp()
    const { kit } = await stranger.client.vault.createKit()
    const { client, clock } = await anOpenApp()
    await client.vault.createKit()
    await client.vault.lock()
    const waits: unknown[] = []
    for (let nth = 0; nth < 5; nth += 1) waits.push((await failureOf(client.vault.unlockWithKit({ kit }))).data)
    expect(waits.at(-1)).toEqual({ waitMs: 5_000, groups: [] })
    await clock.advance(5_000)
    expect(await client.vault.unlock({ passphrase: aPassphrase })).toMatchObject({ state: 'unlocked' })
  })
})

describe('what opens the vault', () => {
  it('can be changed: a new passphrase, a keychain beside it, and never none at all', async () => {
    const { client } = await anOpenApp({ protectors: [aKeychain()] })
    await client.vault.changePassphrase({ passphrase: newPassphrase })
    expect(await client.vault.addProtection({ protection: 'os' })).toMatchObject({ protections: ['os', 'pass'] })
    expect(await client.vault.removeProtection({ protection: 'pass' })).toMatchObject({
      protections: ['os'],
      canVerify: false,
    })
    expect(await failureOf(client.vault.removeProtection({ protection: 'os' }))).toMatchObject({
      code: 'LAST_PROTECTION',
    })
    await client.vault.lock()
    expect(await failureOf(client.vault.unlock({ passphrase: newPassphrase }))).toMatchObject({
      code: 'PROTECTION_UNAVAILABLE',
    })
    expect(await client.vault.unlockWithProtector()).toMatchObject({ state: 'unlocked', interface: 'open' })
  })

  it('that this host does not have is named, and the vault stays as it is', async () => {
    const { client } = await anOpenApp()
    expect(await failureOf(client.vault.addProtection({ protection: 'os' }))).toMatchObject({
      code: 'PROTECTION_UNAVAILABLE',
    })
    await client.vault.lock()
    expect(await failureOf(client.vault.unlockWithProtector())).toMatchObject({ code: 'PROTECTION_UNAVAILABLE' })
  })
})

describe('a backup', () => {
  it('is listed with what it holds, newest first, and only by name and date while the vault is locked', async () => {
    const { client } = await anOpenApp()
    await addModel(client, [secret])
    const listed = await client.vault.backups()
    expect(listed.map(({ contents }) => contents)).toEqual([
      { models: 1, keys: 0 },
      { models: 0, keys: 0 },
    ])
    await client.vault.lock()
    const [newest] = await client.vault.backups()
    expect(newest).toEqual({ ...listed[0], contents: null })
    const opener = { passphrase: aPassphrase }
    expect(await client.vault.inspectBackup({ name: newest?.name ?? '', opener })).toEqual(listed[0])
  })

  it('takes the place of the vault, with its models, and what was there becomes a backup', async () => {
    const { client } = await anOpenApp()
    const { modelId } = await addModel(client, [secret])
    await client.models.remove({ id: modelId })
    await client.vault.changePassphrase({ passphrase: newPassphrase })
    const backups = await client.vault.backups()
    const name = backups.find(({ contents }) => contents?.keys === 1)?.name ?? ''
    expect(await failureOf(client.vault.restoreBackup({ name, opener: { passphrase: newPassphrase } }))).toMatchObject({
      code: 'WRONG_PASSPHRASE',
    })
    await client.vault.restoreBackup({ name, opener: { passphrase: aPassphrase } })
    expect((await client.models.list())[0]?.keys).toHaveLength(1)
    expect((await client.vault.backups()).map(({ reason }) => reason)).toContain('restore')
    expect((await client.vault.auditTrail()).entries.at(-1)).toMatchObject({ action: 'restore' })
  })

  it('brings back a vault that was damaged, and the damaged file is kept', async () => {
    const { client, app, host } = await anOpenApp()
    await addModel(client, [secret])
    await addModel(client, [`${secret}-b`], { name: 'second' })
    await app.close()
    const path = join(host.dataFolder, 'vault.keywheel')
    writeFileSync(path, readFileSync(path).subarray(0, 200))
    const again = await aTestApp({ dataFolder: host.dataFolder })
    expect(await again.client.vault.status()).toMatchObject({ state: 'damaged', interface: 'locked' })
    const [newest] = await again.client.vault.backups()
    const opener = { passphrase: aPassphrase }
    expect(await again.client.vault.restoreBackup({ name: newest?.name ?? '', opener })).toMatchObject({
      state: 'unlocked',
      interface: 'open',
    })
    expect((await again.client.models.list()).map(({ name }) => name)).toContain('gpt-4o')
    expect(readdirSync(host.dataFolder).some((file) => file.includes('.corrupt-'))).toBe(true)
  })

  it('that is not there is told as such', async () => {
    const { client } = await anOpenApp()
    expect(await failureOf(client.vault.removeBackup({ name: '../settings.json' }))).toMatchObject({
      code: 'BACKUP_NOT_FOUND',
    })
  })

  it('older than which the vault file has become is told as a rollback', async () => {
    const { client, app, host } = await anOpenApp()
    const path = join(host.dataFolder, 'vault.keywheel')
    const early = readFileSync(path)
    await addModel(client, [secret])
    await addModel(client, [`${secret}-b`], { name: 'second' })
    expect(await client.vault.status()).toMatchObject({ rollback: null })
    await app.close()
    writeFileSync(path, early)
    const again = await aTestApp({ dataFolder: host.dataFolder })
    expect(await again.client.vault.status()).toMatchObject({ rollback: { generation: 1 } })
  })
})

describe('a vault that is damaged beyond its backups', () => {
  it('can be set aside, and a new one made', async () => {
    const { app, host } = await anOpenApp()
    await app.close()
    writeFileSync(join(host.dataFolder, 'vault.keywheel'), 'not a vault')
    const again = (await aTestApp({ dataFolder: host.dataFolder })).client
    expect(await again.vault.setAside()).toMatchObject({ state: 'none' })
    expect(await again.vault.create({ protection: 'pass', passphrase: aPassphrase })).toMatchObject({
      state: 'unlocked',
    })
    expect(await failureOf(again.vault.setAside())).toMatchObject({ code: 'VAULT_EXISTS' })
  })
})

describe('a new data key', () => {
  it('closes older backups, ends the old passphrase and kit, and gives a new kit', async () => {
    const { client } = await anOpenApp()
    const { modelId, id } = await addModel(client, [secret])
    const { kit: oldKit } = await client.vault.createKit()
    const { kit } = await client.vault.replaceDataKey({ passphrase: newPassphrase })
    expect((await client.vault.backups()).map(({ contents }) => contents)).toEqual([null, null, null, null])
    await client.vault.lock()
    expect(await failureOf(client.vault.unlock({ passphrase: aPassphrase }))).toMatchObject({
      code: 'WRONG_PASSPHRASE',
    })
    expect(await failureOf(client.vault.unlockWithKit({ kit: oldKit }))).toMatchObject({ code: 'WRONG_KIT' })
    expect(await client.vault.unlockWithKit({ kit })).toMatchObject({ kit: 'unconfirmed' })
    expect(await client.keys.reveal({ modelId, id })).toEqual({ secret })
    expect(await client.vault.auditTrail()).toMatchObject({ isWhole: true })
  })

  it('is refused without a passphrase where there was one', async () => {
    const { client } = await anOpenApp({ protectors: [aKeychain()] })
    await client.vault.addProtection({ protection: 'os' })
    expect(await failureOf(client.vault.replaceDataKey({ passphrase: null }))).toEqual({
      code: 'PROTECTION_UNAVAILABLE',
      data: { protection: 'pass' },
    })
  })

  it('lets duplicates be seen as before', async () => {
    const { client } = await anOpenApp()
    const { modelId } = await addModel(client, [secret])
    await client.vault.replaceDataKey({ passphrase: newPassphrase })
    expect(await failureOf(client.keys.add({ modelId, keys: [{ secret }] }))).toMatchObject({
      code: 'DUPLICATE_KEY',
      data: { label: 'acct-1' },
    })
  })

  it('leaves the rotation knowing what it knew: a rejected key stays out, the order goes on', async () => {
    const { client } = await anOpenApp()
    const provider = await startMockUpstream(['m'])
    onTestFinished(() => provider.close())
    const alive = [`${secret}-a`, `${secret}-b`]
    for (const key of alive) provider.script(key, upstream.says('ok'))
    const { modelId } = await addModel(client, [secret, ...alive], {
      name: 'm',
      apiBase: provider.url,
      strategy: 'round-robin',
    })
    await Array.fromAsync(await client.playground.chat(say(modelId)))
    await Array.fromAsync(await client.playground.chat(say(modelId)))
    await client.vault.replaceDataKey({ passphrase: newPassphrase })
    expect((await client.models.list())[0]?.keys.map(({ state }) => state.kind)).toEqual(['rejected', 'ready', 'ready'])
    await Array.fromAsync(await client.playground.chat(say(modelId)))
    expect(provider.requests.map(({ key }) => key)).toEqual([secret, alive[0], alive[0], alive[1]])
  })
})
