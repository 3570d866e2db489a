// How `set -a; source .env` reads one statement: the shell's words and quotes, as far as they are plain assignments.
import type { Reading } from './readers.ts'

const assignment = /(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)=/y

/** Exports a variable that may not be set, and sets none. */
const bareExport = /^export[ \t]+[A-Za-z_][A-Za-z0-9_]*[ \t]*(?:[ \t]#[^\n]*)?\n?$/

/** Names that the shell keeps for itself: assigning them fails or does something else. */
const reserved = new Set(
  'BASHOPTS BASHPID BASH_ARGC BASH_ARGV BASH_ARGV0 BASH_COMMAND BASH_LINENO BASH_SOURCE BASH_SUBSHELL BASH_VERSINFO COMP_WORDBREAKS DIRSTACK EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME GROUPS HISTCMD IFS LINENO OPTIND PPID PIPESTATUS POSIXLY_CORRECT RANDOM SECONDS SHELLOPTS SRANDOM UID _'.split(
    ' ',
  ),
)

export function readAsBash(statement: string): Reading {
  assignment.lastIndex = 0
  const head = assignment.exec(statement)
  const name = head?.[1] ?? ''
  if (head === null) return { kind: bareExport.test(statement) ? 'missing' : 'runs' }
  if (reserved.has(name)) return { kind: 'missing' }
  const word = readWord(statement, head[0].length)
  if (typeof word === 'string') return { kind: word }
  const isExport = statement.startsWith('export')
  if (isExport && word.bare.includes('{')) return { kind: 'expands' }
  return isNothing(statement, word.end) ? { kind: 'value', name, value: word.value } : { kind: 'runs' }
}

interface Word {
  value: string
  end: number
  /** The parts outside quotes. */
  bare: string
}
type WordFault = 'expands' | 'runs' | 'stops'

/** One word: bare characters and quoted parts until space or the line's end. */
function readWord(text: string, start: number): Word | WordFault {
  const word: Word = { value: '', end: start, bare: '' }
  while (word.end < text.length && !/[ \t\n]/.test(text[word.end] ?? '')) {
    const part = readPart(text, word.end, start)
    if (typeof part === 'string') return part
    word.value += part.value
    word.bare += part.bare
    word.end = part.end
  }
  return word
}

function readPart(text: string, at: number, wordStart: number): Word | WordFault {
  const first = text[at] ?? ''
  if (first === "'") {
    const close = text.indexOf("'", at + 1)
    return close === -1 ? 'stops' : { value: text.slice(at + 1, close), end: close + 1, bare: '' }
  }
  if (first === '"') return readDoubleQuoted(text, at + 1)
  if (first === '\\') return readBackslash(text, at)
  if (/[;&|<>()\0]/.test(first)) return 'runs'
  if (first === '$' || first === '`') return 'expands'
  if (first === '~' && (at === wordStart || text[at - 1] === ':')) return 'expands'
  const plain = /[^'"\\;&|<>()$`~ \t\n\0]+|~/y
  plain.lastIndex = at
  const value = plain.exec(text)?.[0] ?? first
  return { value, end: at + value.length, bare: value }
}

/** Outside quotes a backslash keeps the next character, and joins lines. */
function readBackslash(text: string, at: number): Word {
  const next = text[at + 1] ?? '\\'
  return { value: next === '\n' ? '' : next, end: at + 2, bare: '' }
}

function readDoubleQuoted(text: string, start: number): Word | WordFault {
  const part = /[^"\\$`\0]+|\\\n|\\[\\"$`]|\\|\$(?![\w{([@*#?$!-])/y
  let value = ''
  let at = start
  while (text[at] !== '"') {
    if (at >= text.length) return 'stops'
    part.lastIndex = at
    const found = part.exec(text)?.[0]
    if (found === undefined) return 'expands'
    value += unescape(found)
    at += found.length
  }
  return { value, end: at + 1, bare: '' }
}

function unescape(part: string): string {
  if (part === '\\\n') return ''
  return part.length === 2 && part.startsWith('\\') ? part.slice(1) : part
}

/** Whether only space and comments follow: any other word would be a command. */
function isNothing(text: string, from: number): boolean {
  const rest = text.slice(from).split('\n')
  return rest.every((line) => /^[ \t]*(?:#|$)/.test(line))
}
