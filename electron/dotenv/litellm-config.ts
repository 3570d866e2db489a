import { parseDocument } from 'yaml'
import * as z from 'zod'
import { recordOf } from './json-reader.ts'
import { addSecret, noKeys, refuseKey } from './collected-keys.ts'
import { defaultApiBase } from './model-entry.ts'
import type { Place } from './locate.ts'
import { nothingFound, type Found } from './found.ts'
import { isKnownProvider, upstreamModelId } from './upstream-model-id.ts'

/** YAML costs more than JSON to read; a model_list of this size has thousands of keys. */
const maxYamlLength = 1 << 20
/** References multiply what is read; a configuration repeats a handful of blocks. */
const maxAliases = 100

export type YamlRead = { ok: true; data: unknown } | { ok: false; place: Place | null; tooLarge: boolean }

export function readYaml(text: string): YamlRead {
  if (text.length > maxYamlLength) return { ok: false, place: null, tooLarge: true }
  const document = parseDocument(text, { prettyErrors: true, logLevel: 'silent' })
  const [fault] = document.errors
  if (fault !== undefined) {
    const start = fault.linePos?.[0]
    return { ok: false, place: start === undefined ? null : { line: start.line, column: start.col }, tooLarge: false }
  }
  try {
    return { ok: true, data: document.toJS({ maxAliasCount: maxAliases }) as unknown }
  } catch {
    return { ok: false, place: null, tooLarge: true } // Only too many references end here: the text was well-formed.
  }
}

const ModelList = z.object({ model_list: z.array(z.unknown()) })
const Item = z.object({
  model_name: z.string().trim().min(1).max(256),
  litellm_params: z.object({
    model: z.string().trim().min(1).max(256),
    api_key: z.string().optional(),
    api_base: z.string().optional(),
    temperature: z.number().min(0).max(2).optional(),
  }),
})
type Item = z.infer<typeof Item>

/** LiteLLM's `model_list`: items of the same model at the same address are keys of one model. Null when it is not one. */
export function readLitellm(data: unknown): Found | null {
  const list = ModelList.safeParse(data)
  if (!list.success) return null
  const found = nothingFound()
  const groups = new Map<string, Item[]>()
  for (const value of list.data.model_list) {
    const item = Item.safeParse(value)
    if (!item.success) {
      found.ignored.push({ name: 'model_list', reason: 'entry-not-object', line: 1, column: 1 })
      continue
    }
    const { model_name: name, litellm_params: parameters } = item.data
    const group = JSON.stringify([name, parameters.model, parameters.api_base ?? null])
    const items = groups.get(group)
    if (items === undefined) groups.set(group, [item.data])
    else items.push(item.data)
  }
  for (const items of groups.values()) addModel(found, items)
  return found
}

function addModel(found: Found, items: readonly Item[]): void {
  const [first] = items
  if (first === undefined) return
  const { model_name: alias, litellm_params: parameters } = first
  const prefix = parameters.model.includes('/') ? (parameters.model.split('/', 1)[0] ?? '') : ''
  const provider = isKnownProvider(prefix) ? prefix : null
  const isAlias = upstreamModelId(alias, provider) !== upstreamModelId(parameters.model, null)
  const name = isAlias ? parameters.model : alias
  const note = (code: string) => found.notices.push({ code, line: null, column: null, name })
  if (isAlias) note('model-alias')
  const apiBase = parameters.api_base?.trim() || null
  if (apiBase === null) note('api-base-default')
  const keys = noKeys()
  for (const { litellm_params } of items) {
    const { api_key: key } = litellm_params
    if (key?.startsWith('os.environ/')) {
      note('key-is-reference')
      refuseKey(keys, 'key-is-reference', key)
    } else if (key !== undefined) addSecret(keys, key, note)
  }
  found.models.push({
    name,
    provider,
    apiBase: apiBase ?? defaultApiBase,
    isDefaultBase: apiBase === null,
    temperature: parameters.temperature ?? null,
    keys: [...keys.secrets],
    refusedKeys: keys.refused,
    extra: recordOf(isAlias ? [['model_name', alias]] : []),
    line: 1,
  })
}
