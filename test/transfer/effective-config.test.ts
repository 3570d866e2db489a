import { describe, expect, it } from 'vitest'
import type { EffectiveConfigView } from '../../shared/effective-config.ts'
import { addModel, anOpenApp, failureOf, type TestClient } from '../support/open-app.ts'

const secrets = ['sk-of-the-first-account-of-many-0001', 'sk-of-the-second-account-of-many-0002']
const nothing = { model: '', apiBase: '', provider: '', temperature: null }

const fieldOf = ({ fields }: EffectiveConfigView, name: string) => fields.find(({ field }) => field === name)

async function aModel(about: Parameters<typeof addModel>[2] = {}) {
  const { client } = await anOpenApp()
  const { modelId } = await addModel(client, secrets, {
    name: 'openai/glm-4.7',
    apiBase: 'https://vault.test/v1',
    temperature: 1,
    ...about,
  })
  return { client, modelId }
}

async function environmentOf(client: TestClient, text: string): Promise<string> {
  const { id } = await client.dslighting.check({ base64: Buffer.from(text).toString('base64'), fileName: '.env' })
  return id
}

describe('the effective configuration of a model', () => {
  it('is what the vault says, with its keys by label and last four characters', async () => {
    const { client, modelId } = await aModel()
    const config = await client.models.effective({ id: modelId, environment: null, code: nothing })
    expect(fieldOf(config, 'apiKeys')).toEqual({
      field: 'apiKeys',
      source: 'model-configs',
      name: 'api_key',
      text: null,
      keys: [
        { label: 'acct-1', lastFour: '0001' },
        { label: 'acct-2', lastFour: '0002' },
      ],
      beaten: [],
    })
    expect(fieldOf(config, 'temperature')).toMatchObject({
      text: '1',
      source: 'model-configs',
      beaten: [{ source: 'defaults', text: '0.7' }],
    })
    expect(JSON.stringify(config)).not.toContain('sk-of')
  })

  it('ends in the id that the gateway sends', async () => {
    const { client, modelId } = await aModel()
    const config = await client.models.effective({ id: modelId, environment: null, code: nothing })
    const [model] = await client.models.list()
    expect(config.upstreamModel).toBe('glm-4.7')
    expect(config.upstreamModel).toBe(model?.upstreamModel)
  })

  it('lets the code win over the vault, that over a .env, and that over the defaults', async () => {
    const { client, modelId } = await aModel()
    const environment = await environmentOf(
      client,
      'API_BASE=https://env.test/v1\nLLM_TEMPERATURE=0.3\nLLM_PROVIDER=azure\nAPI_KEY=sk-of-the-environment-of-all-0003\n',
    )
    const config = await client.models.effective({
      id: modelId,
      environment,
      code: { ...nothing, apiBase: 'https://code.test/v1', temperature: 0 },
    })
    const sources = (name: string) => {
      const field = fieldOf(config, name)
      return [field?.source, ...(field?.beaten ?? []).map(({ source }) => source)]
    }
    expect(sources('apiBase')).toEqual(['code', 'model-configs', 'environment', 'defaults'])
    expect(sources('temperature')).toEqual(['code', 'model-configs', 'environment', 'defaults'])
    expect(sources('provider')).toEqual(['environment'])
    expect(sources('apiKeys')).toEqual(['model-configs', 'environment'])
    expect(fieldOf(config, 'apiKeys')?.beaten[0]?.keys).toEqual([{ label: null, lastFour: '0003' }])
    expect(config.upstreamModel).toBe('openai/glm-4.7')
    expect(JSON.stringify(config)).not.toContain('sk-of')
  })

  it('of another name that the code passes is that of the model of this name, or of the environment', async () => {
    const { client, modelId } = await aModel()
    await addModel(client, ['sk-of-quite-another-model-of-all-0009'], { name: 'other' })
    const of = (model: string) =>
      client.models.effective({ id: modelId, environment: null, code: { ...nothing, model } })
    expect(fieldOf(await of('other'), 'apiKeys')?.keys).toEqual([{ label: 'acct-1', lastFour: '0009' }])
    expect(fieldOf(await of('nobody'), 'apiKeys')).toMatchObject({ source: null, keys: [] })
  })

  it('names a variable that says nothing', async () => {
    const { client, modelId } = await aModel()
    const environment = await environmentOf(client, 'LLM_TEMPERATURE=warm\n')
    const config = await client.models.effective({ id: modelId, environment, code: nothing })
    expect(config.problems).toEqual([{ code: 'temperature-invalid', name: 'LLM_TEMPERATURE' }])
  })

  it('is refused for a .env that main no longer keeps', async () => {
    const { client, modelId } = await aModel()
    const call = client.models.effective({ id: modelId, environment: 'nobody', code: nothing })
    expect(await failureOf(call)).toMatchObject({ code: 'IMPORT_EXPIRED' })
  })
})
