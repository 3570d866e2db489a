import { describe, expect, it } from 'vitest'
import { resolveModelConfig } from '../../electron/dotenv/config.ts'

const configs = (entry: object) => JSON.stringify({ m: entry })

describe('the effective configuration', () => {
  const env = {
    LLM_MODEL: 'm',
    API_KEY: 'sk-env-000001',
    API_BASE: 'https://env.test/v1',
    LLM_PROVIDER: 'openai',
    LLM_TEMPERATURE: '0.3',
    LLM_MODEL_CONFIGS: configs({
      api_key: ['sk-entry-0001', 'sk-entry-0002'],
      api_base: 'https://entry.test/v1',
      temperature: 1,
    }),
  }

  it('lets the code win over LLM_MODEL_CONFIGS, that over the environment, and that over the defaults', () => {
    const config = resolveModelConfig({ code: { temperature: 0 }, env, defaults: { temperature: 0.9 } })
    expect(config.temperature).toEqual({
      source: 'code',
      name: 'temperature',
      value: 0,
      beaten: [
        { source: 'model-configs', name: 'temperature', value: 1 },
        { source: 'environment', name: 'LLM_TEMPERATURE', value: 0.3 },
        { source: 'defaults', name: 'temperature', value: 0.9 },
      ],
    })
  })

  it('decides each field by itself', () => {
    const config = resolveModelConfig({ code: { apiBase: 'https://code.test/v1' }, env })
    expect(config).toMatchObject({
      model: { value: 'm', source: 'environment' },
      apiBase: { value: 'https://code.test/v1', source: 'code' },
      apiKeys: { value: ['sk-entry-0001', 'sk-entry-0002'], source: 'model-configs' },
      temperature: { value: 1, source: 'model-configs' },
      provider: { value: 'openai', source: 'environment' },
    })
  })

  it('takes a list over a single key, in the code and in an entry', () => {
    const code = { apiKeys: ['sk-code-0001', 'sk-code-0002'], apiKey: 'sk-code-0003' }
    const both = resolveModelConfig({ code, env })
    expect(both.apiKeys.value).toEqual(code.apiKeys)
    expect(both.apiKeys.beaten.map(({ source, name }) => `${source} ${name}`)).toEqual([
      'code api_key',
      'model-configs api_key',
      'environment API_KEY',
    ])
    const entry = configs({ api_key: 'sk-entry-0001', api_keys: ['sk-entry-0002', 'sk-entry-0003'] })
    expect(resolveModelConfig({ env: { ...env, LLM_MODEL_CONFIGS: entry } }).apiKeys.value).toEqual([
      'sk-entry-0002',
      'sk-entry-0003',
    ])
  })

  it('lets a single key of the code win over a list of the entry', () => {
    expect(resolveModelConfig({ code: { apiKey: 'sk-code-0003' }, env }).apiKeys).toMatchObject({
      value: ['sk-code-0003'],
      source: 'code',
    })
  })

  it('counts blank text and empty lists as absent', () => {
    const config = resolveModelConfig({
      code: { apiKeys: [], apiKey: ' ', model: '' },
      env: { ...env, LLM_MODEL_CONFIGS: '', API_BASE: ' ' },
    })
    expect(config.apiKeys).toMatchObject({ value: ['sk-env-000001'], source: 'environment', beaten: [] })
    expect(config.apiBase).toMatchObject({ value: 'https://api.openai.com/v1', source: 'defaults' })
  })

  it("has DSLighting's defaults and no key when nothing is said", () => {
    expect(resolveModelConfig({})).toMatchObject({
      model: { value: 'gpt-4o-mini', source: 'defaults' },
      apiKeys: { value: [], source: null },
      apiBase: { value: 'https://api.openai.com/v1' },
      provider: { value: null, source: null },
      temperature: { value: 0.7 },
    })
  })

  it('finds an entry by its exact name only', () => {
    expect(resolveModelConfig({ code: { model: 'M' }, env }).apiKeys.source).toBe('environment')
  })

  it('says what reaches the provider, after prefix, provider and alias', () => {
    expect(resolveModelConfig({ code: { model: 'openai/x/y' } }).upstreamModel).toBe('x/y')
    const entry = configs({ api_key: 'sk-entry-0001', model: 'openai/real' })
    expect(resolveModelConfig({ env: { ...env, LLM_MODEL_CONFIGS: entry } }).upstreamModel).toBe('real')
  })

  it.each([
    ['is not JSON', '{', 'bad-json'],
    ['is a list', '[]', 'not-an-object'],
    ['has an empty key list', configs({ api_key: [] }), 'key-list-empty'],
  ])('falls back to the environment when LLM_MODEL_CONFIGS %s, and says so', (_title, json, code) => {
    const config = resolveModelConfig({ env: { ...env, LLM_MODEL_CONFIGS: json } })
    expect(config.apiKeys.source).toBe('environment')
    expect(config.problems.map((problem) => problem.code)).toEqual([code])
    expect(JSON.stringify(config.problems)).not.toContain('sk-')
  })

  it('changes nothing it was handed', () => {
    const code = Object.freeze({ apiKeys: Object.freeze(['sk-code-0001']) })
    const frozen = Object.freeze({ ...env })
    resolveModelConfig({ code, env: frozen })
    expect(frozen).toEqual(env)
  })
})
