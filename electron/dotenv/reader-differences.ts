import type { Place } from './locate.ts'
import { createLocator } from './locate.ts'
import { findExpansions } from './expansion.ts'
import { readAs, type OtherReader, type Reader, type Reading } from './readers.ts'
import { nodeText, type DotenvNode, type DotenvTree, type Variable } from './tree.ts'

/** What a reader does with a variable that the tree's reading (python-dotenv, before expansion) does not say. */
export type Effect =
  /** Sets nothing. */
  | 'missing'
  | 'other-value'
  /** Sets a variable that python-dotenv drops. */
  | 'present'
  | 'expands'
  | 'runs'
  | 'stops'

export interface ReaderDifference extends Place {
  reader: Reader
  effect: Effect
  /** The variable; null where the statement has no readable name. Never a value. */
  name: string | null
}

const others = Object.entries(readAs) as [OtherReader, (statement: string) => Reading][]

/** Where python-dotenv, npm dotenv, `node --env-file` and bash would not all read what the tree says. */
export function readerDifferences(tree: DotenvTree): ReaderDifference[] {
  const locate = createLocator(tree.text)
  return tree.nodes.flatMap((node, index) => {
    const isFirst = tree.bom && index === 0
    const found = node.kind === 'variable' ? ofVariable(node, isFirst) : ofDropped(node)
    const name = node.kind === 'variable' || node.kind === 'dropped' ? node.name : null
    return found.map(({ reader, effect }) => ({ reader, effect, name, ...locate(node.start) }))
  })
}

type Found = { reader: Reader; effect: Effect }

function ofVariable(variable: Variable, isAfterMark: boolean): Found[] {
  const found: Found[] = []
  if (isAfterMark) found.push({ reader: 'python-dotenv', effect: 'missing' })
  else if (variable.value !== null && findExpansions(variable.value).length > 0) {
    found.push({ reader: 'python-dotenv', effect: 'expands' })
  }
  for (const [reader, read] of others) {
    const effect = isAfterMark && reader !== 'npm-dotenv' ? 'missing' : compare(variable, read(nodeText(variable)))
    if (effect !== null) found.push({ reader, effect })
  }
  return found
}

function compare(variable: Variable, reading: Reading): Effect | null {
  if (variable.value === null && reading.kind === 'missing') return null
  if (reading.kind !== 'value') return reading.kind
  if (variable.value === null) return 'present'
  if (reading.name !== variable.name) return 'missing'
  return reading.value === variable.value ? null : 'other-value'
}

function ofDropped(node: DotenvNode): Found[] {
  if (node.kind !== 'dropped') return []
  return others.flatMap(([reader, read]) => {
    const { kind } = read(node.text)
    return kind === 'missing' ? [] : [{ reader, effect: kind === 'value' ? ('present' as const) : kind }]
  })
}

/** The readers that would not give `name` this value if it were written as `statement`. */
export function readersThatDiffer(statement: string, name: string, value: string): Reader[] {
  const different = others.filter(([, read]) => {
    const reading = read(statement)
    return reading.kind !== 'value' || reading.name !== name || reading.value !== value
  })
  return different.map(([reader]) => reader)
}
