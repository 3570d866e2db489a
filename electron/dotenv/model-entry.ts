// One entry of LLM_MODEL_CONFIGS, read as DSLighting's library reads it: where the library drops an entry, it is ignored
// here too and the reason is named; where the library would crash, the field is left out and named.
import { addSecret, isMaskedOnly, noKeys, refuseKey, type CollectedKeys, type RefusedKey } from './collected-keys.ts'
import { looksLikeSecret, splitKeyList } from '../../shared/key-text.ts'
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
  /** True when no base URL was said and the default stands in. */
  isDefaultBase: boolean
  temperature: number | null
  /** Secrets, in the order of rotation. */
  keys: string[]
  /** What stood among the keys and is none. */
  refusedKeys: RefusedKey[]
  /** Fields that are not ours, kept for the export. */
  extra: Record<string, JsonValue>
  line: number
}

export type IgnoreReason =
  | 'model-name'
  | 'name-is-key'
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

/** What an entry says by itself. */
export interface EntryFields {
  name: string
  provider: string | null
  apiBase: string | null
  temperature: number | null
  /** Null when the entry has no key of its own. */
  keys: string[] | null
  refusedKeys: RefusedKey[]
  /** `model` inside an entry replaces the name in DSLighting's library. */
  alias: string | null
  extra: Record<string, JsonValue>
  at: number
}
export type FieldsRead = { ok: true; fields: EntryFields } | { ok: false; reason: IgnoreReason; at: number }

export function readEntry(member: JsonMember, simple: SimpleVariables, notify: Notify): EntryRead {
  const read = readEntryFields(member, notify)
  if (!read.ok) return read
  const { name, extra, ...own } = read.fields
  const about = (code: string) => notify(code, own.at, name)
  if (own.apiBase === null && simple.apiBase === null) about('api-base-default')
  const apiBase = own.apiBase ?? simple.apiBase ?? defaultApiBase
  const keys = own.keys ?? globalKeys(own.apiBase, simple, about)
  const isDefaultBase = own.apiBase === null && simple.apiBase === null
  const provider = own.provider ?? simple.provider
  const temperature = own.temperature ?? simple.temperature
  const { refusedKeys } = own
  return { ok: true, model: { name, provider, apiBase, isDefaultBase, temperature, keys, refusedKeys, extra } }
}

export function readEntryFields(member: JsonMember, notify: Notify): FieldsRead {
  const name = member.name.trim()
  const entry = member.value
  if (name === '' || name.length > 256 || /\p{Cc}/u.test(name)) {
    return { ok: false, reason: 'model-name', at: member.nameAt }
  }
  if (looksLikeSecret(name)) return { ok: false, reason: 'name-is-key', at: member.nameAt }
  if (name !== member.name) notify('name-has-spaces', member.nameAt, name)
  if (entry.kind !== 'object') return { ok: false, reason: 'entry-not-object', at: entry.at }
  const about = (code: string, at: number) => notify(code, at, name)
  const keys = readKeys(entry, about)
  if (keys !== null && 'reason' in keys) return { ok: false, ...keys }
  const fields = {
    name,
    provider: readProvider(entry, about),
    apiBase: readApiBase(entry, about),
    temperature: readTemperature(entry, about),
    keys: keys === null ? null : [...keys.secrets],
    refusedKeys: keys?.refused ?? [],
    alias: readAlias(entry, about),
    extra: readExtra(entry),
    at: entry.at,
  }
  return { ok: true, fields }
}

type Note = (code: string, at: number) => void

function readExtra(entry: JsonObject): Record<string, JsonValue> {
  const others = uniqueMembers(entry).filter((field) => !ownFields.has(field.name))
  return recordOf(others.map((field) => [field.name, plainJson(field.value)]))
}

function readAlias(entry: JsonObject, note: Note): string | null {
  const node = memberOf(entry, 'model')
  if (node === undefined) return null
  note('model-alias', node.at)
  return node.kind === 'string' && node.value.trim() !== '' ? node.value.trim() : null
}

function readApiBase(entry: JsonObject, note: Note): string | null {
  const node = memberOf(entry, 'api_base')
  if (node === undefined) return null
  const text = node.kind === 'string' ? node.value.trim() : ''
  if (text === '') note('api-base-unusable', node.at)
  else if (!isWebAddress(text)) note('api-base-not-a-url', node.at)
  return text === '' ? null : text
}

/** An HTTP(S) address without user, query or fragment; models/ checks the rest when it is saved. */
function isWebAddress(text: string): boolean {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return false
  const url = new URL(text)
  return url.username === '' && url.password === '' && url.search === '' && url.hash === ''
}

function readProvider(entry: JsonObject, note: Note): string | null {
  const node = memberOf(entry, 'provider')
  if (node === undefined || node.kind === 'null') return null
  if (node.kind === 'string') return node.value.trim() === '' ? null : node.value.trim()
  note('provider-wrong-type', node.at)
  return null
}

function readTemperature(entry: JsonObject, note: Note): number | null {
  const node = memberOf(entry, 'temperature')
  if (node === undefined) return null
  const value = node.kind === 'number' ? node.value : node.kind === 'string' ? parseTemperature(node.value) : null
  if (value === null) note('temperature-invalid', node.at)
  else if (value < 0 || value > 2) note('temperature-range', node.at)
  else return value
  return null
}

/** A decimal number as Python's `float` reads one; words such as `nan` and `inf` are not temperatures. */
export function parseTemperature(text: string): number | null {
  const trimmed = text.trim()
  return trimmed.length <= 32 && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(trimmed) ? Number(trimmed) : null
}

type Keys = CollectedKeys | { reason: IgnoreReason; at: number }

/** A list in `api_key` wins over `api_keys`, which wins over a single `api_key`. Null when there is none of them. */
function readKeys(entry: JsonObject, note: Note): Keys | null {
  const single = memberOf(entry, 'api_key')
  const several = memberOf(entry, 'api_keys')
  if (single?.kind === 'array') {
    if (single.items.length === 0) return { reason: 'key-list-empty', at: single.at }
    return readSecrets(single.items, single.at, note)
  }
  if (single !== undefined) {
    if (single.kind !== 'string') return { reason: 'key-wrong-type', at: single.at }
    if (single.value === '' || single.value === 'your_key') return { reason: 'key-placeholder', at: single.at }
  }
  if (several !== undefined && several.kind !== 'null') {
    if (several.kind !== 'array') return { reason: 'keys-not-a-list', at: several.at }
    if (several.items.length > 0) {
      if (single !== undefined) note('api-key-unused', single.at)
      return readSecrets(several.items, several.at, note)
    }
  }
  return single === undefined ? null : readSecrets([single], single.at, note)
}

/**
 * DSLighting sends the global API_KEY with an entry that has no key of its own, to whatever host the entry names. Here
 * it goes along only to the host that API_BASE names.
 */
function globalKeys(ownBase: string | null, simple: SimpleVariables, note: (code: string) => void): string[] {
  const isSameHost = ownBase === null || hostOf(ownBase) === hostOf(simple.apiBase ?? defaultApiBase)
  if (simple.apiKeys.length === 0) note('no-key')
  else note(isSameHost ? 'global-key-used' : 'global-key-not-taken')
  return isSameHost ? [...simple.apiKeys] : []
}

export function hostOf(apiBase: string): string {
  return URL.canParse(apiBase) ? new URL(apiBase).host : apiBase
}

function readSecrets(nodes: readonly JsonNode[], at: number, note: Note): Keys {
  const keys = noKeys()
  for (const node of nodes) {
    if (node.kind !== 'string') {
      note('key-wrong-type', node.at)
      refuseKey(keys, 'key-wrong-type', '')
      continue
    }
    const texts = listInString(node.value)
    if (texts.length > 1) note('key-list-split', node.at)
    for (const text of texts) addSecret(keys, text, (code) => note(code, node.at))
  }
  return keys.secrets.size > 0 || isMaskedOnly(keys) ? keys : { reason: 'no-usable-key', at }
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
