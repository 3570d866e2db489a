import { describe, expect, it } from 'vitest'
import { createDslightingChecks } from '../../electron/transfer/dslighting-checks.ts'
import type { DslightingCheckView, TrapCode } from '../../shared/dslighting.ts'
import { failureOf } from '../support/open-app.ts'

const secrets = ['sk-fixture-of-the-first-account-0001', 'sk-fixture-of-the-second-account-0002'] as const
const file = (json: string, more = '') => Buffer.from(`# mine\n${more}LLM_MODEL_CONFIGS='${json}'\n# end\n`)
const entry = (fields: object) => JSON.stringify({ m: { provider: 'openai', ...fields } })

/** Checks over a gateway that serves these models, and the names of the clients it was asked for. */
function checking(served: readonly string[] = []) {
  let id = 0
  const minted: [string, readonly string[]][] = []
  const checks = createDslightingChecks({
    newId: () => `check-${(id += 1)}`,
    exported: () => [
      { name: 'm', provider: 'openai', apiBase: 'https://x.test/v1', temperature: null, keys: [...secrets] },
    ],
    gateway: {
      serves: (name) => served.includes(name),
      accessFor: async (fileName, models) => {
        minted.push([fileName, models])
        return { apiBase: 'http://127.0.0.1:4141/v1', token: `gw-token-of-the-file-${minted.length}` }
      },
    },
  })
  return { checks, minted }
}

const codes = ({ traps }: DslightingCheckView) => traps.map(({ code }) => code)
const placeOf = (view: DslightingCheckView, code: TrapCode) => view.traps.findIndex((trap) => trap.code === code)
const textOf = (lines: DslightingCheckView['lines']) =>
  lines.map((line) =>
    line.kind === 'folded' ? `(${line.count})` : `${line.kind} ${line.parts.map(({ text }) => text).join('|')}`,
  )

describe('a checked file', () => {
  it('is told by places and last four characters of its keys, and holds no more of them', () => {
    const { checks } = checking()
    const view = checks.check(file(entry({ api_key: secrets })), '.env')
    expect(view.models[0]?.views.library.keys).toMatchObject({ positions: [0, 1], lastFours: ['0001', '0002'] })
    expect(view).toMatchObject({ source: 'file', lines: [], lostComments: [] })
    expect(JSON.stringify(view)).not.toContain('sk-fixture')
  })

  it('is told as it is by its text, byte for byte', () => {
    const { checks } = checking()
    const bytes = file(entry({ api_key: secrets }))
    const { id } = checks.check(bytes, 'dslighting.env')
    expect(checks.text(id)).toEqual({ text: bytes.toString(), fileName: 'dslighting.env' })
  })

  it.each([
    ['is not UTF-8', Buffer.from([0x41, 0x3d, 0xff]), 'not-utf8'],
    ['is empty', Buffer.from(''), 'empty'],
  ])('that %s is refused', async (_title, bytes, reason) => {
    const { checks } = checking()
    const refused = await failureOf(Promise.resolve().then(() => checks.check(bytes, '.env')))
    expect(refused).toMatchObject({ code: 'IMPORT_REFUSED', data: { reason } })
  })

  it('with the simple variables only is one model', () => {
    const { checks } = checking()
    const view = checks.check(Buffer.from(`API_KEY=${secrets[0]}\nLLM_MODEL=glm-4.7\nLLM_PROVIDER=openai\n`), '.env')
    expect(view.models.map(({ name }) => name)).toEqual(['glm-4.7'])
    expect(view.models[0]?.views['command-line'].keys).toMatchObject({ from: 'global', lastFours: ['0001'] })
  })
})

describe('a fix', () => {
  it('changes what it names, shows the lines before and after with secrets masked, and checks anew', async () => {
    const { checks } = checking()
    const before = checks.check(
      file(`{\n  "m": {\n    "api_key": "${secrets[0]}",\n    "temperature": 0\n  }\n}`),
      '.env',
    )
    const after = await checks.fix(before.id, placeOf(before, 'temperature-zero-ignored'))
    expect(codes(after)).not.toContain('temperature-zero-ignored')
    expect(textOf(after.lines)).toEqual([
      '(1)',
      `same LLM_MODEL_CONFIGS='{`,
      'same   "m": {',
      'same     "api_key": "|0001|",',
      'removed     "temperature": 0',
      'added     "temperature": "0"',
      'same   }',
      "same }'",
      'same # end',
    ])
  })

  it('leaves the file from before under its own name, to go back to', async () => {
    const { checks } = checking()
    const bytes = file(entry({ api_key: secrets[0], temperature: 0 }))
    const before = checks.check(bytes, '.env')
    await checks.fix(before.id, placeOf(before, 'temperature-zero-ignored'))
    expect(checks.text(before.id).text).toBe(bytes.toString())
  })

  it('through the gateway makes one client for the file, which may use the models that the vault has', async () => {
    const { checks, minted } = checking(['m', 'n'])
    const json = JSON.stringify({ m: { api_key: secrets }, n: { api_key: secrets }, other: { api_key: secrets } })
    const first = checks.check(file(json), 'mine.env')
    const second = await checks.fix(first.id, placeOf(first, 'list-in-command-line'))
    const third = await checks.fix(second.id, placeOf(second, 'list-in-command-line'))
    expect(minted).toEqual([['mine.env', ['m', 'n']]])
    const { text } = checks.text(third.id)
    expect(text.match(/gw-token-of-the-file-1/g)).toHaveLength(2)
    expect(third.traps.filter(({ fix }) => fix?.kind === 'through-gateway').map(({ fix }) => fix?.isPossible)).toEqual([
      false,
      false,
    ])
  })

  it('through the gateway is refused for a model that the vault does not have, and makes no client', async () => {
    const { checks, minted } = checking()
    const view = checks.check(file(entry({ api_key: secrets })), '.env')
    expect(await failureOf(checks.fix(view.id, placeOf(view, 'list-in-command-line')))).toEqual({
      code: 'FIX_REFUSED',
      data: { reason: 'needs-gateway' },
    })
    expect(minted).toEqual([])
  })

  it('names the lines of the comments that go with it', async () => {
    const { checks } = checking()
    const view = checks.check(file(`{\n  "m": {"api_key": "${secrets[0]}"} # mine\n}`), '.env')
    const fixed = await checks.fix(view.id, placeOf(view, 'json-comments'))
    expect(fixed.lostComments).toEqual([3])
  })

  it.each([
    ['of a check that is forgotten', 'nobody', 0],
    ['that is not offered', 'check-1', 99],
  ])('%s is refused', async (_title, id, trap) => {
    const { checks } = checking()
    checks.check(file(entry({ api_key: secrets })), '.env')
    expect(await failureOf(checks.fix(id, trap))).toMatchObject({ code: 'IMPORT_EXPIRED' })
  })
})

describe('fixing all that needs no decision', () => {
  it('makes those changes and no other, and ends', async () => {
    const { checks, minted } = checking(['m'])
    const json = JSON.stringify({
      m: { api_key: ['your_key', null, secrets[0]], temperature: 0, api_base: 'https://x.test/v1' },
      ' n ': { api_keys: [...secrets], temperature: 'hot', provider: 'siliconflow' },
      'openai/org/claude-x': { api_key: [secrets[1]], api_base: 'https://x.test/v1' },
    })
    const before = checks.check(file(json, 'API_BASE=\nLLM_TEMPERATURE=warm\n'), '.env')
    const after = await checks.fixAll(before.id)
    expect(new Set(codes(after))).toEqual(
      new Set(['list-in-command-line', 'web-first-key-only', 'web-first-model-only']),
    )
    expect(after.traps.every(({ fix, needsDecision }) => fix === null || needsDecision)).toBe(true)
    expect(minted).toEqual([])
    expect(checks.text(after.id).text).toContain('"n":{')
  })

  it('sends no key to another host and drops no model', async () => {
    const { checks } = checking()
    const json = JSON.stringify({ 'claude-x': { api_key: secrets[0] }, gone: { api_key: '' } })
    const before = checks.check(file(json), '.env')
    const after = await checks.fixAll(before.id)
    expect(checks.text(after.id).text).toBe(file(json).toString())
    expect(codes(after)).toEqual(expect.arrayContaining(['openai-base-for-claude', 'entry-dropped']))
  })
})

describe("the vault's export", () => {
  it('is checked like a file, and does not leave by this door', async () => {
    const { checks } = checking()
    const view = checks.checkExport()
    expect(view).toMatchObject({ source: 'vault', models: [{ name: 'm' }] })
    expect(codes(view)).toContain('list-in-command-line')
    expect(JSON.stringify(view)).not.toContain('sk-fixture')
    expect(await failureOf(Promise.resolve().then(() => checks.text(view.id)))).toMatchObject({
      code: 'IMPORT_EXPIRED',
    })
  })
})
