import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  applyFix,
  checkDslighting,
  importDotenv,
  parseDotenv,
  writeDotenv,
  type Fix,
  type TrapCode,
} from '../../electron/dotenv/index.ts'
import { rows } from './dslighting-rows.ts'

const fixture = (file: string) =>
  readFileSync(new URL(`../fixtures/dotenv/dslighting/${file}.env`, import.meta.url), 'utf8')
const gateway = { apiBase: 'http://127.0.0.1:4141/v1', token: 'kw-client-token-0001' }
const entry = (name: string, fields: object) =>
  parseDotenv(`LLM_MODEL_CONFIGS='${JSON.stringify({ [name]: fields })}'\n`)
const trapCodes = (text: string) => checkDslighting(parseDotenv(text)).traps.map(({ code }) => code)

/** An import in a few words: models with their number of keys, or the reason why there are none. */
function summaryOf(text: string) {
  const result = importDotenv(text)
  if (!result.ok) return { imported: result.reason, notices: [], ignored: {} }
  return {
    imported: Object.fromEntries(result.models.map(({ name, keys }) => [name, keys.length])),
    notices: result.notices.map(({ code }) => code),
    ignored: Object.fromEntries(result.ignored.map(({ name, reason }) => [name, reason])),
  }
}

describe.each(rows)('$title', ({ file, imported, notices = [], ignored = {}, views = {}, traps = [] }) => {
  const text = fixture(file)

  it('is imported so', () => {
    expect(summaryOf(text)).toEqual({ imported, ignored, notices: expect.arrayContaining(notices) as string[] })
  })

  it('is read by the three loaders so, and its traps are named', () => {
    const check = checkDslighting(parseDotenv(text))
    expect(check.models[0]?.views ?? {}).toMatchObject(views)
    expect(check.traps.map(({ code }) => code)).toEqual(expect.arrayContaining(traps))
    expect(JSON.stringify(check)).not.toMatch(/sk-(?:fixture|global)/)
  })

  it('loses a trap when its change is made', () => {
    for (const { code, model, fix } of checkDslighting(parseDotenv(text)).traps) {
      if (fix === null) continue
      const fixed = applyFix(parseDotenv(text), fix, gateway)
      if (!fixed.ok) throw new Error(`${code}: ${fixed.reason}`)
      const left = checkDslighting(parseDotenv(writeDotenv(fixed.tree))).traps
      const same = left.filter(
        (trap) => trap.code === code && trap.model === model && JSON.stringify(trap.fix) === JSON.stringify(fix),
      )
      expect(same).toEqual([])
    }
  })
})

describe('the id that reaches the provider', () => {
  it.each([
    ['glm-4.7', 'openai', 'glm-4.7', []],
    ['openai/deepseek-ai/DeepSeek-V3', null, 'deepseek-ai/DeepSeek-V3', []],
    ['deepseek-ai/DeepSeek-V3', 'openai', 'deepseek-ai/DeepSeek-V3', []],
    ['openai/x/y', 'openai', 'x/y', ['provider-with-prefix']],
    ['openai/x/y', 'siliconflow', null, ['provider-unknown', 'provider-with-prefix']],
    ['deepseek-ai/X', null, null, ['provider-missing']],
    ['glm-4.7', null, null, ['provider-missing']],
    ['gpt-4o', null, 'gpt-4o', []],
    ['openai/org/claude-x', null, 'org/claude-x', ['provider-guessed-wrong']],
  ])('for %s with provider %s is %s in the library', (name, provider, upstreamModel, codes) => {
    const tree = entry(name, {
      api_key: 'sk-fixture-0001',
      api_base: 'https://x.test/v1',
      ...(provider === null ? {} : { provider }),
    })
    const check = checkDslighting(tree)
    expect(check.models[0]?.views.library.upstreamModel).toBe(upstreamModel)
    expect(check.traps.map(({ code }) => code).toSorted()).toEqual(codes.toSorted())
  })

  it('is inferred where the host is one that LiteLLM knows', () => {
    const tree = entry('deepseek-chat', { api_key: 'sk-fixture-0001', api_base: 'https://api.deepseek.com/v1' })
    expect(checkDslighting(tree).models[0]?.views.library.upstreamModel).toBe('deepseek-chat')
  })
})

describe('the web interface', () => {
  it('reaches the first model only', () => {
    const text = `LLM_MODEL_CONFIGS='{"a": {"api_key": "sk-fixture-0001"}, "b": {"api_key": "sk-fixture-0002"}}'\n`
    const { models } = checkDslighting(parseDotenv(text))
    expect(models.map(({ views }) => views['web-interface'].outcome)).toEqual(['runs', 'not-reached'])
    const fixed = applyFix(parseDotenv(text), { kind: 'make-first', model: 'b' })
    expect(fixed.ok && checkDslighting(fixed.tree).models.map(({ name }) => name)).toEqual(['b', 'a'])
  })
})

describe('changes', () => {
  it('through the gateway rotate in all three loaders, and leave no trap of keys', () => {
    const text = fixture('list-with-blanks')
    const fixed = applyFix(parseDotenv(text), { kind: 'through-gateway', model: 'm' }, gateway)
    const check = fixed.ok ? checkDslighting(fixed.tree) : null
    expect(check?.traps).toEqual([])
    for (const view of Object.values(check?.models[0]?.views ?? {})) {
      expect(view).toMatchObject({
        outcome: 'runs',
        apiBase: gateway.apiBase,
        upstreamModel: 'm',
        keys: { from: 'entry', sent: 'key' },
      })
    }
  })

  it.each<[Fix, string]>([
    [{ kind: 'through-gateway', model: 'm' }, 'needs-gateway'],
    [{ kind: 'remove-model', model: 'nobody' }, 'model-not-found'],
  ])('%j is refused as %s', (fix, reason) => {
    expect(applyFix(parseDotenv(fixture('key-list')), fix)).toEqual({ ok: false, reason })
  })

  it.each<[string, object, TrapCode, Fix]>([
    [
      'a list of one key as that key',
      { api_key: ['sk-fixture-0001'] },
      'list-in-command-line',
      { kind: 'key-as-text', model: 'm' },
    ],
    [
      'no key that is text, where one beside it is not',
      { api_key: [null, 'sk-fixture-0001'] },
      'entry-crashes-library',
      { kind: 'remove-keys', model: 'm', field: 'api_key', positions: [0] },
    ],
    [
      'no placeholder, where one beside it is real',
      { api_keys: ['your_key', 'sk-fixture-0001'] },
      'placeholder-key',
      { kind: 'remove-keys', model: 'm', field: 'api_keys', positions: [0] },
    ],
    [
      'no model that would be left without a key, and so get the global one',
      { api_key: ['your_key', ''] },
      'placeholder-key',
      { kind: 'remove-model', model: 'm' },
    ],
    [
      'api_key where api_keys is one text',
      { api_keys: 'sk-fixture-0001' },
      'entry-crashes-library',
      { kind: 'rename-field', model: 'm', from: 'api_keys', to: 'api_key' },
    ],
  ])('write %s', (_title, fields, code, fix) => {
    const trap = checkDslighting(entry('m', fields)).traps.find((one) => one.code === code)
    expect(trap?.fix).toEqual(fix)
    const fixed = applyFix(entry('m', fields), fix)
    expect(fixed.ok && checkDslighting(fixed.tree).traps.map((one) => one.code)).not.toContain(code)
  })

  it('offer no other name where that one is taken', () => {
    const text = `LLM_MODEL_CONFIGS='{" m ": {"api_key": "sk-fixture-0001"}, "m": {"api_key": "sk-fixture-0002"}}'\n`
    const trap = checkDslighting(parseDotenv(text)).traps.find(({ code }) => code === 'name-has-spaces')
    expect(trap).toMatchObject({ model: ' m ', fix: null, needsDecision: true })
  })

  it('keep a provider that the web interface would otherwise guess wrong', () => {
    const tree = entry('openai/org/claude-x', {
      api_key: 'k'.repeat(20),
      api_base: 'https://x.test/v1',
      provider: 'openai',
    })
    expect(checkDslighting(tree).traps).toEqual([])
  })

  it('touch nothing else in the file', () => {
    const text = `# mine\n${fixture('temperature-zero')}# end\n`
    const fixed = applyFix(parseDotenv(text), { kind: 'set-field', model: 'm', field: 'temperature', value: '0' })
    const after = fixed.ok ? writeDotenv(fixed.tree) : ''
    expect(after.startsWith('# mine\nLLM_TEMPERATURE=0.9\nLLM_MODEL_CONFIGS=')).toBe(true)
    expect(after.endsWith("'\n# end\n")).toBe(true)
  })
})

it("finds no trap of quoting in the guide's first example", () => {
  const text = readFileSync(new URL('../fixtures/dotenv/guide/environment.env', import.meta.url), 'utf8')
  expect(trapCodes(text)).not.toContain('quoting-hazard')
  expect(trapCodes(text)).toContain('list-in-command-line')
})

describe('a file without LLM_MODEL_CONFIGS', () => {
  const viewsOf = (text: string) => checkDslighting(parseDotenv(text)).models

  it('is one model by its simple variables, which each loader completes in its own way', () => {
    const [model, ...more] = viewsOf('API_KEY=sk-fixture-0001\n')
    expect(more).toEqual([])
    expect(model?.name).toBe('gpt-4o-mini')
    expect(model?.views).toMatchObject({
      library: { upstreamModel: 'gpt-4o-mini', keys: { from: 'global' }, temperature: 0.7 },
      'command-line': { upstreamModel: 'gpt-4o-mini', keys: { from: 'global' }, temperature: 0.7 },
      'web-interface': { upstreamModel: 'deepseek-ai/DeepSeek-V3.1-Terminus', provider: 'openai', temperature: 0.2 },
    })
  })

  it('is no model when it says nothing', () => {
    expect(viewsOf('OTHER=1\n')).toEqual([])
  })

  it('names its model by LLM_MODEL, which beside LLM_MODEL_CONFIGS the web interface never reaches', () => {
    const text = `LLM_MODEL=gpt-4o\nAPI_KEY=sk-fixture-0001\nLLM_MODEL_CONFIGS='{"m": {"api_key": "sk-fixture-0002"}}'\n`
    const simple = viewsOf(text).find(({ name }) => name === 'gpt-4o')
    expect(simple?.views.library).toMatchObject({ outcome: 'runs', entryUsed: false, upstreamModel: 'gpt-4o' })
    expect(simple?.views['web-interface'].outcome).toBe('not-reached')
  })
})
