import { readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { NewClient } from '../../../shared/gateway.ts'
import { createScanner } from '../../leaks/scanner.ts'
import { anOpenApp, failureOf } from '../../support/open-app.ts'
import { aPassphrase, aTestApp } from '../../support/test-app.ts'

const aNewClient = (over: Partial<NewClient> = {}): NewClient => ({
  name: 'notebook',
  allowedModels: null,
  requestsPerMinute: null,
  tokensPerDay: null,
  ...over,
})

describe('the clients of the gateway', () => {
  it('are given a token of 256 bits once, and shown by its last four characters from then on', async () => {
    const { client: page } = await anOpenApp()
    const { token, client } = await page.gateway.addClient(aNewClient())
    expect(token).toMatch(/^gw-[\w-]{43}$/)
    expect(client).toMatchObject({ name: 'notebook', tokenLastFour: token.slice(-4), lastSeenAtMs: null, requests: 0 })
    const listed = await page.gateway.clients()
    expect(listed).toEqual([client])
    expect(JSON.stringify(listed)).not.toContain(token.slice(3, 30))
  })

  it('are kept in the vault as digests, and no file holds a token in any form', async () => {
    const { client: page, host, app } = await anOpenApp()
    const { token, client } = await page.gateway.addClient(aNewClient())
    const { token: renewed } = await page.gateway.rotateClient({ id: client.id })
    await app.close()
    const scanner = createScanner({ token: token.slice(3), renewed: renewed.slice(3) })
    const names = await readdir(host.dataFolder, { recursive: true, withFileTypes: true })
    const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    expect(files.map((file) => basename(file))).toContain('vault.keywheel')
    for (const file of files) expect(scanner.scan(file, await readFile(file))).toEqual([])
  })

  it('are there again after a restart, and models that are edited do not lose them', async () => {
    const first = await anOpenApp()
    await first.client.gateway.addClient(aNewClient())
    await first.client.models.add({
      name: 'm',
      provider: null,
      apiBase: 'https://api.openai.com/v1',
      temperature: null,
      strategy: 'ordered',
    })
    await first.app.close()
    const second = await aTestApp({ dataFolder: first.host.dataFolder })
    expect(await second.client.gateway.clients()).toEqual([])
    await second.client.vault.unlock({ passphrase: aPassphrase })
    expect(await second.client.gateway.clients()).toMatchObject([{ name: 'notebook' }])
  })

  it('stay known while the vault is locked, and cannot be changed then', async () => {
    const { client: page } = await anOpenApp()
    await page.gateway.addClient(aNewClient())
    await page.vault.lock()
    expect(await page.gateway.clients()).toMatchObject([{ name: 'notebook' }])
    expect(await failureOf(page.gateway.addClient(aNewClient({ name: 'other' })))).toMatchObject({
      code: 'VAULT_LOCKED',
    })
  })

  it('are added, changed, given new tokens and revoked only at an open interface', async () => {
    const { client: page } = await anOpenApp()
    const { client } = await page.gateway.addClient(aNewClient())
    const { id } = client
    await page.vault.lockInterface()
    const refused = [
      page.gateway.addClient(aNewClient({ name: 'other' })),
      page.gateway.editClient({ id, edit: { tokensPerDay: 5 } }),
      page.gateway.rotateClient({ id }),
      page.gateway.revokeClient({ id }),
    ]
    const codes = (await Promise.all(refused.map(failureOf))).map(({ code }) => code)
    expect(codes).toEqual(refused.map(() => 'INTERFACE_LOCKED'))
    expect(await page.gateway.clients()).toEqual([client])
  })

  it('have names of their own, and none that this application uses for itself', async () => {
    const { client: page } = await anOpenApp()
    await page.gateway.addClient(aNewClient())
    const { client: other } = await page.gateway.addClient(aNewClient({ name: 'other' }))
    const taken = [
      page.gateway.addClient(aNewClient()),
      page.gateway.addClient(aNewClient({ name: ' notebook ' })),
      page.gateway.addClient(aNewClient({ name: 'playground' })),
      page.gateway.editClient({ id: other.id, edit: { name: 'notebook' } }),
    ]
    const codes = (await Promise.all(taken.map(failureOf))).map(({ code }) => code)
    expect(codes).toEqual(taken.map(() => 'CLIENT_NAME_TAKEN'))
    expect(await page.gateway.editClient({ id: other.id, edit: { name: 'other' } })).toMatchObject({ name: 'other' })
  })

  it('keep what an edit does not name', async () => {
    const { client: page } = await anOpenApp()
    const { client } = await page.gateway.addClient(aNewClient({ requestsPerMinute: 5 }))
    const edited = await page.gateway.editClient({ id: client.id, edit: { tokensPerDay: 1000 } })
    expect(edited).toEqual({ ...client, tokensPerDay: 1000 })
    expect(await page.gateway.editClient({ id: client.id, edit: { requestsPerMinute: null } })).toEqual({
      ...client,
      tokensPerDay: 1000,
      requestsPerMinute: null,
    })
  })

  it('get another token in place of the one before', async () => {
    const { client: page } = await anOpenApp()
    const before = await page.gateway.addClient(aNewClient())
    const after = await page.gateway.rotateClient({ id: before.client.id })
    expect(after.token).not.toBe(before.token)
    expect(after.client).toEqual({ ...before.client, tokenLastFour: after.token.slice(-4) })
  })

  it('are gone when they are revoked, and what is done to them stands in the list of what was done', async () => {
    const { client: page } = await anOpenApp()
    const { client } = await page.gateway.addClient(aNewClient())
    await page.gateway.editClient({ id: client.id, edit: { name: 'laptop' } })
    await page.gateway.rotateClient({ id: client.id })
    await page.gateway.revokeClient({ id: client.id })
    expect(await page.gateway.clients()).toEqual([])
    expect(await failureOf(page.gateway.revokeClient({ id: client.id }))).toMatchObject({ code: 'CLIENT_NOT_FOUND' })
    const { entries, isWhole } = await page.vault.auditTrail()
    expect(isWhole).toBe(true)
    expect(entries.map(({ action, subject }) => `${action} ${subject}`).slice(-4)).toEqual([
      'add-client notebook',
      'edit-client laptop',
      'rotate-client laptop',
      'revoke-client laptop',
    ])
  })

  it('that were revoked or given another token are not brought back by a backup', async () => {
    const { client: page } = await anOpenApp()
    const revoked = await page.gateway.addClient(aNewClient({ name: 'revoked' }))
    const rotated = await page.gateway.addClient(aNewClient({ name: 'rotated' }))
    const [backup] = await page.vault.backups()
    await page.gateway.revokeClient({ id: revoked.client.id })
    const { client } = await page.gateway.rotateClient({ id: rotated.client.id })
    await page.vault.restoreBackup({ name: backup?.name ?? '', opener: { passphrase: aPassphrase } })
    expect(await page.gateway.clients()).toEqual([client])
  })

  it('come from the backup where the vault itself could not be opened', async () => {
    const first = await anOpenApp()
    await first.client.gateway.addClient(aNewClient())
    await first.client.gateway.addClient(aNewClient({ name: 'later' }))
    await first.app.close()
    const { dataFolder } = first.host
    await writeFile(join(dataFolder, 'vault.keywheel'), 'damaged')
    const { client: page } = await aTestApp({ dataFolder })
    const [backup] = await page.vault.backups()
    await page.vault.restoreBackup({ name: backup?.name ?? '', opener: { passphrase: aPassphrase } })
    expect(await page.gateway.clients()).toMatchObject([{ name: 'notebook' }])
  })
})
