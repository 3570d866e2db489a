/** Why python-dotenv drops a statement; it logs a warning and reads on after the line. */
export type DropReason = 'no-name' | 'no-equals' | 'unterminated-quote' | 'text-after-quote'

export type Quote = 'none' | 'single' | 'double'

interface Placed {
  /** Offset in `DotenvTree.text`. */
  readonly start: number
}

/** Blank lines and indentation. */
export interface Space extends Placed {
  readonly kind: 'space'
  readonly text: string
}

export interface Comment extends Placed {
  readonly kind: 'comment'
  readonly text: string
}

/** A statement that python-dotenv does not read. */
export interface Dropped extends Placed {
  readonly kind: 'dropped'
  readonly text: string
  readonly name: string | null
  readonly reason: DropReason
  /** Offset in `DotenvTree.text` of what is wrong. */
  readonly faultAt: number
}

export interface Variable extends Placed {
  readonly kind: 'variable'
  /** `export ` with its space, or nothing. */
  readonly exportText: string
  /** The name as written, which may be in single quotes. */
  readonly nameText: string
  readonly name: string
  /** `=` with the space around it; nothing in a bare `NAME`. */
  readonly equals: string
  readonly quote: Quote
  /** The value as written, quotes included. */
  readonly raw: string
  /** The value as python-dotenv reads it from a file, before it expands `${NAME}`; null in a bare `NAME`. */
  readonly value: string | null
  /** What follows the value: space, a comment, the line's end. */
  readonly tail: string
}

export type DotenvNode = Space | Comment | Dropped | Variable

/** A `.env` with nothing left out: the texts of its nodes, in order, are the file. */
export interface DotenvTree {
  readonly bom: boolean
  /** The file without its byte order mark. */
  readonly text: string
  readonly nodes: readonly DotenvNode[]
}

export const byteOrderMark = '\uFEFF'

export function nodeText(node: DotenvNode): string {
  if (node.kind !== 'variable') return node.text
  return node.exportText + node.nameText + node.equals + node.raw + node.tail
}

/** Offset of the value's first character as written. */
export function rawStart(variable: Variable): number {
  return variable.start + variable.exportText.length + variable.nameText.length + variable.equals.length
}

export function writeDotenv(tree: DotenvTree): string {
  return (tree.bom ? byteOrderMark : '') + tree.nodes.map(nodeText).join('')
}

export function variablesOf(tree: DotenvTree): Variable[] {
  return tree.nodes.filter((node) => node.kind === 'variable')
}

/** The statement that decides `name`: the last one, as in every reader. */
export function findVariable(tree: DotenvTree, name: string): Variable | undefined {
  return tree.nodes.findLast((node): node is Variable => node.kind === 'variable' && node.name === name)
}

/** The file's values by name, the last statement winning; a Map, so that `__proto__` is a name like any other. */
export function valuesOf(tree: DotenvTree): Map<string, string> {
  const values = new Map<string, string>()
  for (const variable of variablesOf(tree)) {
    if (variable.value === null) values.delete(variable.name)
    else values.set(variable.name, variable.value)
  }
  return values
}
