import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import {
  expandVariables,
  parseDotenv,
  plainForm,
  readerDifferences,
  setJsonVariable,
  setVariable,
  variablesOf,
  writeDotenv,
  type JsonValue,
} from '../../electron/dotenv/index.ts'
import { dotenvText, statementText, valueText } from './dotenv-text.ts'
import {
  hasBash,
  noBash,
  noPython,
  pythons,
  readWithBash,
  readWithNode,
  readWithNpmDotenv,
  readWithPython,
  type Settings,
} from './real-readers.ts'

// Thousands of files and four programs: on a busy machine that takes more than the usual limit.
vi.setConfig({ testTimeout: 120_000 })

const seed = 20_260_101
const sample = <T>(arbitrary: fc.Arbitrary<T>, numRuns: number) => fc.sample(arbitrary, { seed, numRuns })
const ourReading = (text: string): Settings =>
  Object.fromEntries(variablesOf(parseDotenv(text)).map(({ name, value }) => [name, value]))

it.skipIf(pythons.length === 0)(`has a python-dotenv to compare with (when skipped: ${noPython})`, () => {
  expect(pythons).not.toEqual([])
})

it.skipIf(!hasBash)(`has a bash to compare with (when skipped: ${noBash})`, () => {
  expect(hasBash).toBe(true)
})

describe.each(pythons)('against the python-dotenv of %s', (python) => {
  it('reads thousands of texts as it does', () => {
    const texts = sample(dotenvText, 4000).filter((text) => !text.startsWith('\uFEFF'))
    const theirs = readWithPython(python, texts)
    expect(texts.map((text) => ({ text, read: ourReading(text) }))).toEqual(
      texts.map((text, index) => ({ text, read: theirs[index] })),
    )
  })

  it('expands references as it does, when asked', () => {
    const texts = sample(dotenvText, 2000)
    const theirs = readWithPython(python, texts, true)
    const ours = texts.map((text) => Object.fromEntries(expandVariables(parseDotenv(text), new Map())))
    expect(texts.map((text, index) => ({ text, read: ours[index] }))).toEqual(
      texts.map((text, index) => ({ text, read: withoutBareNames(theirs[index] ?? {}) })),
    )
  })
})

function withoutBareNames(settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null))
}

/** What each real reader that is present says that NAME is, for many files. */
function askAll(texts: readonly string[]): { reader: string; values: (string | null | undefined)[] }[] {
  const asked = [
    { reader: 'node', files: texts.map(readWithNode) },
    { reader: 'npm-dotenv', files: texts.map(readWithNpmDotenv) },
    ...pythons.map((python) => ({ reader: 'python-dotenv', files: readWithPython(python, texts, true) })),
  ]
  if (hasBash) asked.push({ reader: 'bash', files: readWithBash(texts, ['NAME']) })
  return asked.map(({ reader, files }) => ({ reader, values: files.map((file) => file['NAME']) }))
}

/** More quotes in the file, which a value that was left half open would run into. */
const after = `OTHER='x'\nMORE="y"\n`

describe('what is written', () => {
  const json = fc.jsonValue({ maxDepth: 3, noUnicodeString: false }) as fc.Arbitrary<JsonValue>
  const tricky = valueText.map((text): JsonValue => ({ [text]: text }))

  it('is the same JSON to every reader, for thousands of values', () => {
    const values = [...sample(json, 1000), ...sample(tricky, 1000)]
    const texts = values.map((value) => {
      const edit = setJsonVariable(parseDotenv('# before\n'), 'NAME', value)
      return edit.ok ? writeDotenv(edit.tree) : ''
    })
    for (const { reader, values: read } of askAll(texts.map((text) => text + after))) {
      expect({ reader, read: read.map((text) => JSON.parse(text ?? '') as unknown) }).toEqual({
        reader,
        read: values.map((value) => JSON.parse(JSON.stringify(value)) as unknown),
      })
    }
  })

  it('is the same text to every reader, or is refused with the name of one that differs', () => {
    const values = sample(valueText, 3000)
    const written = values.flatMap((value) => {
      const edit = setVariable(parseDotenv(''), 'NAME', value)
      return edit.ok ? [{ value, text: writeDotenv(edit.tree) }] : []
    })
    expect(written.length).toBeGreaterThan(1000)
    expect(written.length).toBeLessThan(values.length)
    for (const { reader, values: read } of askAll(written.map(({ text }) => text + after))) {
      expect({ reader, read }).toEqual({ reader, read: written.map(({ value }) => value) })
    }
  })

  it('names a reader that really differs when it refuses', () => {
    const refused = sample(valueText, 3000).flatMap((value) => {
      const form = plainForm(value, 'single')
      return form.ok ? [] : [{ value, readers: form.readers }]
    })
    const read = askAll(refused.map(({ value }) => `NAME='${value}'\n${after}`))
    const isPresent = (name: string) => read.some(({ reader }) => reader === name)
    const unfounded = refused.filter(({ value, readers }, index) => {
      const differ = read.filter(({ values }) => values[index] !== value).map(({ reader }) => reader)
      return readers.every(isPresent) && !readers.some((name) => differ.includes(name))
    })
    expect(refused.length).toBeGreaterThan(100)
    expect(unfounded).toEqual([])
  })
})

describe('the report of differences', () => {
  const texts = sample(statementText, 4000).filter((text) => {
    const nodes = parseDotenv(text).nodes.filter(({ kind }) => kind !== 'space')
    return nodes.length === 1 && nodes[0]?.kind === 'variable' && nodes[0].name === 'NAME' && nodes[0].value !== null
  })

  const answers = askAll(texts)
  const reported = texts.map((text) => readerDifferences(parseDotenv(text)).map(({ reader }) => reader as string))
  const agrees = (values: (string | null | undefined)[], index: number) =>
    values[index] === ourReading(texts[index] ?? '')['NAME']

  it('misses no reader that really reads another value', () => {
    const missed = answers.flatMap(({ reader, values }) =>
      texts.flatMap((text, index) =>
        agrees(values, index) || reported[index]?.includes(reader) ? [] : [{ reader, text }],
      ),
    )
    expect(texts.length).toBeGreaterThan(1000)
    expect(missed).toEqual([])
  })

  it('is rarely wrong about one that reads the same', () => {
    const reports = answers.flatMap(({ reader, values }) =>
      texts.flatMap((_text, index) => (reported[index]?.includes(reader) ? [agrees(values, index)] : [])),
    )
    expect(reports.length).toBeGreaterThan(1000)
    expect(reports.filter((isWrong) => isWrong).length / reports.length).toBeLessThan(0.05)
  })
})
