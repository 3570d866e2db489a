import { describe, expect, it } from 'vitest'
import { addModel, anOpenApp, failureOf, importText } from '../support/open-app.ts'

const secret = 'sk-canary-of-the-hosts-00001'

const dotenv = (name: string, apiBase: string, key = secret) =>
  `LLM_MODEL_CONFIGS='${JSON.stringify({ [name]: { api_key: [key], api_base: apiBase } })}'`

const move = { from: 'api.openai.com', to: 'evil.example' }
const question = { code: 'KEY_TO_OTHER_HOST', data: move }

describe('a secret is sent only to hosts it was saved for', () => {
  it('so an import that redirects its model asks, naming both', async () => {
    const { client } = await anOpenApp()
    await addModel(client, [secret])
    const text = dotenv('gpt-4o', 'https://evil.example/v1')
    expect(await failureOf(importText(client, text))).toEqual(question)
    expect((await client.models.list())[0]?.apiBase).toBe('https://api.openai.com/v1')
  })

  it('so an import of it under another name for another host asks as well, and changes nothing before the answer', async () => {
    const { client } = await anOpenApp()
    await addModel(client, [secret])
    const text = dotenv('innocent', 'https://evil.example/v1')
    expect(await failureOf(importText(client, text))).toEqual(question)
    expect(await client.models.list()).toHaveLength(1)
    expect(await importText(client, text, { allowedMoves: [move] })).toEqual({ models: 1, keys: 1, removed: 0 })
  })

  it('so the answer for one host is none for another', async () => {
    const { client } = await anOpenApp()
    await addModel(client, [secret])
    const text = dotenv('gpt-4o', 'https://worse.example/v1')
    expect(await failureOf(importText(client, text, { allowedMoves: [move] }))).toEqual({
      code: 'KEY_TO_OTHER_HOST',
      data: { from: 'api.openai.com', to: 'worse.example' },
    })
  })

  it('so one in the bin asks too', async () => {
    const { client } = await anOpenApp()
    const { modelId } = await addModel(client, [secret])
    await client.models.remove({ id: modelId })
    expect(await failureOf(importText(client, dotenv('m', 'https://evil.example/v1')))).toEqual(question)
  })

  it('and under another name for the same host nothing is asked', async () => {
    const { client } = await anOpenApp()
    await addModel(client, [secret])
    expect(await importText(client, dotenv('gpt-4', 'https://api.openai.com/v1'))).toMatchObject({ keys: 1 })
    expect((await client.models.list()).map(({ keys }) => keys[0]?.alsoIn)).toEqual([['gpt-4'], ['gpt-4o']])
  })

  it('and it is still asked after the data key was replaced', async () => {
    const { client } = await anOpenApp()
    await addModel(client, [secret])
    await client.vault.replaceDataKey({ passphrase: 'another long passphrase' })
    expect(await failureOf(importText(client, dotenv('m', 'https://evil.example/v1')))).toEqual(question)
  })

  it('and before an import the vault keeps a backup of its own', async () => {
    const { client } = await anOpenApp()
    await importText(client, dotenv('m', 'https://a.example/v1'))
    expect((await client.vault.backups()).map(({ reason }) => reason)).toContain('import')
  })
})
