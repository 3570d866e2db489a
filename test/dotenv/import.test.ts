import * as fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { exportDotenv, importDotenv, writeDotenv, type DotenvImport } from '../../electron/dotenv/index.ts'
import { dotenvText } from './dotenv-text.ts'

const guide = (name: string) => readFileSync(new URL(`../fixtures/dotenv/guide/${name}.env`, import.meta.url))

function imported(source: string | Uint8Array) {
  const result = importDotenv(source)
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result)}`)
  return result
}
const codes = (result: Extract<DotenvImport, { ok: true }>) => result.notices.map(({ code }) => code)
const configs = (json: string) => `LLM_MODEL_CONFIGS='${json}'\n`

describe("the guide's examples", () => {
  it('reads three models, with a list, a prefix and a single key', () => {
    const { models } = imported(guide('environment'))
    expect(
      models.map(({ name, provider, keys, temperature }) => ({ name, provider, keys: keys.length, temperature })),
    ).toEqual([
      { name: 'glm-4.7', provider: 'openai', keys: 3, temperature: 1 },
      { name: 'openai/deepseek-ai/DeepSeek-V3', provider: null, keys: 2, temperature: 1 },
      { name: 'gpt-4o', provider: null, keys: 1, temperature: 0.7 },
    ])
    expect(models[0]).toMatchObject({ apiBase: 'https://open.bigmodel.cn/api/paas/v4', line: 3 })
    expect(models[0]?.keys).toEqual(['sk-key1...', 'sk-key2...', 'sk-key3...'])
  })

  it.each([
    ['providers', { 'gpt-4o': 3, 'claude-3-5-sonnet': 2 }],
    ['siliconflow', { 'openai/deepseek-ai/DeepSeek-V3': 3 }],
    ['mixed', { 'glm-4.7': 2, 'gpt-4o-mini': 1 }],
    ['several-providers', { 'gpt-4o': 2, 'claude-3-5-sonnet': 2 }],
  ])('reads %s', (name, expected) => {
    const { models } = imported(guide(name))
    expect(Object.fromEntries(models.map((model) => [model.name, model.keys.length]))).toEqual(expected)
  })

  it('takes comments inside the object and names their lines', () => {
    const result = imported(guide('comments'))
    expect(result.models[0]?.keys).toEqual(['sk-account1-key1...', 'sk-account2-key1...', 'sk-account3-key1...'])
    const comments = result.notices.filter(({ code }) => code === 'json-comment')
    expect(comments.map(({ line }) => line)).toEqual([5, 6, 7])
  })
})

describe('simple variables', () => {
  it('are one model, and the import says so', () => {
    const result = imported(
      'API_KEY=sk-simple-0001\nLLM_MODEL=glm-4.7\nAPI_BASE=https://x.test/v1\nLLM_PROVIDER=openai\nLLM_TEMPERATURE=0.2',
    )
    expect(result.models).toEqual([
      {
        name: 'glm-4.7',
        provider: 'openai',
        apiBase: 'https://x.test/v1',
        isDefaultBase: false,
        temperature: 0.2,
        keys: ['sk-simple-0001'],
        refusedKeys: [],
        extra: {},
        line: 2,
      },
    ])
    expect(codes(result)).toEqual(['simple-variables'])
  })

  it("take DSLighting's defaults where they are blank", () => {
    const [model] = imported('LLM_MODEL=\nAPI_KEY=sk-simple-0001\nAPI_BASE=').models
    expect(model).toMatchObject({
      name: 'gpt-4o-mini',
      apiBase: 'https://api.openai.com/v1',
      temperature: null,
      provider: null,
    })
  })

  it('fill what an entry leaves open, and are one more model when LLM_MODEL has no entry', () => {
    const text = `${configs('{"a": {"api_key": "sk-entry-0001"}}')}API_KEY=sk-simple-0001\nLLM_MODEL=b\nAPI_BASE=https://x.test/v1\nLLM_TEMPERATURE=0.2`
    const { models } = imported(text)
    expect(models.map(({ name, apiBase, temperature, keys }) => ({ name, apiBase, temperature, keys }))).toEqual([
      { name: 'a', apiBase: 'https://x.test/v1', temperature: 0.2, keys: ['sk-entry-0001'] },
      { name: 'b', apiBase: 'https://x.test/v1', temperature: 0.2, keys: ['sk-simple-0001'] },
    ])
  })

  it('lend their key to an entry without one only on the same host', () => {
    const text = (base: string) =>
      `API_KEY=sk-simple-0001\nAPI_BASE=https://x.test/v1\n${configs(`{"a": {"api_base": "${base}"}}`)}`
    const same = imported(text('https://x.test/other'))
    expect(same.models[0]?.keys).toEqual(['sk-simple-0001'])
    expect(codes(same)).toContain('global-key-used')
    const other = imported(text('https://y.test/v1'))
    expect(other.models[0]?.keys).toEqual([])
    expect(codes(other)).toContain('global-key-not-taken')
  })
})

describe('refusals', () => {
  it.each([
    ['no model in it', 'A=1\n', { reason: 'no-model-configs', line: null, column: null, name: null }],
    ['nothing in it', ' \n\t\n', { reason: 'empty', line: null, column: null }],
    ['comments only', '# nothing here\n', { reason: 'no-model-configs' }],
    [
      'a missing comma',
      'A=1\nLLM_MODEL_CONFIGS=\'{\n  "a": {}\n  "b": {}\n}\'',
      { reason: 'bad-json', line: 4, column: 3, name: 'comma-or-brace' },
    ],
    [
      'a comma too many',
      'LLM_MODEL_CONFIGS=\'{\n  "a": {},\n}\'',
      { reason: 'bad-json', line: 2, column: 10, name: 'trailing-comma' },
    ],
    [
      'a list instead of an object',
      "LLM_MODEL_CONFIGS='[]'",
      { reason: 'not-an-object', line: 1, column: 20, name: 'array' },
    ],
    [
      'an apostrophe in the JSON',
      'LLM_MODEL_CONFIGS=\'{\n "a": {"note": "it\'s"}}\'',
      { reason: 'text-after-quote', line: 2, column: 20, name: 'LLM_MODEL_CONFIGS' },
    ],
    [
      'a quote that never ends',
      'LLM_MODEL_CONFIGS=\'{\n "a": {}}\nB=1',
      { reason: 'unterminated-quote', line: 1, column: 19, name: 'LLM_MODEL_CONFIGS' },
    ],
    [
      'no entry that can be used',
      configs('{"a": {"api_key": []}}'),
      { reason: 'nothing-usable', line: 1, column: 38, name: 'key-list-empty' },
    ],
    ['an empty object', configs('{}'), { reason: 'nothing-usable', line: 1, name: 'LLM_MODEL_CONFIGS' }],
  ])('refuses a file with %s', (_title, text, expected) => {
    expect(importDotenv(text)).toMatchObject({ ok: false, ...expected })
  })

  it('finds the fault in the file as written, after escapes and CR LF', () => {
    const text = 'LLM_MODEL_CONFIGS="{\r\n  \\"a\\": {\\"note\\": \\"x\\\\\\\\y\\"} oops"'
    expect(importDotenv(text)).toMatchObject({
      reason: 'bad-json',
      line: 2,
      column: text.split('\r\n')[1]!.indexOf('oops') + 1,
    })
  })
})

describe('any damage to a good file', () => {
  const source = guide('environment').toString()
  const damaged = fc
    .tuple(fc.nat(source.length), fc.nat(20), dotenvText)
    .map(([at, removed, inserted]) => source.slice(0, at) + inserted + source.slice(at + removed))

  it('is answered with models or with a reason, and never changes a prototype', () => {
    fc.assert(
      fc.property(damaged, (text) => {
        const result = importDotenv(text)
        expect(result.ok ? result.models.length > 0 : result.reason.length > 0).toBe(true)
      }),
      { numRuns: 3000 },
    )
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  it('does not change what a second export of what was read says', () => {
    const again = (text: string) => {
      const result = importDotenv(text)
      const exported = result.ok ? exportDotenv(result.models, { kind: 'portable' }) : null
      return exported?.ok ? writeDotenv(exported.tree) : null
    }
    fc.assert(
      fc.property(damaged, (text) => {
        const once = again(text)
        fc.pre(once !== null)
        expect(again(once)).toBe(once)
      }),
      { numRuns: 1000 },
    )
  })
})
