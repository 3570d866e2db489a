import { describe, expect, it } from 'vitest'
import { addModel, anOpenApp, failureOf, importText } from '../support/open-app.ts'
import { aTestApp } from '../support/test-app.ts'

const secret = 'sk-canary-of-the-reveal-0001'

describe('a secret', () => {
  it('is shown and copied at an open interface, and both are noted by model and label', async () => {
    const { client } = await anOpenApp()
    const { modelId, id } = await addModel(client, [secret])
    expect(await client.keys.reveal({ modelId, id })).toEqual({ secret })
    expect(await client.keys.copy({ modelId, id })).toEqual({ secret, clearedAfterMs: null })
    const { entries, isWhole } = await client.vault.auditTrail()
    expect(entries.slice(-2).map(({ action, subject }) => `${action} ${subject}`)).toEqual([
      'reveal gpt-4o / acct-1',
      'copy gpt-4o / acct-1',
    ])
    expect(isWhole).toBe(true)
    expect(JSON.stringify(entries)).not.toContain('canary')
  })

  it('is shown or copied ten times a minute, and the eleventh says how long to wait', async () => {
    const { client, clock } = await anOpenApp()
    const { modelId, id } = await addModel(client, [secret])
    for (let nth = 0; nth < 5; nth += 1) {
      await client.keys.reveal({ modelId, id })
      await client.keys.copy({ modelId, id })
      await clock.advance(1_000)
    }
    expect(await failureOf(client.keys.reveal({ modelId, id }))).toEqual({
      code: 'REVEAL_LIMIT',
      data: { waitMs: 55_000 },
    })
    await clock.advance(54_999)
    expect(await failureOf(client.keys.copy({ modelId, id }))).toMatchObject({ code: 'REVEAL_LIMIT' })
    await clock.advance(1)
    expect(await client.keys.reveal({ modelId, id })).toEqual({ secret })
  })

  it('that is not there, or in the bin, is not shown and not counted', async () => {
    const { client } = await anOpenApp()
    const { modelId, id, ids } = await addModel(client, [secret, `${secret}-b`])
    await client.keys.remove({ modelId, ids: [id] })
    for (let nth = 0; nth < 12; nth += 1) {
      expect(await failureOf(client.keys.reveal({ modelId, id }))).toMatchObject({ code: 'KEY_NOT_FOUND' })
    }
    expect(await client.keys.reveal({ modelId, id: ids[1] ?? id })).toEqual({ secret: `${secret}-b` })
    const { entries } = await client.vault.auditTrail()
    expect(entries.filter(({ action }) => action === 'reveal')).toHaveLength(1)
  })

  it('is not shown while the vault is locked', async () => {
    const { client } = await anOpenApp()
    const { modelId, id } = await addModel(client, [secret])
    await client.vault.lock()
    expect(await failureOf(client.keys.reveal({ modelId, id }))).toMatchObject({ code: 'VAULT_LOCKED' })
  })

  it('of the simulator is shown without a vault, because it is worth nothing', async () => {
    const { client } = await aTestApp()
    const { modelId } = await client.simulator.start()
    const key = (await client.models.list())[0]?.keys[0]
    if (!key) throw new Error('the simulator has no key')
    const { secret: shown } = await client.keys.reveal({ modelId, id: key.id })
    expect(shown.endsWith(key.lastFour)).toBe(true)
  })
})

/** A clipboard that others use too. */
function aClipboard() {
  const clipboard = {
    held: '',
    read: async () => clipboard.held,
    write: async (text: string) => void (clipboard.held = text),
    clear: () => void (clipboard.held = ''),
  }
  return clipboard
}

describe('a copied secret, where main reaches the clipboard', () => {
  it('does not pass through the page, and leaves the clipboard after thirty seconds', async () => {
    const clipboard = aClipboard()
    const { client, clock } = await anOpenApp({ clipboard })
    const { modelId, id } = await addModel(client, [secret])
    expect(await client.keys.copy({ modelId, id })).toEqual({ secret: null, clearedAfterMs: 30_000 })
    expect(clipboard.held).toBe(secret)
    await clock.advance(29_999)
    expect(clipboard.held).toBe(secret)
    await clock.advance(1)
    expect(clipboard.held).toBe('')
  })

  it('that was followed by something else leaves that alone', async () => {
    const clipboard = aClipboard()
    const { client, clock } = await anOpenApp({ clipboard })
    const { modelId, id } = await addModel(client, [secret])
    await client.keys.copy({ modelId, id })
    clipboard.held = 'a shopping list'
    await clock.advance(60_000)
    expect(clipboard.held).toBe('a shopping list')
  })

  it('is thirty seconds old from its own copy on, and gone when the application ends', async () => {
    const clipboard = aClipboard()
    const { client, clock, app } = await anOpenApp({ clipboard })
    const { modelId, id } = await addModel(client, [secret])
    await client.keys.copy({ modelId, id })
    await clock.advance(20_000)
    await client.keys.copy({ modelId, id })
    await clock.advance(20_000)
    expect(clipboard.held).toBe(secret)
    await app.close()
    expect(clipboard.held).toBe('')
  })
})

describe('the audit list', () => {
  it('notes who opened what, what was imported, replaced, redirected, deleted and purged, and no secret', async () => {
    const { client } = await anOpenApp()
    const { modelId, id } = await addModel(client, [secret])
    await client.keys.edit({ modelId, id, edit: { secret: 'sk-canary-of-the-reveal-0002' } })
    await client.models.edit({ id: modelId, edit: { apiBase: 'https://eu.openai.com/v1' }, allowNewHost: true })
    const text = `LLM_MODEL_CONFIGS='{"m":{"api_key":"sk-canary-imported-00001","api_base":"https://a.example/v1"}}'`
    await importText(client, text)
    await client.vault.lockInterface()
    await client.vault.openInterface({ passphrase: 'correct horse battery staple' })
    await client.keys.remove({ modelId, ids: [id] })
    await client.models.remove({ id: modelId })
    await client.bin.purge({ modelIds: [modelId], keyIds: [] })
    const { entries } = await client.vault.auditTrail()
    expect(entries.map(({ action, subject }) => `${action} ${subject}`.trim())).toEqual([
      'create pass',
      'replace-key gpt-4o / acct-1',
      'change-hosts gpt-4o: api.openai.com → eu.openai.com',
      'import 1 models, 1 new keys',
      'open-interface passphrase',
      'delete gpt-4o / acct-1',
      'delete gpt-4o',
      'purge 1 keys',
    ])
    expect(JSON.stringify(entries)).not.toContain('canary')
  })
})
