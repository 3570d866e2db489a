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
  const long = statement.length > longStatement ? readLongDoubleQuoted(statement) : null
  if (long !== null) return long
  const set = Object.entries(parseEnv(statement))
  const [first] = set
  if (first === undefined) return { kind: 'missing' }
  if (set.length > 1) return { kind: 'runs' }
  return { kind: 'value', name: first[0], value: first[1] ?? '' }
}

function readLongDoubleQuoted(statement: string): Reading | null {
  const head = /^(?:export )?([^=\s]+) *= *"/.exec(statement)
  const close = head === null ? -1 : statement.indexOf('"', head[0].length)
  if (head === null || close === -1) return null
  const inner = statement.slice(head[0].length, close).replaceAll('\r', '')
  return { kind: 'value', name: head[1] ?? '', value: inner.replaceAll('\\n', '\n') }
}
