import * as fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  findVariable,
  parseDotenv,
  removeVariable,
  setJsonVariable,
  setVariable,
  valuesOf,
  writeDotenv,
  type DotenvTree,
  type Edit,
} from '../../electron/dotenv/index.ts'
import { nodeText } from '../../electron/dotenv/tree.ts'
import { dotenvText, valueText } from './dotenv-text.ts'

const world = readFileSync(new URL('../fixtures/dotenv/real-world.env', import.meta.url), 'utf8')

function edited(edit: Edit): string {
  if (!edit.ok) throw new Error(`refused: ${edit.reason}`)
  return writeDotenv(edit.tree)
}

const textsBut = (tree: DotenvTree, name: string) =>
  tree.nodes.filter((node) => node.kind !== 'space' && !(node.kind === 'variable' && node.name === name)).map(nodeText)

describe('editing one variable', () => {
  it('leaves every other byte alone, or refuses', () => {
    const names = fc.constantFrom('A', 'B_1', 'NEW')
    let changed = 0
    fc.assert(
      fc.property(dotenvText, names, valueText, (text, name, value) => {
        const tree = parseDotenv(`${text}\n`)
        const edit = setVariable(tree, name, value)
        if (!edit.ok) return
        changed += 1
        const before = findVariable(tree, name)
        const raw = findVariable(edit.tree, name)?.raw ?? ''
        const after = writeDotenv(edit.tree)
        const from = before === undefined ? after.lastIndexOf(`${name}=${raw}`) : before.start + (tree.bom ? 1 : 0)
        const source = writeDotenv(tree)
        expect(after.slice(0, from)).toBe(source.slice(0, from))
        const rest = before === undefined ? '' : source.slice(from + nodeText(before).length - before.tail.length)
        expect(after.endsWith(rest)).toBe(true)
        expect(valuesOf(edit.tree).get(name)?.replaceAll('\r\n', '\n')).toBe(value)
      }),
      { numRuns: 3000, seed: 7 },
    )
    expect(changed).toBeGreaterThan(500)
  })

  it('changes one line of a real file and nothing else', () => {
    const before = world.split('\n')
    const after = edited(setVariable(parseDotenv(world), 'DATABASE_URL', 'postgres://new')).split('\n')
    const differing = after.filter((line, index) => line !== before[index])
    expect(after).toHaveLength(before.length)
    expect(differing).toEqual(['export DATABASE_URL="postgres://new" # the main one'])
  })

  it('keeps CR LF, comments, order and a byte order mark', () => {
    const text = '\uFEFF# c\r\nA = 1 # one\r\nB=2\r\n'
    expect(edited(setVariable(parseDotenv(text), 'A', 'x'))).toBe('\uFEFF# c\r\nA=x # one\r\nB=2\r\n')
    expect(edited(setVariable(parseDotenv(text), 'C', 'x'))).toBe(`${text}C=x\r\n`)
    expect(edited(setJsonVariable(parseDotenv(text), 'A', { a: 1 }))).toBe(
      `\uFEFF# c\r\nA='{\r\n  "a": 1\r\n}' # one\r\nB=2\r\n`,
    )
  })

  it('changes the statement that decides, when a name stands twice', () => {
    expect(edited(setVariable(parseDotenv('A=1\nA=2\n'), 'A', '3'))).toBe('A=1\nA=3\n')
  })

  it('gives a line without an end one before it adds another', () => {
    expect(edited(setVariable(parseDotenv('A=1'), 'B', '2'))).toBe('A=1\nB=2\n')
  })

  it('takes a variable out with its line', () => {
    expect(edited(removeVariable(parseDotenv('A=1\nB=2\nA=3\n# c'), 'A'))).toBe('B=2\n# c')
  })

  it('adds nothing behind a quote that was left open', () => {
    const tree = parseDotenv("A='x\nB=1\n")
    expect(setJsonVariable(tree, 'NEW', { a: 1 })).toEqual({ ok: false, reason: 'open-quote' })
    expect(textsBut(tree, 'NEW')).toHaveLength(2)
  })

  it.each(['', '1A', 'A B', 'A=B', 'A-B', "A'", 'Ä'])('refuses the name "%s"', (name) => {
    expect(setVariable(parseDotenv(''), name, 'x')).toEqual({ ok: false, reason: 'name' })
  })

  it.each([
    ['it\'s "both"', ['node', 'bash']],
    ['${HOME}', ['python-dotenv']],
    ['a\\', ['python-dotenv']],
    ['a\\\\b', ['python-dotenv']],
  ])('refuses %j as plain text and names who would read it otherwise', (value, readers) => {
    const edit = setVariable(parseDotenv(''), 'A', value)
    expect(edit).toMatchObject({ ok: false, reason: 'no-common-form' })
    expect(edit).toHaveProperty('readers', expect.arrayContaining(readers))
  })

  it.each([
    ['plain', 'abc-1.2', 'A=abc-1.2\n'],
    ['with spaces', 'a b', "A='a b'\n"],
    ['with an apostrophe', "it's", 'A="it\'s"\n'],
    ['empty', '', 'A=\n'],
    ['of two lines', 'a\nb', "A='a\nb'\n"],
  ])('writes a value %s in the plainest common form', (_title, value, text) => {
    expect(edited(setVariable(parseDotenv(''), 'A', value))).toBe(text)
  })
})
