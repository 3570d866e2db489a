// How programs other than python-dotenv read one statement. Each answers with the name and value it would set, or with
// what else it does. Where a program's behaviour is not certain, the answer is "differs", never "the same".
import { parseEnv } from 'node:util'
import { readAsBash } from './bash-reader.ts'
import { readAsNpmDotenv } from './npm-dotenv-reader.ts'

export const readers = ['python-dotenv', 'npm-dotenv', 'node', 'bash'] as const
export type Reader = (typeof readers)[number]
export type OtherReader = Exclude<Reader, 'python-dotenv'>

export type Reading =
  | { kind: 'value'; name: string; value: string }
  /** Sets nothing. */
  | { kind: 'missing' }
  /** Puts other variables or a command's output into the value. */
  | { kind: 'expands' }
  /** Takes part of the statement for a command. */
  | { kind: 'runs' }
  /** Gives up on the rest of the file. */
  | { kind: 'stops' }

export const readAs: Record<OtherReader, (statement: string) => Reading> = {
  'npm-dotenv': readAsNpmDotenv,
  node: readAsNode,
  bash: readAsBash,
}

/** Node's own replacing of `\n` takes quadratic time, so what is longer than this is read by its rule instead. */
const longStatement = 32_768

function readAsNode(statement: string): Reading {
  if (statement.length > longStatement) {
    const head = /^(?:export )?([^=\s]+) *= *"/.exec(statement)
    if (head !== null) return readLongDoubleQuoted(statement, head[1] ?? '', head[0].length)
  }
  const set = Object.entries(parseEnv(statement))
  const [first] = set
  if (first === undefined) return { kind: 'missing' }
  if (set.length > 1) return { kind: 'runs' }
  return { kind: 'value', name: first[0], value: first[1] ?? '' }
}

function readLongDoubleQuoted(statement: string, name: string, start: number): Reading {
  const close = statement.indexOf('"', start)
  if (close === -1) return { kind: 'missing' }
  const inner = statement.slice(start, close).replaceAll('\r', '')
  return { kind: 'value', name, value: inner.replaceAll('\\n', '\n') }
}
