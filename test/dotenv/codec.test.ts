import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDotenv, variablesOf, writeDotenv } from '../../electron/dotenv/index.ts'
import { parseCounting } from '../../electron/dotenv/parse.ts'
import { dotenvText } from './dotenv-text.ts'

const read = (text: string) =>
  Object.fromEntries(variablesOf(parseDotenv(text)).map(({ name, value }) => [name, value]))

describe('parse and write', () => {
  it('gives back every byte of any text', () => {
    fc.assert(
      fc.property(fc.oneof(dotenvText, fc.string({ unit: 'binary' })), (text) => {
        expect(writeDotenv(parseDotenv(text))).toBe(text)
      }),
      { numRuns: 2000 },
    )
  })

  it('gives back a byte order mark and mixed line ends', () => {
    const text = '\uFEFFA=1\r\nB=2\rC=3\n\n# end'
    expect(writeDotenv(parseDotenv(text))).toBe(text)
    expect(read(text)).toEqual({ A: '1', B: '2', C: '3' })
  })

  it('looks at each character a fixed number of times, whatever the text', () => {
    const shapes = [
      '\n',
      ' ',
      "'",
      '"',
      "A='",
      'A="\\"',
      "'\\'",
      '=',
      '#',
      'A= # ',
      ' \t',
      "''",
      'A="x"y\n',
      "A='x\\'\n",
      'export ',
      '${',
      '\r',
      'A\n',
    ]
    const steepest = shapes.flatMap((shape) =>
      ['', 'x', "'", '"'].map((end) => {
        const text = shape.repeat(Math.ceil(20_000 / shape.length)) + end
        return parseCounting(text).steps / text.length
      }),
    )
    expect(Math.max(...steepest)).toBeLessThan(12)
    fc.assert(
      fc.property(dotenvText, (text) => {
        expect(parseCounting(text).steps).toBeLessThanOrEqual(12 * text.length + 32)
      }),
    )
  })
})

describe('values', () => {
  it.each([
    ['plain', 'A=x', 'x'],
    ['with a hash inside', 'A=x#y', 'x#y'],
    ['up to a comment', 'A=x # c', 'x'],
    ['a hash straight after the sign', 'A= # c', '# c'],
    ['empty', 'A=', ''],
    ['empty in quotes', 'A=""', ''],
    ['a bare name', 'A', null],
    ['space around the sign', 'A = x', 'x'],
    ['export', 'export A=x', 'x'],
    ['a quoted name', "'A'=x", 'x'],
    ['double quotes with escapes', String.raw`A="\n\t\"\\\q"`, '\n\t"\\\\q'],
    ['single quotes keep \\n', String.raw`A='\n'`, String.raw`\n`],
    ['single quotes know two escapes', String.raw`A='\\ \''`, "\\ '"],
    ['a closing quote after a backslash when there is no other', String.raw`A='x\'`, 'x\\'],
    ['several lines', "A='x\ny'", 'x\ny'],
    ['several lines that end in CR LF', "A='x\r\ny'\r\n", 'x\ny'],
    ['quotes in the middle', "A=it's", "it's"],
    ['commands are text', 'A=$(id)`id`', '$(id)`id`'],
    ['references are text', "A='${B:-x}'", '${B:-x}'],
    ['the last of two', 'A=x\nA=y', 'y'],
  ])('reads %s', (_title, text, value) => {
    expect(read(text)).toEqual({ A: value })
  })

  it.each([
    ['no name', '=v', 'no-name', 0],
    ['two words', 'A B=c', 'no-equals', 2],
    ['export alone before a sign', 'export =x', 'no-name', 7],
    ['an unclosed single quote', "A='x", 'unterminated-quote', 2],
    ['an unclosed double quote', 'A="x\nB=1', 'unterminated-quote', 2],
    ['text after the quote', 'A="x"y', 'text-after-quote', 5],
    ['an apostrophe inside', "A='it's'", 'text-after-quote', 6],
  ])('drops a statement with %s and says where', (_title, text, reason, faultAt) => {
    const dropped = parseDotenv(text).nodes.find((node) => node.kind === 'dropped')
    expect(dropped).toMatchObject({ reason, faultAt })
  })

  it('reads the lines after a dropped one', () => {
    expect(read('A="x"y\nB=1')).toEqual({ B: '1' })
  })

  it('holds names that objects reserve as data', () => {
    const names = variablesOf(parseDotenv('__proto__=x\nconstructor=y\ntoString=z')).map(({ name }) => name)
    expect(names).toEqual(['__proto__', 'constructor', 'toString'])
  })
})
