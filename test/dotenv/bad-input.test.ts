import { describe, expect, it } from 'vitest'
import { importDotenv, valuesOf } from '../../electron/dotenv/index.ts'
import { lexical } from './bad-input/a-lexical.ts'
import { semantic } from './bad-input/b-semantic.ts'
import { binary } from './bad-input/c-bytes.ts'
import { json } from './bad-input/d-json.ts'
import { model } from './bad-input/e-models.ts'
import { keys } from './bad-input/f-keys.ts'
import { canary, type BadInput } from './bad-input/row.ts'

const badInputs = [...lexical, ...semantic, ...binary, ...json, ...model, ...keys]

/** What an import says, without the secrets that it hands on to be saved. */
function saidBy(source: BadInput['source']) {
  const result = importDotenv(source)
  if (!result.ok) {
    const { reason, line, column, name } = result
    return { refused: { code: reason, line, column, name }, notices: [], ignored: [], models: [], values: [] }
  }
  const { notices, ignored, models, tree } = result
  const named = models.map(({ name, line }) => ({ name, line }))
  return { refused: null, notices, ignored, models: named, values: [...valuesOf(tree)] }
}

function expectationOf(row: BadInput) {
  const among = (part: object) => expect.arrayContaining([expect.objectContaining(part)]) as unknown
  if ('refused' in row) return { refused: row.refused }
  if ('noticed' in row) return { refused: null, notices: among(row.noticed) }
  if ('ignored' in row) return { refused: null, ignored: among(row.ignored) }
  return { refused: null, values: expect.arrayContaining([row.kept]) as unknown }
}

describe.each(badInputs)('$title', (row) => {
  const said = saidBy(row.source)

  it('is answered with its code and its place', () => {
    expect(said).toMatchObject(expectationOf(row))
  })

  it('has no key in what is said, and loses no key that is sound', () => {
    const { values: _values, ...words } = said
    expect(JSON.stringify(words)).not.toContain(canary)
    expect(JSON.stringify(words)).not.toContain(canary.slice(-12))
    expect('refused' in row || said.models.length === 1).toBe(true)
  })
})

it('leaves the prototypes as they were', () => {
  for (const { source } of badInputs) importDotenv(source)
  expect(Object.keys(Object.prototype)).toEqual([])
  expect(({} as Record<string, unknown>)['api_key']).toBeUndefined()
})
