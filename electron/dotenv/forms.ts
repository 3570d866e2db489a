// A value is written only in a form that python-dotenv, npm dotenv, `node --env-file` and bash all read as that value.
import { findExpansions } from './expansion.ts'
import { writeJson } from './json-form.ts'
import type { JsonValue } from './json-reader.ts'
import { parseDotenv } from './parse.ts'
import { readersThatDiffer } from './reader-differences.ts'
import type { Reader } from './readers.ts'
import { variablesOf, type Quote } from './tree.ts'

export function jsonForm(value: JsonValue): string {
  return `'${writeJson(value, { lineEnd: '\n', indent: '' })}'`
}

export type PlainForm = { ok: true; raw: string } | { ok: false; readers: Reader[] }

/** The value in the first form that all readers agree on, the preferred one first; else who would read it otherwise. */
export function plainForm(value: string, preferred: Quote): PlainForm {
  const forms: Record<Quote, string> = { none: value, single: `'${value}'`, double: `"${value}"` }
  const order: Quote[] = [preferred, 'single', 'double']
  for (const quote of order) {
    if (quote === 'none' && !/^[\w.,:/@%+-]*$/.test(value)) continue
    if (differing(forms[quote], value).length === 0) return { ok: true, raw: forms[quote] }
  }
  return { ok: false, readers: differing(forms.single, value) }
}

function differing(raw: string, value: string): Reader[] {
  // A closing quote after a backslash closes only as long as no other quote follows in the file.
  if (raw !== value && value.endsWith('\\')) return ['python-dotenv', 'npm-dotenv']
  const statement = `NAME=${raw}\n`
  const others = readersThatDiffer(statement, 'NAME', value)
  const read = variablesOf(parseDotenv(statement))
  const isSame = read.length === 1 && read[0]?.value === value && findExpansions(value).length === 0
  return isSame ? others : ['python-dotenv', ...others]
}
