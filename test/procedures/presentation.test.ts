import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutKeyText } from '../../electron/procedures/presentation.ts'
import { addModel, anOpenApp, failureOf } from '../support/open-app.ts'

const secret = 'sk-presentation-0123456789wxyz'

async function presenting() {
  const app = await anOpenApp()
  const { modelId, id } = await addModel(app.client, [secret])
  const minted = await app.client.gateway.addClient({
    name: 'editor',
    allowedModels: null,
    requestsPerMinute: null,
    tokensPerDay: null,
  })
  await app.client.settings.set({ presentation: true })
  return { ...app, modelId, id, tokenTail: minted.token.slice(-4) }
}

describe('in presentation mode', () => {
  it('nothing that the page is told shows the end of a key or of a token', async () => {
    const { client, modelId, id, tokenTail } = await presenting()
    const { modelId: gone } = await addModel(client, ['sk-in-the-bin-0123456789wxyz'], { name: 'gone' })
    await client.models.remove({ id: gone })
    const told = JSON.stringify([
      await client.models.list(),
      await client.gateway.clients(),
      await client.bin.list(),
      await client.dslighting.checkExport(),
      await client.export.preview({
        choice: {
          models: [{ id: modelId, keyIds: [id] }],
          format: 'dotenv',
          form: 'keys',
          path: '/tmp/keywheel-presentation-test.env',
          token: null,
        },
        whole: true,
      }),
      await client.transfer.preview({ base64: Buffer.from(`OPENAI_API_KEY=${secret}`).toString('base64') }),
    ])
    expect(told).toContain('gpt-4o')
    expect(told).not.toContain('wxyz')
    expect(told).not.toContain(`"${tokenTail}"`)
  })

  it('what would show a secret is refused, and what only hands one on is not', async () => {
    const { client, modelId, id } = await presenting()
    const refusals = [
      client.keys.reveal({ modelId, id }),
      client.vault.createKit(),
      client.vault.replaceDataKey({ passphrase: null }),
      client.export.reveal({ id: 'none', whole: true }),
    ]
    for (const refusal of refusals) expect((await failureOf(refusal)).code).toBe('PRESENTING')
    expect((await client.keys.copy({ modelId, id })).secret).toBe(secret)
  })

  it('a failure names no end of a key either', async () => {
    const { client, modelId } = await presenting()
    const failure = await failureOf(client.keys.add({ modelId, keys: [{ secret }] }))
    expect(failure).toMatchObject({ code: 'DUPLICATE_KEY', data: { lastFour: '' } })
  })

  it('ends, and everything is as before', async () => {
    const { client } = await presenting()
    await client.settings.set({ presentation: false })
    expect((await client.models.list())[0]?.keys[0]?.lastFour).toBe('wxyz')
  })
})

describe('what is left of an answer', () => {
  it('has everything but the ends of secrets, wherever they stand', () => {
    const answer = {
      label: 'acct-1',
      lastFour: 'abcd',
      replaced: { lastFour: 'efgh' },
      lastFours: ['ijkl', 'mnop'],
      parts: [
        { text: 'KEY=', secret: false },
        { text: 'qrst', secret: true },
      ],
    }
    expect(withoutKeyText([answer, null, 3])).toEqual([
      {
        label: 'acct-1',
        lastFour: '',
        replaced: { lastFour: '' },
        lastFours: ['', ''],
        parts: [
          { text: 'KEY=', secret: false },
          { text: '', secret: true },
        ],
      },
      null,
      3,
    ])
  })

  it('is the answer itself where there is no secret in it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(withoutKeyText(value)).toEqual(value)
      }),
    )
  })

  it('is the same stream', () => {
    const stream = (async function* () {})()
    expect(withoutKeyText(stream)).toBe(stream)
  })
})
