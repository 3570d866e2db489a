import * as fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { exportDotenv, exportJson, exportLitellmYaml, type ExportModel } from '../../electron/dotenv/export.ts'
import { importDotenv, parseDotenv, readerDifferences, valuesOf, writeDotenv } from '../../electron/dotenv/index.ts'

const portable = { kind: 'portable' } as const
const gateway = { kind: 'gateway', apiBase: 'http://127.0.0.1:4141/v1', token: 'kw-client-token-0001' } as const
const model = (change: Partial<ExportModel> = {}): ExportModel => ({
  name: 'glm-4.7',
  provider: 'openai',
  apiBase: 'https://x.test/v1',
  temperature: 1,
  keys: ['sk-real-0001', 'sk-real-0002'],
  ...change,
})

function exported(models: ExportModel[], form: Parameters<typeof exportDotenv>[1] = portable, into?: string): string {
  const result = exportDotenv(models, form, into === undefined ? undefined : parseDotenv(into))
  if (!result.ok) throw new Error(`refused: ${result.reason}`)
  return writeDotenv(result.tree)
}

function imported(text: string) {
  const result = importDotenv(text)
  if (!result.ok) throw new Error(`refused: ${result.reason}`)
  return result.models.map(({ line: _line, isDefaultBase: _isDefaultBase, refusedKeys: _refusedKeys, ...rest }) => rest)
}

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .map((value) => value.replaceAll(/\p{Cc}/gu, ' ').trim() || 'm')
const secret = fc
  .string({
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
    minLength: 8,
    maxLength: 40,
  })
  .map((value) => `sk-${value.replaceAll(/[,;*.'"]/g, '_')}`)
const anyModel = fc.record({
  name: text,
  provider: fc.option(fc.constantFrom('openai', "it's", 'a$b')),
  apiBase: fc.constantFrom('https://x.test/v1', 'http://127.0.0.1:1/v1'),
  temperature: fc.option(fc.constantFrom(0, 0.5, 2)),
  keys: fc.uniqueArray(secret, { minLength: 1, maxLength: 4 }),
  extra: fc.dictionary(
    fc.constantFrom('weight', 'note', '__proto__', "it's"),
    fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<string>,
    { noNullPrototype: false },
  ),
})

describe('export', () => {
  it('is read back as it was, for any model', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyModel, { selector: ({ name }) => name, minLength: 1, maxLength: 4 }), (models) => {
        const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown
        expect(plain(imported(exported(models)).toSorted((a, b) => (a.name < b.name ? -1 : 1)))).toEqual(
          plain(models.toSorted((a, b) => (a.name < b.name ? -1 : 1))),
        )
      }),
      { numRuns: 500 },
    )
  })

  it('writes what every reader reads alike', () => {
    const tree = parseDotenv(exported([model({ name: "it's ${HOME} \\ x" })]))
    expect(readerDifferences(tree)).toEqual([])
  })

  it.each(['environment', 'providers', 'siliconflow', 'mixed', 'comments', 'several-providers'])(
    "gives the guide's %s example the meaning it had",
    (name) => {
      const source = readFileSync(new URL(`../fixtures/dotenv/guide/${name}.env`, import.meta.url), 'utf8')
      expect(imported(exported(imported(source)))).toEqual(imported(source))
      expect(imported(exported(imported(source), portable, source))).toEqual(imported(source))
    },
  )

  it('merges into a file: other entries, other fields and every other byte stay', () => {
    const before = `# mine\nA = 1\nLLM_MODEL_CONFIGS='{"other": {"api_key": "sk-other-001", "note": 1}, "glm-4.7": {"api_key": "old", "model": "alias", "weight": 3}}' # models\nB="x\ny"\n`
    const after = exported([model()], portable, before)
    expect(after.startsWith('# mine\nA = 1\nLLM_MODEL_CONFIGS=')).toBe(true)
    expect(after.endsWith(' # models\nB="x\ny"\n')).toBe(true)
    expect(JSON.parse(valuesOf(parseDotenv(after)).get('LLM_MODEL_CONFIGS') ?? '')).toEqual({
      other: { api_key: 'sk-other-001', note: 1 },
      'glm-4.7': {
        api_key: ['sk-real-0001', 'sk-real-0002'],
        api_base: 'https://x.test/v1',
        temperature: 1,
        provider: 'openai',
        weight: 3,
      },
    })
  })

  it('through the gateway holds its address and token, and no real key', () => {
    for (const written of [
      exported([model()], gateway),
      exportJson([model()], gateway),
      exportLitellmYaml([model()], gateway),
    ]) {
      expect(written).toContain(gateway.token)
      expect(written).toContain(gateway.apiBase)
      expect(written).not.toContain('sk-real')
    }
    expect(imported(exported([model()], gateway))[0]).toMatchObject({
      apiBase: gateway.apiBase,
      keys: [gateway.token],
      provider: 'openai',
    })
  })

  it('writes a single key as text and a temperature of 0 so that no loader overlooks it', () => {
    const entry = JSON.parse(exportJson([model({ keys: ['sk-real-0001'], temperature: 0 })], portable)) as Record<
      string,
      unknown
    >
    expect(entry['glm-4.7']).toMatchObject({ api_key: 'sk-real-0001', temperature: '0' })
  })

  it('does not replace a LLM_MODEL_CONFIGS that it cannot read, and says where', () => {
    expect(exportDotenv([model()], portable, parseDotenv("A=1\nLLM_MODEL_CONFIGS='{\n  oops}'\n"))).toEqual({
      ok: false,
      reason: 'bad-json',
      line: 3,
      column: 3,
      fault: 'member-name',
    })
  })

  it('writes a LiteLLM list that a YAML reader reads', () => {
    const list = parseYaml(exportLitellmYaml([model({ name: 'a: "b" #c' })], portable)) as { model_list: unknown[] }
    expect(list.model_list).toEqual(
      ['sk-real-0001', 'sk-real-0002'].map((key) => ({
        model_name: 'a: "b" #c',
        litellm_params: { model: 'openai/a: "b" #c', api_base: 'https://x.test/v1', api_key: key, temperature: 1 },
      })),
    )
  })
})
