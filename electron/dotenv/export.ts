import { modelConfigsName, readConfigsJson } from './configs-json.ts'
import { editConfigs, type ConfigsEdit } from './configs-write.ts'
import { plainJson, recordOf, uniqueMembers, type JsonFault, type JsonValue } from './json-reader.ts'
import { createLocator } from './locate.ts'
import { defaultApiBase } from './model-entry.ts'
import { parseDotenv } from './parse.ts'
import { findVariable, rawStart, type DotenvTree } from './tree.ts'
import { createRawOffset } from './value-escapes.ts'

export interface ExportModel {
  name: string
  provider: string | null
  apiBase: string
  temperature: number | null
  keys: readonly string[]
  extra?: Readonly<Record<string, JsonValue>>
}

/**
 * With the real keys, or with the local gateway's address and a client's token in their place: the one form that
 * rotates in each of DSLighting's three loaders.
 */
export type ExportForm = { kind: 'portable' } | { kind: 'gateway'; apiBase: string; token: string }

export type Export =
  | ConfigsEdit
  /** The file's own LLM_MODEL_CONFIGS cannot be read, so it is not replaced. */
  | { ok: false; reason: 'bad-json'; line: number; column: number; fault: JsonFault | 'object' }

/** Puts the models into LLM_MODEL_CONFIGS; other entries, other fields and all other bytes of the file stay. */
export function exportDotenv(models: readonly ExportModel[], form: ExportForm, into?: DotenvTree): Export {
  const tree = into ?? parseDotenv('')
  const present = readPresent(tree)
  if (!present.ok) return present
  const entries = present.entries
  for (const model of models) entries.set(model.name, entryOf(model, form, entries.get(model.name)))
  return editConfigs(tree, [...entries])
}

/** Takes the entries of these names out of LLM_MODEL_CONFIGS; all else stays. */
export function withoutEntries(tree: DotenvTree, names: readonly string[]): Export {
  const present = readPresent(tree)
  if (!present.ok) return present
  return editConfigs(
    tree,
    [...present.entries].filter(([name]) => !names.includes(name)),
  )
}

/** The same object as JSON. */
export function exportJson(models: readonly ExportModel[], form: ExportForm): string {
  const entries = models.map((model) => [model.name, entryOf(model, form, undefined)] as const)
  return `${JSON.stringify(recordOf(entries), null, 2)}\n`
}

/** LiteLLM's `model_list`: one item a key, which its router balances. JSON's strings are strings of YAML 1.2 too. */
export function exportLitellmYaml(models: readonly ExportModel[], form: ExportForm): string {
  const items = models.flatMap((model) => {
    const { apiBase, provider, keys } = through(model, form)
    const name = provider === null || model.name.startsWith(`${provider}/`) ? model.name : `${provider}/${model.name}`
    return keys.map((key) =>
      [
        `  - model_name: ${JSON.stringify(model.name)}`,
        '    litellm_params:',
        `      model: ${JSON.stringify(name)}`,
        `      api_base: ${JSON.stringify(apiBase)}`,
        `      api_key: ${JSON.stringify(key)}`,
        ...(model.temperature === null ? [] : [`      temperature: ${model.temperature}`]),
      ].join('\n'),
    )
  })
  return items.length === 0 ? 'model_list: []\n' : `model_list:\n${items.join('\n')}\n`
}

type Present = { ok: true; entries: Map<string, JsonValue> } | Extract<Export, { reason: 'bad-json' }>

function readPresent(tree: DotenvTree): Present {
  const variable = findVariable(tree, modelConfigsName)
  if (!variable?.value?.trim()) return { ok: true, entries: new Map() }
  const { shift, read } = readConfigsJson(variable.value)
  if (read.ok && read.root.kind === 'object') {
    return { ok: true, entries: new Map(uniqueMembers(read.root).map(({ name, value }) => [name, plainJson(value)])) }
  }
  const at = read.ok ? read.root.at : read.at
  const place = createLocator(tree.text)(rawStart(variable) + createRawOffset(variable)(at + shift))
  return { ok: false, reason: 'bad-json', ...place, fault: read.ok ? 'object' : read.fault }
}

/** The gateway speaks the OpenAI protocol, so that is its provider; the name still says which model is meant. */
function through(model: ExportModel, form: ExportForm): Pick<ExportModel, 'apiBase' | 'provider' | 'keys'> {
  if (form.kind === 'portable') return model
  return { apiBase: form.apiBase, provider: 'openai', keys: [form.token] }
}

const ownFields = ['api_key', 'api_keys', 'api_base', 'temperature', 'provider', 'model']

function entryOf(model: ExportModel, form: ExportForm, present: JsonValue | undefined): JsonValue {
  const { apiBase, provider, keys } = through(model, form)
  const entry = new Map<string, JsonValue>()
  const [onlyKey, ...more] = keys
  if (onlyKey !== undefined) entry.set('api_key', more.length === 0 ? onlyKey : [...keys])
  entry.set('api_base', apiBase === '' ? defaultApiBase : apiBase)
  if (model.temperature !== null) entry.set('temperature', writtenTemperature(model.temperature))
  if (provider !== null) entry.set('provider', provider)
  for (const others of [present, model.extra]) {
    if (typeof others !== 'object' || others === null || Array.isArray(others)) continue
    for (const [name, value] of Object.entries(others)) if (!ownFields.includes(name)) entry.set(name, value)
  }
  if (form.kind === 'portable' && typeof model.extra?.['model'] === 'string') entry.set('model', model.extra['model'])
  return recordOf(entry)
}

/** DSLighting's command line takes a 0 for "not set"; as text it is taken by all of its loaders. */
function writtenTemperature(temperature: number): JsonValue {
  return temperature === 0 ? '0' : temperature
}
