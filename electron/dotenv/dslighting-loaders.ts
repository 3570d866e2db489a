// What DSLighting's three loaders each make of one entry of LLM_MODEL_CONFIGS. Derived from its source (v1.9.11,
// January 2026) row by row, not by running it. They are: the library (`Agent`), the command line (`run_benchmark.py`)
// and the web interface.
import { loaders, type KeyUse, type Loader, type LoaderView } from '../../shared/dslighting.ts'
import { lastFourOf } from '../../shared/last-four.ts'
import { memberOf, type JsonNode, type JsonObject } from './json-reader.ts'
import { defaultApiBase, defaultTemperature, parseTemperature } from './model-entry.ts'
import { isKnownProvider, upstreamModelId } from './upstream-model-id.ts'

export { loaders, type KeyUse, type Loader, type LoaderView }

/** The global variables, with "set but blank" kept apart from "not set": the command line tells them apart. */
export type Globals = ReadonlyMap<string, string>

export interface Entry {
  name: string
  /** Null where there is no entry, and the global variables alone say everything. */
  node: JsonNode | null
  isFirst: boolean
}

const nonBlank = (globals: Globals, name: string) => globals.get(name) || null

/** Whether the library (and with it the command line) skips the entry, and then uses the global variables alone. */
export function isDropped(node: JsonNode): boolean {
  if (node.kind !== 'object') return true
  const key = memberOf(node, 'api_key')
  if (key === undefined) return false
  if (key.kind === 'array') return key.items.length === 0
  return key.kind !== 'string' || key.value === '' || key.value === 'your_key'
}

/** A field whose type the library's model rejects: it stops when the configuration is built. */
export function crashingField(node: JsonObject): string | null {
  const key = memberOf(node, 'api_key')
  const keys = memberOf(node, 'api_keys')
  if (key?.kind === 'array' && key.items.some((item) => item.kind !== 'string')) return 'api_key'
  const isListed = keys === undefined || keys.kind === 'null' || key?.kind === 'array'
  if (!isListed && (keys.kind !== 'array' || keys.items.some((item) => item.kind !== 'string'))) return 'api_keys'
  const temperature = memberOf(node, 'temperature')
  return temperature !== undefined && numberOf(temperature) === null ? 'temperature' : null
}

export function viewOf(loader: Loader, entry: Entry, globals: Globals): LoaderView {
  const node = entry.node?.kind === 'object' && !isDropped(entry.node) ? entry.node : null
  if (loader === 'library') return libraryView(entry.name, node, globals)
  if (loader === 'command-line') return commandLineView(entry.name, node, globals)
  return webView(entry, globals)
}

function libraryView(name: string, node: JsonObject | null, globals: Globals): LoaderView {
  const fails = node !== null && crashingField(node) !== null
  const base = node === null ? undefined : memberOf(node, 'api_base')
  const apiBase = base === undefined ? (nonBlank(globals, 'API_BASE') ?? defaultApiBase) : textOf(base)
  const provider = textIn(node, 'provider') ?? nonBlank(globals, 'LLM_PROVIDER')
  const temperature = numberIn(node, 'temperature') ?? envNumber(globals) ?? defaultTemperature
  return {
    outcome: fails ? 'fails' : 'runs',
    entryUsed: node !== null,
    keys: libraryKeys(node, globals),
    apiBase,
    provider,
    upstreamModel: reachable(textIn(node, 'model') ?? name, provider, apiBase),
    temperature,
  }
}

function libraryKeys(node: JsonObject | null, globals: Globals): KeyUse {
  const list = listIn(node, 'api_key') ?? nonEmpty(listIn(node, 'api_keys'))
  if (list !== null) return entryKeys(list)
  const single = singleKey(node)
  return single === null ? globalKey(nonBlank(globals, 'API_KEY')) : entryKeys(single)
}

function commandLineView(name: string, node: JsonObject | null, globals: Globals): LoaderView {
  const base = textIn(node, 'api_base') ?? globals.get('API_BASE') ?? defaultApiBase
  const provider = textIn(node, 'provider') ?? nonBlank(globals, 'LLM_PROVIDER')
  const temperature = commandLineTemperature(node, globals)
  return {
    outcome: temperature === null ? 'fails' : 'runs',
    entryUsed: node !== null,
    keys: commandLineKeys(node, globals),
    apiBase: base,
    provider,
    upstreamModel: reachable(name, provider, base),
    temperature,
  }
}

function commandLineKeys(node: JsonObject | null, globals: Globals): KeyUse {
  if (listIn(node, 'api_key') !== null) return { ...entryKeys([]), sent: 'list-as-text' }
  const single = singleKey(node)
  if (single !== null) return entryKeys(single)
  const key = globals.get('API_KEY')
  if (key === undefined) return { ...globalKey(null), sent: 'word-EMPTY' }
  return key === '' ? { ...globalKey(null), sent: 'empty-text' } : globalKey(key)
}

/** `float(entry or environment or "0.7")`: a 0 counts as nothing, a blank variable cannot become a number. */
function commandLineTemperature(node: JsonObject | null, globals: Globals): number | null {
  const own = node === null ? undefined : memberOf(node, 'temperature')
  const isTruthy =
    own !== undefined && own.kind !== 'null' && !(own.kind === 'number' && own.value === 0) && textOf(own) !== ''
  if (isTruthy) return numberOf(own)
  return parseTemperature(globals.get('LLM_TEMPERATURE') ?? String(defaultTemperature))
}

const webTemperature = 0.2

/** Always the first entry, and of a list the first key; its temperature is fixed. */
function webView({ name, node, isFirst }: Entry, globals: Globals): LoaderView {
  const entry = node?.kind === 'object' ? node : null
  const apiBase = textIn(entry, 'api_base') ?? nonBlank(globals, 'API_BASE') ?? defaultApiBase
  const own = textIn(entry, 'provider')
  const provider = own ?? (node === null ? (nonBlank(globals, 'LLM_PROVIDER') ?? 'openai') : guessedProvider(name))
  const model = node === null ? (nonBlank(globals, 'LLM_MODEL') ?? webModel) : name
  return {
    outcome: isFirst ? (entry === null && node !== null ? 'fails' : 'runs') : 'not-reached',
    entryUsed: isFirst && entry !== null,
    keys: webKeys(entry, globals),
    apiBase,
    provider,
    upstreamModel: reachable(model, provider, apiBase),
    temperature: webTemperature,
  }
}

/** Its own default, where neither LLM_MODEL_CONFIGS nor LLM_MODEL names a model. */
const webModel = 'openai/deepseek-ai/DeepSeek-V3.1-Terminus'

function webKeys(entry: JsonObject | null, globals: Globals): KeyUse {
  const list = nonEmpty(listIn(entry, 'api_key'))
  const keys = list?.slice(0, 1) ?? singleKey(entry)
  return keys === null ? globalKey(nonBlank(globals, 'API_KEY')) : entryKeys(keys)
}

/** What the web interface takes for the provider of an entry that names none. */
export function guessedProvider(name: string): string {
  const text = name.toLowerCase()
  if (/gemini|google/.test(text)) return 'gemini'
  return /anthropic|claude/.test(text) ? 'anthropic' : 'openai'
}

/** Names that LiteLLM knows without a provider, and hosts from which it infers one. */
const knownNames = /^(?:gpt-|o\d|chatgpt-|claude-|gemini-|text-embedding-|ft:gpt-|command-)/
const knownHosts =
  /^https:\/\/api\.(?:deepseek\.com|groq\.com|mistral\.ai|cerebras\.ai|x\.ai|perplexity\.ai|together\.xyz)(?:\/|$)/

function reachable(model: string, provider: string | null, apiBase: string | null): string | null {
  const prefix = model.split('/', 1)[0] ?? ''
  const id = upstreamModelId(model, provider)
  if (provider !== null) return isKnownProvider(provider) ? id : null
  const isKnown =
    (model.includes('/') && isKnownProvider(prefix)) || knownNames.test(model) || knownHosts.test(apiBase ?? '')
  return isKnown ? id : null
}

function entryKeys(nodes: readonly JsonNode[]): KeyUse {
  return {
    from: 'entry',
    positions: nodes.map((_node, index) => index),
    lastFours: nodes.map((node) => lastFourOf(textOf(node) ?? '')),
    sent: 'key',
    rotates: nodes.length > 1,
  }
}

function globalKey(key: string | null): KeyUse {
  return {
    from: key === null ? 'none' : 'global',
    positions: [],
    lastFours: key === null ? [] : [lastFourOf(key)],
    sent: key === null ? 'nothing' : 'key',
    rotates: false,
  }
}

/** A key that is text, as the only one of a list. */
function singleKey(node: JsonObject | null): readonly JsonNode[] | null {
  const field = node === null ? undefined : memberOf(node, 'api_key')
  return field?.kind === 'string' && field.value !== '' ? [field] : null
}

function listIn(node: JsonObject | null, name: string): readonly JsonNode[] | null {
  const field = node === null ? undefined : memberOf(node, name)
  return field?.kind === 'array' ? field.items : null
}

function nonEmpty<T>(list: readonly T[] | null): readonly T[] | null {
  return list !== null && list.length > 0 ? list : null
}

/** A field's text; null when it is absent, blank or something else. */
export function textIn(node: JsonObject | null, name: string): string | null {
  const field = node === null ? undefined : memberOf(node, name)
  return field === undefined ? null : textOf(field) || null
}

function textOf(node: JsonNode): string | null {
  return node.kind === 'string' ? node.value : null
}

function numberIn(node: JsonObject | null, name: string): number | null {
  const field = node === null ? undefined : memberOf(node, name)
  return field === undefined ? null : numberOf(field)
}

export function numberOf(node: JsonNode): number | null {
  if (node.kind === 'number') return node.value
  return node.kind === 'string' ? parseTemperature(node.value) : null
}

function envNumber(globals: Globals): number | null {
  return parseTemperature(globals.get('LLM_TEMPERATURE') ?? '')
}
