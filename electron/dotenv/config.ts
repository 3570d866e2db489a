// One model's configuration from all its sources, field by field: what the code says wins over LLM_MODEL_CONFIGS, which
// wins over the simple variables, which win over the defaults. Pure: the environment is handed in.
import { readJson, uniqueMembers } from './json-reader.ts'
import { splitKeyList } from '../../shared/key-text.ts'
import {
  defaultApiBase,
  defaultModel,
  defaultTemperature,
  parseTemperature,
  readEntryFields,
  type EntryFields,
} from './model-entry.ts'
import { upstreamModelId } from './upstream-model-id.ts'

export type ConfigSource = 'code' | 'model-configs' | 'environment' | 'defaults'

/** What the caller passes, as DSLighting's `Agent(model=…, api_keys=…, api_key=…)` takes it. Blank counts as absent. */
export interface ModelParameters {
  model?: string | undefined
  apiKeys?: readonly string[] | undefined
  apiKey?: string | undefined
  apiBase?: string | undefined
  provider?: string | undefined
  temperature?: number | undefined
}

/** A value that was not absent, with where it stood: `api_keys`, `API_KEY`, … */
export interface Candidate<T> {
  source: ConfigSource
  name: string
  value: T
}

export interface Resolved<T> {
  value: T
  /** Null when no source says anything. */
  source: ConfigSource | null
  name: string | null
  /** What was said and did not win, strongest first. */
  beaten: Candidate<T>[]
}

export interface ModelConfig {
  model: Resolved<string>
  /** Secrets, in the order of rotation. So are those in `beaten`. */
  apiKeys: Resolved<readonly string[]>
  apiBase: Resolved<string>
  provider: Resolved<string | null>
  temperature: Resolved<number>
  /** The id that reaches the provider. */
  upstreamModel: string
  /** What is wrong with the environment, by code and name; never a value. */
  problems: { code: string; name: string }[]
}

export interface ConfigSources {
  code?: ModelParameters
  env?: Readonly<Record<string, string | undefined>>
  defaults?: ModelParameters
}

const standardDefaults = { model: defaultModel, apiBase: defaultApiBase, temperature: defaultTemperature }

export function resolveModelConfig({ code = {}, env = {}, defaults = {} }: ConfigSources): ModelConfig {
  const problems: ModelConfig['problems'] = []
  const preset = { ...standardDefaults, ...defaults }
  const model = decide<string>(
    [
      text('code', 'model', code.model),
      text('environment', 'LLM_MODEL', env['LLM_MODEL']),
      text('defaults', 'model', preset.model),
    ],
    defaultModel,
  )
  const entry = findEntry(model.value, env['LLM_MODEL_CONFIGS'], problems)
  const provider = decide<string | null>(
    [
      text('code', 'provider', code.provider),
      given('model-configs', 'provider', entry?.provider),
      text('environment', 'LLM_PROVIDER', env['LLM_PROVIDER']),
      text('defaults', 'provider', preset.provider),
    ],
    null,
  )
  const apiBase = decide<string>(
    [
      text('code', 'api_base', code.apiBase),
      given('model-configs', 'api_base', entry?.apiBase),
      text('environment', 'API_BASE', env['API_BASE']),
      text('defaults', 'api_base', preset.apiBase),
    ],
    defaultApiBase,
  )
  const temperature = decide<number>(
    [
      given('code', 'temperature', code.temperature),
      given('model-configs', 'temperature', entry?.temperature),
      given('environment', 'LLM_TEMPERATURE', envTemperature(env['LLM_TEMPERATURE'], problems)),
      given('defaults', 'temperature', preset.temperature),
    ],
    defaultTemperature,
  )
  const upstreamModel = upstreamModelId(entry?.alias ?? model.value, provider.value)
  return {
    model,
    apiKeys: decideKeys(code, entry, env, preset),
    apiBase,
    provider,
    temperature,
    upstreamModel,
    problems,
  }
}

/** In each source a list wins over a single key; an empty list says nothing. */
function decideKeys(
  code: ModelParameters,
  entry: EntryFields | null,
  env: Readonly<Record<string, string | undefined>>,
  defaults: ModelParameters,
): Resolved<readonly string[]> {
  const list = (source: ConfigSource, name: string, keys: readonly string[] | null | undefined) => {
    const usable = (keys ?? []).filter((key) => key.trim() !== '')
    return given(source, name, usable.length > 0 ? usable : undefined)
  }
  const single = (source: ConfigSource, name: string, key: string | undefined) =>
    list(source, name, key === undefined ? [] : [key])
  return decide<readonly string[]>(
    [
      list('code', 'api_keys', code.apiKeys),
      single('code', 'api_key', code.apiKey),
      list('model-configs', 'api_key', entry?.keys),
      list('environment', 'API_KEY', splitKeyList(env['API_KEY'] ?? '')),
      list('defaults', 'api_keys', defaults.apiKeys),
      single('defaults', 'api_key', defaults.apiKey),
    ],
    [],
  )
}

function decide<T>(candidates: readonly (Candidate<T> | null)[], otherwise: T): Resolved<T> {
  const [winner, ...beaten] = candidates.filter((candidate) => candidate !== null)
  if (winner === undefined) return { value: otherwise, source: null, name: null, beaten: [] }
  return { ...winner, beaten }
}

function given<T>(source: ConfigSource, name: string, value: T | null | undefined): Candidate<T> | null {
  return value === null || value === undefined ? null : { source, name, value }
}

function text(source: ConfigSource, name: string, value: string | undefined): Candidate<string> | null {
  return given(source, name, value?.trim() || undefined)
}

function envTemperature(value: string | undefined, problems: ModelConfig['problems']): number | undefined {
  if (value === undefined || value.trim() === '') return undefined
  const temperature = parseTemperature(value)
  if (temperature !== null && temperature >= 0 && temperature <= 2) return temperature
  problems.push({ code: temperature === null ? 'temperature-invalid' : 'temperature-range', name: 'LLM_TEMPERATURE' })
  return undefined
}

/** The entry of exactly this name; what cannot be read counts as not there and is named. */
function findEntry(model: string, json: string | undefined, problems: ModelConfig['problems']): EntryFields | null {
  if (json === undefined || json.trim() === '') return null
  const read = readJson(json)
  if (!read.ok || read.root.kind !== 'object') {
    problems.push({ code: read.ok ? 'not-an-object' : 'bad-json', name: 'LLM_MODEL_CONFIGS' })
    return null
  }
  const member = uniqueMembers(read.root).find(({ name }) => name === model)
  if (member === undefined) return null
  const entry = readEntryFields(member, (code, _at, name) => problems.push({ code, name }))
  if (entry.ok) return entry.fields
  problems.push({ code: entry.reason, name: model })
  return null
}
