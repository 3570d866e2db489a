// Where a text may hold a secret. What is not known to be harmless is taken for one: a range too many hides a word, a
// range too few shows a key.
import { modelConfigsName, readConfigsJson } from './configs-json.ts'
import { readJson, type JsonNode, type JsonRead } from './json-reader.ts'
import { isShownName } from './statement-notices.ts'
import { rawStart, type DotenvNode, type DotenvTree, type Variable } from './tree.ts'
import { createRawOffset } from './value-escapes.ts'

/** Offsets of the first character and of the one after the last. */
export interface SecretRange {
  readonly start: number
  readonly end: number
}

const plainAddress = /^https?:\/\/[\w.:[\]-]+(?:\/[\w.~-]*)*$/
const plainNumber = /^-?\d{1,3}(?:\.\d{1,3})?$/
const plainName = /^[\w.:/@ -]{1,64}$/

/** What may be shown of the fields whose meaning is known; any other text is hidden. */
const harmless: Record<string, RegExp> = {
  api_base: plainAddress,
  API_BASE: plainAddress,
  provider: plainName,
  LLM_PROVIDER: plainName,
  model: plainName,
  model_name: plainName,
  LLM_MODEL: plainName,
  temperature: plainNumber,
  LLM_TEMPERATURE: plainNumber,
}

const isHarmless = (name: string, value: string) => value === '' || (harmless[name]?.test(value) ?? false)

/** In a `.env`; offsets in `tree.text`. */
export function secretRanges(tree: DotenvTree): SecretRange[] {
  return tree.nodes.flatMap(ofNode)
}

function ofNode(node: DotenvNode): SecretRange[] {
  switch (node.kind) {
    case 'space':
      return []
    case 'comment':
      return inComment(node.text, node.start)
    case 'dropped':
      return ofDropped(node.text, node.start)
    case 'variable':
    default:
      return ofVariable(node)
  }
}

/** A line that broke apart can put a piece of a key where a name stands. */
function ofVariable(variable: Variable): SecretRange[] {
  const { start, exportText, nameText, name, equals, raw, value, tail } = variable
  const nameStart = start + exportText.length
  const valueStart = rawStart(variable)
  const tailStart = valueStart + raw.length
  const inTail = inComment(tail, tailStart)
  const ofName = equals !== '' && isShownName(name) ? [] : [{ start: nameStart, end: nameStart + nameText.length }]
  if (name === modelConfigsName && value !== null) return [...ofName, ...ofConfigs(variable, value), ...inTail]
  if (isHarmless(name, value ?? '')) return [...ofName, ...inTail]
  const marks = variable.quote === 'none' ? 0 : 1
  return [...ofName, { start: valueStart + marks, end: tailStart - marks }, ...inTail]
}

function ofConfigs(variable: Variable, value: string): SecretRange[] {
  const { json, shift, read } = readConfigsJson(value)
  const rawOffset = createRawOffset(variable)
  const at = rawStart(variable)
  return inJson(json, read).map(({ start, end }) => ({
    start: at + rawOffset(start + shift),
    end: at + rawOffset(end + shift),
  }))
}

/** In a text that is JSON as a whole; all of it when it is not. */
export const secretRangesInJson = (text: string): SecretRange[] => inJson(text, readJson(text))

function inJson(text: string, read: JsonRead): SecretRange[] {
  if (!read.ok) return [{ start: 0, end: text.length }]
  const ranges = read.comments.flatMap((at) => inComment(text.slice(at, lineEnd(text, at)), at))
  const visit = (node: JsonNode, name: string) => {
    if (node.kind === 'array') for (const item of node.items) visit(item, name)
    if (node.kind === 'object') for (const member of node.members) visit(member.value, member.name)
    if (node.kind === 'string' && !isHarmless(name, node.value)) ranges.push(insideQuotes(text, node.at))
    if (node.kind === 'number' && String(node.value).length > 12) ranges.push(numberAt(text, node.at))
  }
  visit(read.root, '')
  return ranges.toSorted((a, b) => a.start - b.start)
}

function insideQuotes(text: string, at: number): SecretRange {
  let end = at + 1
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1
  return { start: at + 1, end: Math.min(end, text.length) }
}

function numberAt(text: string, at: number): SecretRange {
  let end = at
  while (/[-+.\deE]/.test(text[end] ?? '')) end += 1
  return { start: at, end }
}

function lineEnd(text: string, from: number): number {
  const end = text.slice(from).search(/[\r\n]/)
  return end === -1 ? text.length : from + end
}

/** In YAML, read line by line: what follows a name is hidden, unless the name is known and the value plain. */
export function secretRangesInYaml(text: string): SecretRange[] {
  return [...text.matchAll(/[^\r\n]+/g)].flatMap(({ 0: line, index }) => {
    const named = /^(?<head>[\s-]*(?<name>[a-z_]{1,32}):(?:\s|$)\s*)(?<value>.*)$/.exec(line)
    if (named?.groups === undefined) {
      return /^\s*(?:#|$)/.test(line) ? inComment(line, index) : [{ start: index, end: index + line.length }]
    }
    const { head = '', name = '', value = '' } = named.groups
    const bare = value.replace(/^"(.*)"$/, '$1').replace(/^\[\]$/, '')
    return isHarmless(name, bare) ? [] : [{ start: index + head.length, end: index + line.length }]
  })
}

/** In a comment: what is assigned there, and what is as long and dense as a key. */
function inComment(text: string, at: number): SecretRange[] {
  const assigned = text.search(/[=:]\s*[^\s/]/)
  const end = text.trimEnd().length
  if (assigned !== -1) return [...denseRuns(text.slice(0, assigned), at), { start: at + assigned + 1, end: at + end }]
  return denseRuns(text, at)
}

function denseRuns(text: string, at: number): SecretRange[] {
  return [...text.matchAll(/[!-~]{12,}/g)]
    .filter(([run]) => /\d/.test(run) || run.length >= 20)
    .map(({ 0: run, index }) => ({ start: at + index, end: at + index + run.length }))
}

/** Nobody reads it, so nothing is known of it but its first name. */
function ofDropped(text: string, start: number): SecretRange[] {
  const equals = text.indexOf('=')
  const name = text
    .slice(0, Math.max(equals, 0))
    .replace(/^export\s+/, '')
    .trim()
  const from = equals !== -1 && isShownName(name) ? equals + 1 : 0
  return [{ start: start + from, end: start + text.trimEnd().length }]
}
