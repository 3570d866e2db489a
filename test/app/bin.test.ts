import { describe, expect, it } from 'vitest'
import { addModel, anOpenApp, failureOf, importText } from '../support/open-app.ts'

const secrets = ['sk-canary-of-the-bin-0000001', 'sk-canary-of-the-bin-0000002', 'sk-canary-of-the-bin-0000003']

describe('the bin', () => {
  it('holds deleted models and keys without their secrets, and gives them back as they were', async () => {
    const { client, clock } = await anOpenApp()
    const { modelId, ids } = await addModel(client, secrets)
    expect(await client.bin.list()).toEqual([])
    await client.keys.remove({ modelId, ids: [ids[1]!] })
    const deletedAtMs = clock.wallMs()
    const key = { id: ids[1], label: 'acct-2', lastFour: '0002', deletedAtMs }
    expect(await client.bin.list()).toEqual([{ id: modelId, name: 'gpt-4o', deletedAtMs: null, keys: [key] }])
    await client.models.remove({ id: modelId })
    expect(await client.models.list()).toEqual([])
    expect((await client.bin.list())[0]).toMatchObject({ deletedAtMs, keys: [{}, key, {}] })
    expect(JSON.stringify(await client.bin.list())).not.toContain('canary')
    await client.models.restore({ id: modelId })
    expect(await client.keys.restore({ modelId, ids: [ids[1]!] })).toEqual({ stayed: [] })
    expect((await client.models.list())[0]?.keys.map(({ lastFour }) => lastFour)).toEqual(['0001', '0002', '0003'])
    expect(await client.keys.reveal({ modelId, id: ids[1]! })).toEqual({ secret: secrets[1] })
    expect(await client.bin.list()).toEqual([])
  })

  it('does not give back a key whose secret was added again meanwhile', async () => {
    const { client } = await anOpenApp()
    const { modelId, id } = await addModel(client, [secrets[0]!])
    await client.keys.remove({ modelId, ids: [id] })
    await client.keys.add({ modelId, keys: [{ secret: secrets[0]! }] })
    expect(await failureOf(client.keys.restore({ modelId, ids: [id] }))).toMatchObject({ code: 'DUPLICATE_KEY' })
    expect((await client.models.list())[0]?.keys).toHaveLength(1)
  })

  it('gives back one key of several, and forgets another one for good', async () => {
    const { client } = await anOpenApp()
    const { modelId, ids } = await addModel(client, secrets)
    await client.keys.remove({ modelId, ids })
    await client.keys.restore({ modelId, ids: [ids[1]!] })
    expect(await client.bin.purge({ modelIds: [], keyIds: [ids[0]!] })).toMatchObject({ keys: 1 })
    expect((await client.models.list())[0]?.keys.map(({ id }) => id)).toEqual([ids[1]])
    expect((await client.bin.list())[0]?.keys.map(({ id }) => id)).toEqual([ids[2]])
  })

  it('keeps what it holds over a lock', async () => {
    const { client } = await anOpenApp()
    const { modelId } = await addModel(client, secrets)
    await client.models.remove({ id: modelId })
    await client.vault.lock()
    expect(await client.bin.list()).toEqual([])
    await client.vault.unlock({ passphrase: 'correct horse battery staple' })
    expect((await client.bin.list())[0]?.keys).toHaveLength(3)
  })
})

describe('a purge', () => {
  it('forgets what is in the bin and names the backups that still hold it', async () => {
    const { client } = await anOpenApp()
    const { modelId, ids } = await addModel(client, secrets)
    await client.keys.remove({ modelId, ids: [ids[0]!] })
    const before = await client.vault.backups()
    const { keys, holding, closed } = await client.bin.purge({ modelIds: [], keyIds: [ids[0]!] })
    expect(keys).toBe(1)
    expect(closed).toEqual([])
    expect(holding.length).toBeGreaterThan(0)
    expect(before.map(({ name }) => name)).toEqual(expect.arrayContaining(holding.map(({ name }) => name)))
    expect(await client.bin.list()).toEqual([])
    for (const { name } of holding) await client.vault.removeBackup({ name })
    await client.models.remove({ id: modelId })
    const purged = await client.bin.purge({ modelIds: [modelId], keyIds: [] })
    expect(purged).toMatchObject({ keys: 2 })
    expect(purged.holding.map(({ name }) => name)).not.toEqual(expect.arrayContaining(holding.map(({ name }) => name)))
  })

  it('takes nothing that is in use', async () => {
    const { client } = await anOpenApp()
    const { modelId, ids } = await addModel(client, secrets)
    expect(await client.bin.purge({ modelIds: [modelId], keyIds: ids })).toMatchObject({ keys: 0, holding: [] })
    expect((await client.models.list())[0]?.keys).toHaveLength(3)
    expect(await client.keys.reveal({ modelId, id: ids[0]! })).toEqual({ secret: secrets[0] })
  })

  it('takes the replaced secret of a key with it', async () => {
    const { client } = await anOpenApp()
    const { modelId, id } = await addModel(client, [secrets[0]!])
    await client.keys.edit({ modelId, id, edit: { secret: secrets[1]! } })
    await client.keys.remove({ modelId, ids: [id] })
    await client.bin.purge({ modelIds: [], keyIds: [id] })
    const imported = `LLM_MODEL_CONFIGS='{"m":{"api_key":["${secrets[0]}","${secrets[1]}"],"api_base":"https://b.example/v1"}}'`
    // Known to no host any more, so nothing is asked.
    expect(await importText(client, imported)).toMatchObject({ keys: 2 })
  })

  it('says which backups it could not look into, after a new data key', async () => {
    const { client } = await anOpenApp()
    const { modelId, id } = await addModel(client, [secrets[0]!])
    await client.keys.remove({ modelId, ids: [id] })
    const older = (await client.vault.backups()).map(({ name }) => name)
    await client.vault.replaceDataKey({ passphrase: 'another long passphrase' })
    const { closed } = await client.bin.purge({ modelIds: [], keyIds: [id] })
    expect(closed.map(({ name }) => name)).toEqual(expect.arrayContaining(older))
  })
})
