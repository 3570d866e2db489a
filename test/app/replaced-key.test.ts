import { describe, expect, it, onTestFinished } from 'vitest'
import { addModel, anOpenApp, failureOf, say, type TestClient } from '../support/open-app.ts'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'

const old = 'sk-canary-of-the-old-one-0001'
const fresh = 'sk-canary-of-the-new-one-0002'
const third = 'sk-canary-of-a-third-one-0003'

async function withProvider() {
  const app = await anOpenApp()
  const provider = await startMockUpstream(['m'])
  onTestFinished(() => provider.close())
  provider.script(old, upstream.says('old'))
  const added = await addModel(app.client, [old], { name: 'm', apiBase: provider.url })
  return { ...app, ...added, provider }
}

const chat = async (client: TestClient, modelId: Parameters<typeof say>[0]) =>
  (await Array.fromAsync(await client.playground.chat(say(modelId)))).at(-1)?.kind

const keyOf = async (client: TestClient) => (await client.models.list())[0]?.keys[0]

/** Saves follow one another: when this one is done, so is any that an answer led to. */
const afterEverySave = (client: TestClient, modelId: Parameters<typeof say>[0]) =>
  client.models.edit({ id: modelId, edit: { temperature: 1 }, allowNewHost: false })

describe('a replaced secret', () => {
  it('is kept until the new one has served, and then forgotten', async () => {
    const { client, modelId, id, provider } = await withProvider()
    provider.script(fresh, upstream.says('new'))
    await client.keys.edit({ modelId, id, edit: { secret: fresh } })
    expect(await keyOf(client)).toMatchObject({ lastFour: '0002', replaced: { lastFour: '0001' } })
    expect(await chat(client, modelId)).toBe('done')
    await expect.poll(async () => (await keyOf(client))?.replaced).toBeNull()
    expect(provider.requests.map(({ key }) => key)).toEqual([fresh])
    expect(await failureOf(client.keys.restoreSecret({ modelId, id }))).toMatchObject({ code: 'OLD_SECRET_FORGOTTEN' })
  })

  it('can be put back when the new one is refused, and serves again', async () => {
    const { client, modelId, id, provider } = await withProvider()
    provider.script(fresh, upstream.refuses(401))
    await client.keys.edit({ modelId, id, edit: { secret: fresh } })
    expect(await chat(client, modelId)).toBe('failed')
    expect(await keyOf(client)).toMatchObject({ state: { kind: 'rejected' }, replaced: { lastFour: '0001' } })
    await client.keys.restoreSecret({ modelId, id })
    expect(await keyOf(client)).toMatchObject({ lastFour: '0001', state: { kind: 'ready' }, replaced: null })
    expect(await client.keys.reveal({ modelId, id })).toEqual({ secret: old })
    expect(await chat(client, modelId)).toBe('done')
  })

  it('of several in a row is the first, which is the one that has served', async () => {
    const { client, modelId, id } = await withProvider()
    await client.keys.edit({ modelId, id, edit: { secret: fresh } })
    await client.keys.edit({ modelId, id, edit: { secret: third } })
    expect(await keyOf(client)).toMatchObject({ lastFour: '0003', replaced: { lastFour: '0001' } })
    await client.keys.restoreSecret({ modelId, id })
    expect(await client.keys.reveal({ modelId, id })).toEqual({ secret: old })
  })

  it('is not forgotten for an answer that the old secret gave', async () => {
    const { client, modelId, id, provider } = await withProvider()
    const answering = Promise.withResolvers<void>()
    provider.script(old, upstream.held(answering.promise, upstream.says('old')))
    const chatting = chat(client, modelId)
    await expect.poll(() => provider.requests.length).toBe(1)
    await client.keys.edit({ modelId, id, edit: { secret: fresh } })
    answering.resolve()
    expect(await chatting).toBe('done')
    await afterEverySave(client, modelId)
    expect((await keyOf(client))?.replaced).toEqual({ lastFour: '0001' })
  })

  it('survives a lock and a new data key', async () => {
    const { client, modelId, id } = await withProvider()
    await client.keys.edit({ modelId, id, edit: { secret: fresh } })
    await client.vault.replaceDataKey({ passphrase: 'another long passphrase' })
    await client.vault.lock()
    await client.vault.unlock({ passphrase: 'another long passphrase' })
    await client.keys.restoreSecret({ modelId, id })
    expect(await client.keys.reveal({ modelId, id })).toEqual({ secret: old })
  })

  it('is the same secret when the same is pasted again: nothing is replaced', async () => {
    const { client, modelId, id } = await withProvider()
    await client.keys.edit({ modelId, id, edit: { secret: old } })
    expect((await keyOf(client))?.replaced).toBeNull()
  })
})
