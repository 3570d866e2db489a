import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  exportDotenv,
  exportJson,
  exportLitellmYaml,
  parseDotenv,
  writeDotenv,
  type ExportModel,
} from '../../../electron/dotenv/index.ts'
import { lineChanges } from '../../../electron/transfer/export/line-changes.ts'
import { previewLines } from '../../../electron/transfer/export/preview-lines.ts'
import { shownFile } from '../../../electron/transfer/export/written-text.ts'
import type { ExportFormat, PreviewLine } from '../../../shared/export.ts'

const textOf = (lines: readonly PreviewLine[]) =>
  lines.map((line) => (line.kind === 'folded' ? '' : line.parts.map(({ text }) => text).join(''))).join('\n')

const shown = (
  before: string,
  after: string,
  how = { isWhole: true, isRevealed: false },
  format: ExportFormat = 'dotenv',
) => previewLines(shownFile(before, format), shownFile(after, format), how)

describe('the difference between two texts', () => {
  const line = fc.constantFrom('a', 'b', 'c', 'd')
  it('leads from one to the other, and back', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.array(line, { maxLength: 12 }), (before, after) => {
        const changes = lineChanges(before, after)
        expect(changes.flatMap((one) => (one.kind === 'added' ? [] : [before[one.before]]))).toEqual(before)
        expect(changes.flatMap((one) => (one.kind === 'removed' ? [] : [after[one.after]]))).toEqual(after)
        const same = changes.filter((one) => one.kind === 'same')
        expect(same.map((one) => before[one.before])).toEqual(same.map((one) => after[one.after]))
      }),
    )
  })

  it('calls no line changed that both begin or end with', () => {
    const before = Array.from({ length: 5_000 }, (_, index) => `line ${index}`)
    const changes = lineChanges(before, before.with(2_500, 'another'))
    expect(changes.filter(({ kind }) => kind !== 'same')).toEqual([
      { kind: 'removed', before: 2_500 },
      { kind: 'added', after: 2_500 },
    ])
  })
})

describe('a preview', () => {
  const before = `# top\n${'X=1\n'.repeat(40)}A=secret-value-of-a-variable\n`
  it('folds the lines that stay, and shows them all when asked', () => {
    const folded = shown(before, `${before}B=2\n`, { isWhole: false, isRevealed: false })
    expect(folded.map(({ kind }) => kind)).toEqual(['folded', 'same', 'same', 'same', 'added'])
    expect(folded[0]).toEqual({ kind: 'folded', count: 39 })
    expect(shown(before, `${before}B=2\n`)).toHaveLength(43)
  })

  it('shows of a secret its last four characters, and nothing of one under 20', () => {
    const lines = shown('', 'A=sk-0123456789abcdefghij\nB=short\n')
    expect(lines).toEqual([
      {
        kind: 'added',
        line: 1,
        parts: [
          { text: 'A=', secret: false },
          { text: 'ghij', secret: true },
        ],
      },
      {
        kind: 'added',
        line: 2,
        parts: [
          { text: 'B=', secret: false },
          { text: '', secret: true },
        ],
      },
    ])
  })

  it('that is revealed is the file to the byte', () => {
    const text = `# c\nexport A="x\ny"\nLLM_MODEL_CONFIGS='{"m": {"api_key": "sk-0123456789abcdefghij"}}'\nB\n`
    expect(textOf(shown('', text, { isWhole: true, isRevealed: true }))).toBe(text.trimEnd())
  })
})

const secretText = fc
  .string({
    unit: fc.constantFrom(...'ABCDEFGHJKMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789-_$\\\'"'.split('')),
    minLength: 24,
    maxLength: 48,
  })
  .map((text) => `sk-${text}9`)
const model: fc.Arbitrary<ExportModel> = fc.record({
  name: fc.constantFrom('glm-4.7', "it's", 'a$b', 'openai/x/y'),
  provider: fc.constantFrom(null, 'openai'),
  apiBase: fc.constantFrom('https://x.test/v1', 'http://127.0.0.1:4141/v1'),
  temperature: fc.constantFrom(null, 0, 1),
  keys: fc.uniqueArray(secretText, { minLength: 1, maxLength: 4 }),
  extra: fc.record({ note: secretText, weight: fc.constant(3) }),
})
const present = fc
  .record({ comment: secretText, value: secretText, pem: secretText, tail: secretText, bare: secretText })
  .map((secrets) => ({
    secrets: Object.values(secrets),
    text: [
      `# API_KEY=${secrets.comment}`,
      `DB_PASSWORD=${JSON.stringify(secrets.value)}`,
      `export PEM="-----BEGIN KEY-----`,
      secrets.pem.replaceAll('"', ''),
      `-----END KEY-----" # ${secrets.tail}`,
      secrets.bare,
      '',
    ].join('\r\n'),
  }))

/** Any ten characters in a row of a secret, but for the four at its end: as it is, and as JSON writes it. */
function* pieces(secret: string): Generator<string> {
  const inJson = JSON.stringify(secret)
    .slice(1, -1)
    .replaceAll('\\\\', String.raw`\u005c`)
    .replaceAll("'", String.raw`\u0027`)
    .replaceAll('$', String.raw`\u0024`)
  for (const form of [secret, JSON.stringify(secret).slice(1, -1), inJson]) {
    for (let at = 0; at + 14 <= form.length; at += 1) yield form.slice(at, at + 10)
  }
}

const shownOf = (text: string, secrets: readonly string[]) =>
  secrets.flatMap((secret) => [...pieces(secret)].filter((piece) => text.includes(piece)))

describe('the masks', () => {
  it('hide every secret of a .env, those that were there before too, whatever they are made of', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(model, { selector: ({ name }) => name, minLength: 1, maxLength: 3 }),
        present,
        (models, file) => {
          const result = exportDotenv(models, { kind: 'portable' }, parseDotenv(file.text))
          const text = textOf(shown(file.text, result.ok ? writeDotenv(result.tree) : file.text))
          const secrets = models.flatMap(({ keys, extra }) => [...keys, JSON.stringify(extra?.['note']).slice(1, -1)])
          expect(shownOf(text, [...secrets, ...file.secrets])).toEqual([])
        },
      ),
    )
  })

  it('hide every secret of JSON and of YAML', () => {
    fc.assert(
      fc.property(fc.uniqueArray(model, { selector: ({ name }) => name, minLength: 1, maxLength: 3 }), (models) => {
        const secrets = models.flatMap(({ keys }) => keys)
        const form = { kind: 'portable' } as const
        expect(shownOf(textOf(shown('', exportJson(models, form), undefined, 'json')), secrets)).toEqual([])
        expect(shownOf(textOf(shown('', exportLitellmYaml(models, form), undefined, 'litellm')), secrets)).toEqual([])
      }),
    )
  })

  it.each([
    ['a value whose quote is never closed', `A="sk-0123456789abcdefghijkl\n`],
    ['a configuration that is no JSON', `LLM_MODEL_CONFIGS='{"m": sk-0123456789abcdefghijkl}'\n`],
    ['a line that is a piece of a key', `A=1\nsk-0123456789abcdefghijkl\n`],
    ['a name that is a piece of a key', `sk0123456789abcdefghijkl=\n`],
    ['an address with a password', `API_BASE=https://me:sk-0123456789abcdefghijkl@x.test/v1\n`],
    ['a header in a comment', `# Authorization: Bearer sk-0123456789abcdefghijkl\n`],
    [
      'a second statement of the same name',
      `LLM_MODEL_CONFIGS={"m":{"api_key":"sk-0123456789abcdefghijkl"}}\nLLM_MODEL_CONFIGS=x\n`,
    ],
  ])('hide %s', (_what, text) => {
    expect(textOf(shown('', text))).not.toContain('0123456789abcdef')
  })

  it('leave what is known to be harmless', () => {
    const text = `# the models\nLLM_MODEL_CONFIGS='{"glm-4.7": {"api_base": "https://x.test/v1", "temperature": 1, "provider": "openai"}}'\nAPI_BASE=http://127.0.0.1:4141/v1\n`
    expect(textOf(shown('', text))).toBe(text.trimEnd())
  })
})
