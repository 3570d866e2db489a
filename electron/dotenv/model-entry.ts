// One entry of LLM_MODEL_CONFIGS, read as DSLighting's library reads it: where the library drops an entry, it is ignored
// here too and the reason is named; where the library would crash, the field is left out and named.
import { readKeyText, splitKeyList } from './key-text.ts'
import {
  memberOf,
  plainJson,
  readJson,
  recordOf,
  uniqueMembers,
  type JsonMember,
  type JsonNode,
  type JsonObject,
  type JsonValue,
} from './json-reader.ts'
import type { SimpleVariables } from './simple-variables.ts'

export interface ImportedModel {
  name: string
  provider: string | null
  apiBase: string
  temperature: number | null
  /** Secrets, in the order of rotation. */
  keys: string[]
  /** Fields that are not ours, kept for the export. */
  extra: Record<string, JsonValue>
  line: number
}

export type IgnoreReason =
  | 'model-name'
  | 'entry-not-object'
  | 'key-list-empty'
  | 'key-placeholder'
  | 'key-wrong-type'
  | 'keys-not-a-list'
  | 'no-usable-key'

/** Says something about a place in LLM_MODEL_CONFIGS; `at` is an offset in its value. */
export type Notify = (code: string, at: number, name: string) => void

export const defaultApiBase = 'https://api.openai.com/v1'
export const defaultModel = 'gpt-4o-mini'
export const defaultTemperature = 0.7

const ownFields = new Set(['api_key', 'api_keys', 'api_base', 'temperature', 'provider'])

export type EntryRead =
  | { ok: true; model: Omit<ImportedModel, 'line'> }
  | { ok: false; reason: IgnoreReason; at: number }

export function readEntry(member: JsonMember, simple: SimpleVariables, notify: Notify): EntryRead {
  const name = member.name.trim()
  const entry = member.value
  if (name === '' || name.length > 256 || /\p{Cc}/u.test(name)) {
    return { ok: false, reason: 'model-name', at: member.nameAt }
  }
  if (name !== member.name) notify('name-has-spaces', member.nameAt, name)
  if (entry.kind !== 'object') return { ok: false, reason: 'entry-not-object', at: entry.at }
  const about: Notify = (code, at) => notify(code, at, name)
  const base = readApiBase(entry, simple, about)
  const keys = readKeys(entry, simple, base, about)
  if ('reason' in keys) return { ok: false, ...keys }
  const provider = readProvider(entry, about) ?? simple.provider
  const temperature = readTemperature(entry, about) ?? simple.temperature
  const others = uniqueMembers(entry).filter((field) => !ownFields.has(field.name))
  if (memberOf(entry, 'model') !== undefined) notify('model-alias', entry.at, name)
  const extra = recordOf(others.map((field) => [field.name, plainJson(field.value)]))
  return { ok: true, model: { name, provider, apiBase: base.apiBase, temperature, keys: keys.secrets, extra } }
}

interface Base {
  apiBase: string
  own: boolean
}

function readApiBase(entry: JsonObject, simple: SimpleVariables, notify: Notify): Base {
  const node = memberOf(entry, 'api_base')
  const text = node?.kind === 'string' ? node.value.trim() : ''
  if (text === '') {
    if (node !== undefined) notify('api-base-unusable', node.at, '')
    else if (simple.apiBase === null) notify('api-base-default', entry.at, '')
    return { apiBase: simple.apiBase ?? defaultApiBase, own: false }
  }
  if (node !== undefined && !isWebAddress(text)) notify('api-base-not-a-url', node.at, '')
  return { apiBase: text, own: true }
}

/** An HTTP(S) address without user, query or fragment; models/ checks the rest when it is saved. */
function isWebAddress(text: string): boolean {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return false
  const url = new URL(text)
  return url.username === '' && url.password === '' && url.search === '' && url.hash === ''
}

function readProvider(entry: JsonObject, notify: Notify): string | null {
  const node = memberOf(entry, 'provider')
  if (node === undefined || node.kind === 'null') return null
  if (node.kind === 'string') return node.value.trim() === '' ? null : node.value.trim()
  notify('provider-wrong-type', node.at, '')
  return null
}

function readTemperature(entry: JsonObject, notify: Notify): number | null {
  const node = memberOf(entry, 'temperature')
  if (node === undefined) return null
  const value = node.kind === 'number' ? node.value : node.kind === 'string' ? parseTemperature(node.value) : null
  if (value === null) notify('temperature-invalid', node.at, '')
  else if (value < 0 || value > 2) notify('temperature-range', node.at, '')
  else return value
  return null
}

/** A decimal number as Python's `float` reads one; words such as `nan` and `inf` are not temperatures. */
export function parseTemperature(text: string): number | null {
  const trimmed = text.trim()
  return trimmed.length <= 32 && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(trimmed) ? Number(trimmed) : null
}

type Keys = { secrets: string[] } | { reason: IgnoreReason; at: number }

/** A list in `api_key` wins over `api_keys`, which wins over a single `api_key`, which wins over API_KEY. */
function readKeys(entry: JsonObject, simple: SimpleVariables, base: Base, notify: Notify): Keys {
  const single = memberOf(entry, 'api_key')
  const several = memberOf(entry, 'api_keys')
  if (single?.kind === 'array') {
    if (single.items.length === 0) return { reason: 'key-list-empty', at: single.at }
    return readSecrets(single.items, single.at, notify)
  }
  if (single !== undefined) {
    if (single.kind !== 'string') return { reason: 'key-wrong-type', at: single.at }
    if (single.value === '' || single.value === 'your_key') return { reason: 'key-placeholder', at: single.at }
  }
  if (several !== undefined && several.kind !== 'null') {
    if (several.kind !== 'array') return { reason: 'keys-not-a-list', at: several.at }
    if (several.items.length > 0) {
      if (single !== undefined) notify('api-key-unused', single.at, '')
      return readSecrets(several.items, several.at, notify)
    }
  }
  return single === undefined ? globalKey(entry, simple, base, notify) : readSecrets([single], single.at, notify)
}

/**
 * DSLighting sends the global API_KEY with an entry that has no key of its own, to whatever host the entry names. Here
 * it goes along only to the host that API_BASE names.
 */
function globalKey(entry: JsonObject, simple: SimpleVariables, base: Base, notify: Notify): Keys {
  if (simple.apiKeys.length === 0) {
    notify('no-key', entry.at, '')
    return { secrets: [] }
  }
  if (base.own && hostOf(base.apiBase) !== hostOf(simple.apiBase ?? defaultApiBase)) {
    notify('global-key-not-taken', entry.at, '')
    return { secrets: [] }
  }
  notify('global-key-used', entry.at, '')
  return { secrets: [...simple.apiKeys] }
}

export function hostOf(apiBase: string): string {
  return URL.canParse(apiBase) ? new URL(apiBase).host : apiBase
}

function readSecrets(nodes: readonly JsonNode[], at: number, notify: Notify): Keys {
  const secrets = new Set<string>()
  for (const node of nodes) {
    if (node.kind !== 'string') {
      notify('key-wrong-type', node.at, '')
      continue
    }
    const texts = listInString(node.value)
    if (texts.length > 1) notify('key-list-split', node.at, '')
    for (const text of texts) addSecret(secrets, text, (code) => notify(code, node.at, ''))
  }
  return secrets.size > 0 ? { secrets: [...secrets] } : { reason: 'no-usable-key', at }
}

/** DSLighting's command line turns a list into a string that holds JSON, and people write commas. */
function listInString(text: string): string[] {
  if (text.trimStart().startsWith('[')) {
    const read = readJson(text)
    if (read.ok && read.root.kind === 'array') {
      return read.root.items.flatMap((item) => (item.kind === 'string' ? [item.value] : []))
    }
  }
  return /[,;]/.test(text) ? splitKeyList(text) : [text]
}

export function addSecret(secrets: Set<string>, text: string, notify: (code: string) => void): void {
  const key = readKeyText(text)
  if (!key.ok) {
    notify(key.reason)
    return
  }
  for (const warning of key.warnings) notify(warning)
  if (secrets.has(key.secret)) notify('key-duplicate')
  secrets.add(key.secret)
}
