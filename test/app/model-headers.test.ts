import { describe, expect, it, onTestFinished } from 'vitest'
import { addModel, anOpenApp, failureOf, say } from '../support/open-app.ts'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { HeaderId } from '../../shared/identity.ts'
import type { HeaderRow } from '../../shared/model-headers.ts'

const secret = 'sk-canary-of-the-model-00001'
const canary = 'canary-of-an-extra-header-0001'
const added = (name: string, value: string): HeaderRow => ({ id: null, name, value })

async function withHeaders(...rows: readonly HeaderRow[]) {
  const app = await anOpenApp()
  const provider = await startMockUpstream(['m'])
  onTestFinished(() => provider.close())
  provider.script(secret, upstream.says('hello'))
  const { modelId, id: keyId } = await addModel(app.client, [secret], { name: 'm', apiBase: provider.url })
  const { client } = app
  const set = (headers: readonly HeaderRow[]) =>
    client.models.edit({ id: modelId, edit: { headers: [...headers] }, allowNewHost: false })
  const headers = async () => (await client.models.list())[0]?.headers ?? []
  const chat = async () => (await Array.fromAsync(await client.playground.chat(say(modelId)))).at(-1)?.kind
  const sent = (name: string) => provider.requests.map(({ headers: all }) => all[name])
  await set(rows)
  return { ...app, provider, modelId, keyId, set, headers, chat, sent }
}

/** Rows that keep what is there. */
const kept = (views: readonly { id: HeaderRow['id']; name: string }[]) => views.map(({ id, name }) => ({ id, name }))

describe("a model's extra headers", () => {
  it('are sent with a chat, a test of a key and a trial of one at its address', async () => {
    const { client, provider, modelId, keyId, chat, sent } = await withHeaders(added('X-Team', canary))
    expect(await chat()).toBe('done')
    await client.keys.test({ modelId, id: keyId })
    const target = { name: 'm', apiBase: provider.url, provider: null }
    await client.keys.trial({ target, secret, modelId })
    expect(sent('x-team')).toEqual([canary, canary, canary])
    await client.keys.trial({ target, secret })
    await client.keys.trial({ target: { ...target, apiBase: `${provider.url}/elsewhere` }, secret, modelId })
    expect(sent('x-team').slice(3).filter(Boolean)).toEqual([])
  })

  it('reach the page as names and last four characters, and a short one as its name', async () => {
    const { client, headers } = await withHeaders(added('X-Team', canary), added('X-Title', 'My App'))
    expect(await headers()).toMatchObject([
      { name: 'X-Team', lastFour: '0001' },
      { name: 'X-Title', lastFour: '' },
    ])
    expect(JSON.stringify(await client.models.list())).not.toMatch(/canary|My App/)
  })

  it('are shown one by one when a person asks, which is noted by name', async () => {
    const { client, modelId, headers } = await withHeaders(added('X-Team', canary))
    const [header] = await headers()
    expect(await client.models.revealHeader({ modelId, id: header!.id })).toEqual({ secret: canary })
    const { entries } = await client.vault.auditTrail()
    expect(entries.slice(-2).map(({ action, subject }) => `${action} ${subject}`)).toEqual([
      'change-headers m',
      'reveal m / X-Team',
    ])
    await client.settings.set({ presentation: true })
    expect(await failureOf(client.models.revealHeader({ modelId, id: header!.id }))).toMatchObject({
      code: 'PRESENTING',
    })
  })

  it('can be renamed, given another value, put in another order and taken away', async () => {
    const { set, headers, chat, provider } = await withHeaders(added('X-A', 'first'), added('X-B', 'second'))
    const [a, b] = await headers()
    await set([
      { id: b!.id, name: 'X-C' },
      { id: a!.id, name: 'X-A', value: 'another' },
    ])
    expect((await headers()).map(({ name }) => name)).toEqual(['X-C', 'X-A'])
    expect(await chat()).toBe('done')
    expect(provider.requests[0]?.headers).toMatchObject({ 'x-c': 'second', 'x-a': 'another' })
    await set([])
    expect(await chat()).toBe('done')
    expect(provider.requests[1]?.headers).not.toHaveProperty('x-c')
  })

  it('come back with their values as long as nothing else was changed of them', async () => {
    const { set, headers, chat, sent } = await withHeaders(added('X-Team', canary))
    const before = kept(await headers())
    await set([added('X-Other', 'value')])
    await set(before)
    expect(await chat()).toBe('done')
    expect(sent('x-team')).toEqual([canary])
    await set([])
    await set([added('X-New', 'value')])
    expect(await failureOf(set(before))).toMatchObject({ code: 'HEADER_NOT_FOUND' })
    expect((await headers()).map(({ name }) => name)).toEqual(['X-New'])
  })

  it('belong to the host of the model: it is asked about before they go to another one', async () => {
    const { client, modelId, set, chat, sent } = await withHeaders(added('X-Team', canary))
    const other = await startMockUpstream(['m'])
    onTestFinished(() => other.close())
    other.script(secret, upstream.says('hello'))
    const move = (allowNewHost: boolean) =>
      client.models.edit({ id: modelId, edit: { apiBase: other.url }, allowNewHost })
    expect(await failureOf(move(false))).toMatchObject({ code: 'KEY_TO_OTHER_HOST' })
    await move(true)
    expect(await chat()).toBe('done')
    expect(other.requests.map(({ headers }) => headers['x-team'])).toEqual([canary])
    expect(sent('x-team')).toEqual([])
    await set([])
  })

  it('of a model without keys ask about another host too', async () => {
    const { client } = await anOpenApp()
    const id = (
      await client.models.add({
        name: 'm',
        provider: null,
        apiBase: 'https://a.example/v1',
        temperature: null,
        strategy: 'ordered',
      })
    ).id
    const edit = (change: object) => client.models.edit({ id, edit: change, allowNewHost: false })
    await edit({ headers: [added('X-Team', canary)] })
    expect(await failureOf(edit({ apiBase: 'https://b.example/v1' }))).toMatchObject({ code: 'KEY_TO_OTHER_HOST' })
  })

  it('are not to be had, sent or changed while the vault is locked', async () => {
    const { client, modelId, set, headers, chat, sent } = await withHeaders(added('X-Team', canary))
    const [header] = await headers()
    await client.vault.lock()
    expect(await failureOf(client.models.revealHeader({ modelId, id: header!.id }))).toMatchObject({
      code: 'VAULT_LOCKED',
    })
    expect(await failureOf(set([]))).toHaveProperty('code')
    expect(await chat()).toBe('failed')
    expect(sent('x-team')).toEqual([])
  })

  it('are not changed while the interface is locked, and go on being sent', async () => {
    const { client, set, chat, sent } = await withHeaders(added('X-Team', canary))
    await client.vault.lockInterface()
    expect(await failureOf(set([]))).toMatchObject({ code: 'INTERFACE_LOCKED' })
    expect(await chat()).toBe('done')
    expect(sent('x-team')).toEqual([canary])
  })

  it('are there again after a lock, another data key and a restored backup', async () => {
    const { client, headers, set, chat, sent } = await withHeaders(added('X-Team', canary))
    await client.vault.replaceDataKey({ passphrase: 'another long passphrase' })
    await client.vault.lock()
    await client.vault.unlock({ passphrase: 'another long passphrase' })
    await set([...kept(await headers()), added('X-Other', 'value')])
    const [newest] = await client.vault.backups()
    await client.vault.restoreBackup({
      name: newest!.name,
      opener: { passphrase: 'another long passphrase' },
    })
    expect((await headers()).map(({ name }) => name)).toEqual(['X-Team'])
    expect(await chat()).toBe('done')
    expect(sent('x-team')).toEqual([canary])
  })

  it('are forgotten with their model when the bin is emptied, and the backups that hold them named', async () => {
    const { client, modelId, headers } = await withHeaders(added('X-Team', canary))
    const [header] = await headers()
    await client.models.remove({ id: modelId })
    const { holding } = await client.bin.purge({ modelIds: [modelId], keyIds: [] })
    expect(holding.length).toBeGreaterThan(0)
    expect(await client.bin.list()).toEqual([])
    expect(await failureOf(client.models.revealHeader({ modelId, id: header!.id }))).toHaveProperty('code')
  })

  it('that no rule allows are refused by row and field, and nothing is saved', async () => {
    const { set, headers } = await withHeaders(added('X-Team', canary))
    const before = await headers()
    const wrong = await failureOf(set([...kept(before), added('Authorization', `Bearer ${canary}`)]))
    expect(wrong).toMatchObject({
      code: 'BAD_REQUEST',
      data: { issues: [{ path: ['edit', 'headers', 1, 'name'], message: 'header_name_key' }] },
    })
    expect(JSON.stringify(wrong)).not.toContain(canary)
    expect(await headers()).toEqual(before)
    expect(await failureOf(set([{ id: HeaderId.parse('nowhere'), name: 'X-A' }]))).toMatchObject({
      code: 'HEADER_NOT_FOUND',
    })
  })
})
