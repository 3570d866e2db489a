// An edit changes one statement and no other byte; when the changed text would not be read that way, nothing is changed.
import { jsonForm, plainForm } from './forms.ts'
import type { JsonValue } from './json-reader.ts'
import { parseDotenv } from './parse.ts'
import type { Reader } from './readers.ts'
import { isLineEnd } from './python-space.ts'
import { byteOrderMark, findVariable, nodeText, type DotenvNode, type DotenvTree, type Variable } from './tree.ts'

export type EditRefusal =
  /** The name is not one that every reader takes. */
  | { ok: false; reason: 'name' }
  /** No way to write the value is read alike: `readers` would read another value. */
  | { ok: false; reason: 'no-common-form'; readers: Reader[] }
  /** A quote left open in the file would swallow, or be closed by, what is written. */
  | { ok: false; reason: 'open-quote' }
export type Edit = { ok: true; tree: DotenvTree } | EditRefusal

export function setVariable(tree: DotenvTree, name: string, value: string): Edit {
  const form = plainForm(value, findVariable(tree, name)?.quote ?? 'none')
  return form.ok ? write(tree, name, form.raw) : { ok: false, reason: 'no-common-form', readers: form.readers }
}

/** Any JSON value has a common form. */
export function setJsonVariable(tree: DotenvTree, name: string, value: JsonValue): Edit {
  return write(tree, name, jsonForm(value))
}

/** Puts JSON that is already in a common form between single quotes, its line ends as they are. */
export function setJsonText(tree: DotenvTree, name: string, json: string): Edit {
  return writeAsIs(tree, name, `'${json}'`)
}

/** Takes the statements of `name` out, their lines with them. */
export function removeVariable(tree: DotenvTree, name: string): Edit {
  return checked(
    tree,
    tree.nodes.filter((node) => node.kind !== 'variable' || node.name !== name).map((node) => [node, nodeText(node)]),
  )
}

/** A node as it stands, or the text that takes its place; null is what was not there before. */
type Piece = readonly [DotenvNode | null, string]

function write(tree: DotenvTree, name: string, raw: string): Edit {
  return writeAsIs(tree, name, raw.replaceAll('\n', usualLineEnd(tree.text)))
}

/** Changes the statement that decides `name`, or adds one at the end. */
function writeAsIs(tree: DotenvTree, name: string, written: string): Edit {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return { ok: false, reason: 'name' }
  const lineEnd = usualLineEnd(tree.text)
  const variable = findVariable(tree, name)
  const pieces = tree.nodes.map((node): Piece => {
    return [node, node === variable ? rewritten(variable, name, written) : nodeText(node)]
  })
  if (variable !== undefined) return checked(tree, pieces)
  const opening = tree.text === '' || /[\r\n]/.test(tree.text.at(-1) ?? '') ? '' : lineEnd
  return checked(tree, [...pieces, [null, `${opening}${name}=${written}${lineEnd}`]])
}

/** Without space around the sign and quotes around the name, which not all readers take. */
function rewritten(variable: Variable, name: string, raw: string): string {
  return `${variable.exportText === '' ? '' : 'export '}${name}=${raw}${variable.tail}`
}

export function usualLineEnd(text: string): string {
  const first = text.indexOf('\n')
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n'
}

/** Reads the new text and compares statement by statement with what was meant. */
function checked(tree: DotenvTree, pieces: readonly Piece[]): Edit {
  const mark = tree.bom ? byteOrderMark : ''
  const edited = parseDotenv(mark + pieces.map(([, text]) => text).join(''))
  const meant = pieces.filter(([node]) => node?.kind !== 'space').map(([, text]) => withoutLineEnds(text))
  const read = edited.nodes.filter((node) => node.kind !== 'space').map((node) => withoutLineEnds(nodeText(node)))
  const isAsMeant = meant.length === read.length && meant.every((text, index) => text === read[index])
  return isAsMeant ? { ok: true, tree: edited } : { ok: false, reason: 'open-quote' }
}

function withoutLineEnds(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isLineEnd(text.charCodeAt(start))) start += 1
  while (end > start && isLineEnd(text.charCodeAt(end - 1))) end -= 1
  return text.slice(start, end)
}
