import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  exportDotenv,
  exportJson,
  exportLitellmYaml,
  recognise,
  writeDotenv,
  type ExportModel,
} from '../../electron/dotenv/index.ts'
import { shellWords } from '../../electron/dotenv/curl-command.ts'
import { dotenvText } from './dotenv-text.ts'

const portable = { kind: 'portable' } as const
const models: ExportModel[] = [
  {
    name: 'glm-4.7',
    provider: 'openai',
    apiBase: 'https://x.test/v1',
    temperature: 1,
    keys: ['sk-real-00000001', 'sk-real-00000002'],
  },
]

function found(source: string) {
  const result = recognise(source)
  if (!result.ok) return { format: result.format, reason: result.reason, line: result.line, column: result.column }
  const { format, keys, notices } = result
  return {
    format,
    models: result.models.map(({ name, provider, apiBase, keys }) => ({ name, provider, apiBase, keys })),
    keys: keys.map(({ secret }) => secret),
    codes: notices.map(({ code }) => code),
  }
}
const [{ temperature: _temperature, ...expected }] = models as [ExportModel]

describe('a .env', () => {
  it('is recognised, with its tree', () => {
    const exported = exportDotenv(models, portable)
    const result = recognise(exported.ok ? writeDotenv(exported.tree) : '')
    expect(result).toMatchObject({ ok: true, format: 'dotenv', tree: { bom: false } })
  })

  it('with a fault is a .env with a fault, not a list of keys', () => {
    expect(found("LLM_MODEL_CONFIGS='{\n oops}'")).toEqual({ format: 'dotenv', reason: 'bad-json', line: 2, column: 2 })
  })
})

describe('JSON', () => {
  it('of the same shape is read, also under the variable name', () => {
    const json = exportJson(models, portable)
    expect(found(json)).toMatchObject({ format: 'json', models: [expected] })
    expect(found(`{"LLM_MODEL_CONFIGS": ${json}}`)).toMatchObject({ format: 'json', models: [expected] })
  })

  it('that is a list of texts is a list of keys', () => {
    expect(found('["sk-real-00000001", "sk-real-00000002"]')).toMatchObject({ format: 'keys', keys: models[0]?.keys })
  })

  it('with a fault says where', () => {
    expect(found('{"m": {},\n}')).toEqual({ format: 'json', reason: 'bad-json', line: 1, column: 9 })
    expect(found('[{"a": 1}]')).toMatchObject({ format: 'json', reason: 'not-an-object' })
  })

  it("of one-api's channels gives each model the channel's keys", () => {
    const channels = [
      {
        id: 1,
        type: 1,
        name: 'c',
        key: 'sk-real-00000001\nsk-real-00000002',
        base_url: 'https://x.test/',
        models: 'a,b',
      },
    ]
    const model = { provider: 'openai', apiBase: 'https://x.test/v1', keys: models[0]?.keys }
    expect(found(JSON.stringify(channels))).toMatchObject({
      format: 'channels',
      models: [
        { name: 'a', ...model },
        { name: 'b', ...model },
      ],
    })
    expect(found(JSON.stringify({ data: channels }))).toMatchObject({ format: 'channels' })
  })
})

describe("LiteLLM's model_list", () => {
  it('gives back what was exported', () => {
    expect(found(exportLitellmYaml(models, portable))).toMatchObject({ format: 'litellm', models: [expected] })
  })

  it('takes a reference for no key, and an alias for no name', () => {
    const yaml =
      'model_list:\n  - model_name: chat\n    litellm_params:\n      model: openai/gpt-4o\n      api_key: os.environ/OPENAI_API_KEY\n'
    expect(found(yaml)).toEqual({
      format: 'litellm',
      models: [{ name: 'openai/gpt-4o', provider: 'openai', apiBase: 'https://api.openai.com/v1', keys: [] }],
      keys: [],
      codes: ['model-alias', 'api-base-default', 'key-is-reference'],
    })
  })

  it('with a fault says where', () => {
    expect(found('model_list:\n  - "a\n')).toMatchObject({ format: 'litellm', reason: 'bad-json' })
  })

  it('that multiplies itself by references is refused', () => {
    const levels = Array.from({ length: 9 }, (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level},`.repeat(9)}]`)
    expect(found(['model_list: []', 'a0: &a0 [x]', ...levels].join('\n'))).toMatchObject({
      format: 'litellm',
      reason: 'too-large',
    })
  })

  it('of more than a megabyte is refused before it is read', () => {
    expect(found(`model_list:\n${'# x\n'.repeat(300_000)}`)).toMatchObject({ format: 'litellm', reason: 'too-large' })
  })
})

describe('a curl command', () => {
  it('gives address, key and model', () => {
    const command = `curl https://x.test/v1/chat/completions \\\n  -H "Content-Type: application/json" \\\n  -H 'Authorization: Bearer sk-real-00000001' \\\n  -d '{"model": "glm-4.7", "messages": []}'`
    expect(found(command)).toMatchObject({
      format: 'curl',
      models: [{ name: 'glm-4.7', provider: 'openai', apiBase: 'https://x.test/v1', keys: ['sk-real-00000001'] }],
    })
  })

  it('to Anthropic names it as the provider', () => {
    const command = `curl https://api.anthropic.com/v1/messages --header "x-api-key: sk-ant-00000001" --json '{"model":"claude-x"}'`
    expect(found(command)).toMatchObject({
      models: [{ name: 'claude-x', provider: 'anthropic', apiBase: 'https://api.anthropic.com/v1' }],
    })
  })

  it('without a key is refused', () => {
    expect(found('curl https://x.test')).toMatchObject({ format: 'curl', reason: 'nothing-usable' })
  })

  it('is split into words as a shell would, and expands nothing', () => {
    expect(shellWords(`a 'b c' "d \\"e\\" $(id)" f\\ g \\\n h''i ""`)).toEqual([
      'a',
      'b c',
      'd "e" $(id)',
      'f g',
      'hi',
      '',
    ])
  })
})

describe('keys without a model', () => {
  it.each([
    ['one a line', 'sk-real-00000001\n\nsk-real-00000002\n'],
    ['with commas', 'sk-real-00000001, sk-real-00000002'],
    ['twice', 'sk-real-00000001\nsk-real-00000002\nsk-real-00000001'],
    [
      'as assignments',
      'OPENAI_API_KEY=sk-real-00000001\nexport MY_TOKEN="sk-real-00000002" # second\nPORT=8080000000000000',
    ],
    ['with a comment', '# mine\nsk-real-00000001\nsk-real-00000002'],
  ])('are read %s', (_title, text) => {
    expect(found(text)).toMatchObject({ format: 'keys', keys: ['sk-real-00000001', 'sk-real-00000002'] })
  })

  it('keep a key that ends in a sign', () => {
    expect(found('c2VjcmV0LWtleS1iYXNlNjQ1==')).toMatchObject({ keys: ['c2VjcmV0LWtleS1iYXNlNjQ1=='] })
  })

  it('are not found in prose', () => {
    expect(found('Dear reader,\nthere is no key in here.\n')).toMatchObject({
      format: 'keys',
      reason: 'no-model-configs',
    })
  })
})

it('answers any text without failing', () => {
  const starts = fc.constantFrom('', 'curl ', '{', '[', 'model_list:\n', '[{"key":')
  fc.assert(
    fc.property(starts, dotenvText, (start, text) => {
      expect(recognise(start + text)).toHaveProperty('ok')
    }),
    { numRuns: 2000 },
  )
})
