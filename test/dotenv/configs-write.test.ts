import * as fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readConfigsJson } from '../../electron/dotenv/configs-json.ts'
import { editConfigs, writeConfigs } from '../../electron/dotenv/configs-write.ts'
import { parseDotenv, readerDifferences, valuesOf, writeDotenv, type JsonValue } from '../../electron/dotenv/index.ts'
import { plainJson, uniqueMembers } from '../../electron/dotenv/json-reader.ts'

type Entries = [string, JsonValue][]

const named = (file: string) => readFileSync(new URL(`../fixtures/dotenv/${file}.env`, import.meta.url), 'utf8')

function edited(text: string, entries: Entries) {
  const edit = editConfigs(parseDotenv(text), entries)
  if (!edit.ok) throw new Error(`refused: ${edit.reason}`)
  return { text: writeDotenv(edit.tree), lostComments: edit.lostComments }
}

function rootOf(text: string) {
  const { json, read } = readConfigsJson(valuesOf(parseDotenv(text)).get('LLM_MODEL_CONFIGS') ?? '')
  if (!read.ok || read.root.kind !== 'object') throw new Error('no object')
  const entries = uniqueMembers(read.root).map(({ name, value }): [string, JsonValue] => [name, plainJson(value)])
  const texts = new Map(
    uniqueMembers(read.root).map(({ name, nameAt, value }) => [name, json.slice(nameAt, value.end)]),
  )
  return { json, entries, texts, comments: read.comments.length }
}

/** The entries of a file, with some of them changed. */
function changed(text: string, change: (entries: Map<string, JsonValue>) => void): Entries {
  const entries = new Map(rootOf(text).entries)
  change(entries)
  return [...entries]
}

const guide = named('guide/comments')

describe('an edit of LLM_MODEL_CONFIGS', () => {
  it('keeps the comments, and every byte of what says the same', () => {
    const entries = changed(guide, (all) => all.set('glm-4.7', { api_key: 'sk-new-0001' }))
    const after = edited(guide, entries)
    expect(after.text).toBe(guide.replace("\n  }\n}'", `\n  },\n  "glm-4.7": {\n    "api_key": "sk-new-0001"\n  }\n}'`))
    expect(after.lostComments).toEqual([])
  })

  it('takes a key out of a list with its own comment, and names the line of that comment', () => {
    const entries = changed(guide, (all) =>
      all.set('gpt-4o', {
        api_key: ['sk-account1-key1...', 'sk-account3-key1...'],
        api_base: 'https://api.openai.com/v1',
      }),
    )
    const after = edited(guide, entries)
    expect(after.text).toBe(guide.replace(/ {6}"sk-account2.*\n/, ''))
    expect(after.lostComments).toEqual([6])
  })

  it('changes one field of one line', () => {
    const text = `A=1\nLLM_MODEL_CONFIGS='{"m": {"api_key":"k",  "temperature": 1.0}, "n": {}}' # mine\n`
    const entries = changed(text, (all) => all.set('m', { api_key: 'k', temperature: 0.5 }))
    expect(edited(text, entries).text).toBe(text.replace('1.0', '0.5'))
    expect(edited(text, [['m', { api_key: 'k', temperature: 1, provider: 'openai' }]]).text).toBe(
      `A=1\nLLM_MODEL_CONFIGS='{"m": {"api_key":"k",  "temperature": 1.0, "provider": "openai"} }' # mine\n`,
    )
  })

  it('moves an entry to the front with the comments above it and behind it', () => {
    const text = `LLM_MODEL_CONFIGS='{\n  # first\n  "a": 1, # one\n  # second\n  "b": 2 # two\n}'\n`
    expect(
      edited(text, [
        ['b', 2],
        ['a', 1],
      ]),
    ).toEqual({
      text: `LLM_MODEL_CONFIGS='{\n  # second\n  "b": 2, # two\n  # first\n  "a": 1 # one\n}'\n`,
      lostComments: [],
    })
  })

  it('renames an entry where it stands', () => {
    const text = `LLM_MODEL_CONFIGS='{" m ": {"api_key": "k"}, "n": {}}'\n`
    expect(
      edited(text, [
        ['m', { api_key: 'k' }],
        ['n', {}],
      ]).text,
    ).toBe(text.replace('" m "', '"m"'))
  })

  it('keeps CR LF, tabs and an entry that stands twice', () => {
    const text = `LLM_MODEL_CONFIGS='{\r\n\t"a": 1,\r\n\t"a": 2\r\n}'\r\n`
    expect(
      edited(text, [
        ['a', 2],
        ['b', 3],
      ]).text,
    ).toBe(text.replace('2\r\n', '2,\r\n\t"b": 3\r\n'))
  })

  it('names the lines of the comments that no form keeps', () => {
    const text = `LLM_MODEL_CONFIGS="{\n  \\"a\\": 1, # it's one\n  \\"b\\": 2 # two\n}"\n`
    expect(
      edited(text, [
        ['a', 1],
        ['b', 3],
      ]),
    ).toEqual({
      text: `LLM_MODEL_CONFIGS='{\n  "a": 1, \n  "b": 3 # two\n}'\n`,
      lostComments: [2],
    })
  })

  it('written anew is JSON to the letter, and names each comment that goes', () => {
    const written = writeConfigs(parseDotenv(guide), rootOf(guide).entries)
    const after = written.ok ? valuesOf(written.tree).get('LLM_MODEL_CONFIGS') : ''
    expect(JSON.parse(after ?? '')).toEqual(Object.fromEntries(rootOf(guide).entries))
    expect(written).toHaveProperty('lostComments', [5, 6, 7])
  })
})

const names = fc.constantFrom(
  'gpt-4o',
  'openai/deepseek-ai/DeepSeek-V3',
  'glm',
  "it's",
  'a$b ${C}',
  '中 "x" \\',
  '__proto__',
)
const scalar = fc.oneof(
  fc.constantFrom('sk-1', "o'clock", '${HOME}', '\\', 'x\ny', ''),
  fc.constantFrom(0, 0.5, 2, true, null),
)
const field = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 4 }),
  fc.dictionary(fc.constantFrom('x', 'y'), scalar, { maxKeys: 2, noNullPrototype: true }),
)
const entry = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.dictionary(fc.constantFrom('api_key', 'api_base', 'note', "k'"), field, {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  },
  { weight: 1, arbitrary: field },
)
const entriesOf = fc.uniqueArray(fc.tuple(names, entry), { selector: ([name]) => name, maxLength: 5 })
const comments = fc.infiniteStream(fc.constantFrom('', '', ' # plain', ' # 账户 "1", {', "# it's", ' # ${A}', ' # a\\'))

/** JSON as people lay it out: in one line, or in many with comments at their ends. */
function laidOut(entries: Entries, remarks: Iterator<string>, isOpen: boolean, lineEnd: string): string {
  const lay = (value: JsonValue, indent: string): string => {
    if (typeof value !== 'object' || value === null) return JSON.stringify(value)
    const isList = Array.isArray(value)
    const parts = isList
      ? value.map((item) => lay(item, `${indent}  `))
      : Object.entries(value).map(([name, item]) => `${JSON.stringify(name)} :${lay(item, `${indent}  `)}`)
    const [open, close] = isList ? '[]' : '{}'
    if (!isOpen) return `${open}${parts.join(',')}${close}`
    const lines = parts.map(
      (part, at) => `${indent}  ${part}${at + 1 < parts.length ? ',' : ''}${remarks.next().value ?? ''}`,
    )
    return `${open}${remarks.next().value ?? ''}${lineEnd}${lines.map((line) => line + lineEnd).join('')}${indent}${close}`
  }
  const root: Record<string, JsonValue> = Object.create(null) as Record<string, JsonValue>
  for (const [name, value] of entries) root[name] = value
  return lay(root, '')
}

/** Between single quotes where that says the same, else between double ones. */
function statementOf(json: string): string {
  const plain = `LLM_MODEL_CONFIGS='${json}' # tail\n`
  const isSame = valuesOf(parseDotenv(plain)).get('LLM_MODEL_CONFIGS') === json.replaceAll('\r\n', '\n')
  return isSame ? plain : `LLM_MODEL_CONFIGS="${json.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}" # tail\n`
}

const files = fc
  .tuple(entriesOf, comments, fc.boolean(), fc.constantFrom('\n', '\r\n'))
  .map(([entries, remarks, isOpen, lineEnd]) => {
    const statement = statementOf(laidOut(entries, remarks, isOpen, lineEnd))
    return `# mine${lineEnd}A=1${lineEnd}${statement}B = "x"${lineEnd}`
  })

/** Some of what a file says: entries left out, changed, moved or added. */
const edits = fc
  .tuple(files, entriesOf, fc.infiniteStream(fc.nat(3)), fc.boolean())
  .map(([text, added, choices, moves]) => {
    const kept = rootOf(text).entries.filter(() => choices.next().value !== 0)
    const meant = new Map(moves ? kept.toReversed() : kept)
    for (const [name, value] of added as Entries) {
      const before = meant.get(name)
      const isMerge =
        typeof before === 'object' && before !== null && !Array.isArray(before) && choices.next().value < 2
      meant.set(name, isMerge && typeof value === 'object' && !Array.isArray(value) ? { ...before, ...value } : value)
    }
    return { text, meant: [...meant] }
  })

describe('any edit', () => {
  const said = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown

  it('says what was meant, in its order, to every reader, and changes no other byte', () => {
    fc.assert(
      fc.property(edits, ({ text, meant }) => {
        const after = edited(text, meant).text
        expect(said(rootOf(after).entries)).toEqual(said(meant))
        // To bash the CR of a line's end is part of a value; to JSON it is white space.
        const differing = readerDifferences(parseDotenv(after.replaceAll('\r', '')))
        expect(differing.filter(({ name }) => name === 'LLM_MODEL_CONFIGS')).toEqual([])
        const start = text.indexOf('LLM_MODEL_CONFIGS')
        expect(after.slice(0, start)).toBe(text.slice(0, start))
        expect(after.endsWith(text.slice(text.lastIndexOf(' # tail')))).toBe(true)
      }),
      { numRuns: 1500 },
    )
  })

  it('keeps the bytes of an entry that says the same, unless a reader would stumble over them', () => {
    let kept = 0
    fc.assert(
      fc.property(edits, ({ text, meant }) => {
        const before = rootOf(text)
        const after = edited(text, meant).text
        for (const [name, value] of meant) {
          const source = before.texts.get(name)
          const was = before.entries.find(([one]) => one === name)?.[1]
          if (source === undefined || /['\\]|\$\{/.test(source) || JSON.stringify(was) !== JSON.stringify(value))
            continue
          kept += 1
          expect(rootOf(after).texts.get(name)).toBe(source)
        }
      }),
      { numRuns: 1500 },
    )
    expect(kept).toBeGreaterThan(200)
  })

  it('keeps each comment or names its line', () => {
    fc.assert(
      fc.property(edits, ({ text, meant }) => {
        const after = edited(text, meant)
        expect(rootOf(after.text).comments + after.lostComments.length).toBe(rootOf(text).comments)
        const lines = text.split(/\r?\n/)
        for (const line of after.lostComments) expect(lines[line - 1]).toContain('#')
      }),
      { numRuns: 1500 },
    )
  })

  it('that says nothing new keeps every byte', () => {
    fc.assert(
      fc.property(files, (text) => {
        fc.pre(!/['\\]|\$\{/.test(rootOf(text).json))
        expect(edited(text, rootOf(text).entries).text).toBe(text)
      }),
      { numRuns: 500 },
    )
  })
})
