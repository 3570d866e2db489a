import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { parseDotenv, readerDifferences } from '../../electron/dotenv/index.ts'
import { readAs } from '../../electron/dotenv/readers.ts'

const differences = (text: string) =>
  readerDifferences(parseDotenv(text)).map(
    ({ reader, effect, name, line }) => `${line} ${name ?? ''} ${reader} ${effect}`,
  )

describe('the report of differences', () => {
  it('is empty for what all read alike', () => {
    expect(differences(`# c\nA=1\nB='x # y'\nC="it's"\nexport D=x # c\nJSON='{\n  "a": "\\u0027"\n}'\n`)).toEqual([])
  })

  it.each([
    ['a reference in single quotes', "A='${B}'\n", ['1 A python-dotenv expands']],
    [
      'two backslashes in single quotes',
      "A='\\\\'\n",
      ['1 A npm-dotenv other-value', '1 A node other-value', '1 A bash other-value'],
    ],
    ['space around the sign', 'A = 1\n', ['1 A bash runs']],
    ['a CR at the end of the line', 'A=1\r\n', ['1 A bash other-value']],
    ['a variable of the shell', 'A=$HOME\n', ['1 A bash expands']],
    ['two words without quotes', 'A=a b\n', ['1 A bash runs']],
    ['a name that shells refuse', 'A.B=1\n', ['1 A.B bash runs']],
    ['a name that the shell keeps', 'UID=1\n', ['1 UID bash missing']],
    ['a hash without space before it', 'A=x#y\n', ['1 A npm-dotenv other-value', '1 A node other-value']],
    [
      'an apostrophe in single quotes, which python-dotenv drops',
      "A='it's'\n",
      ['1 A npm-dotenv present', '1 A node present', '1 A bash stops'],
    ],
    [
      'text after the quote, which python-dotenv drops',
      'A="x"y\n',
      ['1 A npm-dotenv present', '1 A node present', '1 A bash present'],
    ],
    ['a bare name', 'A\n', ['1 A bash runs']],
    ['an exported bare name, which nobody sets', 'export A\n', []],
  ])('names %s', (_title, text, expected) => {
    expect(differences(text)).toEqual(expected)
  })

  it('says that a byte order mark costs all but npm dotenv the first variable', () => {
    expect(differences('\uFEFFA=1\nB=2\n')).toEqual([
      '1 A python-dotenv missing',
      '1 A node missing',
      '1 A bash missing',
    ])
    expect(differences('\uFEFF\nA=1\n')).toEqual([])
  })

  it('counts lines across values of several lines', () => {
    expect(differences("A='x\ny'\n\nB = 1\n")).toEqual(['4 B bash runs'])
  })

  it('holds no value', () => {
    const report = readerDifferences(parseDotenv('A=$SECRET_VALUE\nB = sk-hidden-value\nC="x"sk-hidden-value\n'))
    expect(report.length).toBeGreaterThan(3)
    expect(JSON.stringify(report)).not.toMatch(/SECRET_VALUE|hidden/)
  })

  it('reads a long statement for Node by rule as Node reads it', () => {
    for (const inner of ['x', 'x\\n', 'x\r\ny', "it's ", '# '].map((piece) =>
      piece.repeat(Math.ceil(40_000 / piece.length)),
    )) {
      for (const statement of [`A="${inner}"\n`, `export A = "${inner}" # c\n`]) {
        expect(readAs.node(statement)).toEqual({ kind: 'value', name: 'A', value: parseEnv(statement)['A'] })
      }
    }
    expect(readAs.node(`A="${'x'.repeat(40_000)}`)).toEqual({
      kind: 'value',
      name: 'A',
      value: parseEnv(`A="${'x'.repeat(40_000)}`)['A'],
    })
  })
})
