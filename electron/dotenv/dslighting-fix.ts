import type { Fix } from './dslighting-check.ts'
import { modelConfigsName, readConfigsJson } from './configs-json.ts'
import { editConfigs, writeConfigs, type ConfigsEdit } from './configs-write.ts'
import { removeVariable } from './edit.ts'
import { plainJson, recordOf, uniqueMembers, type JsonValue } from './json-reader.ts'
import { findVariable, type DotenvTree } from './tree.ts'

/** The gateway's address and the token of the client that this file is. */
export interface GatewayAccess {
  apiBase: string
  token: string
}

export type Fixed = ConfigsEdit | { ok: false; reason: 'bad-json' | 'model-not-found' | 'needs-gateway' }

type Entries = [string, JsonValue][]
type Fields = Map<string, JsonValue>
type Refused = Extract<Fixed, { ok: false }>

/** Makes one change and no other. `rewrite` takes the comments out of the JSON, because JSON has none. */
export function applyFix(tree: DotenvTree, fix: Fix, gateway?: GatewayAccess): Fixed {
  return applyFixes(tree, [fix], gateway)
}

/** Makes them one after the other and writes the file once; when one cannot be made, nothing is changed. */
export function applyFixes(tree: DotenvTree, fixes: readonly Fix[], gateway?: GatewayAccess): Fixed {
  let without: ConfigsEdit = { ok: true, tree, lostComments: [] }
  for (const fix of fixes) {
    if (fix.kind !== 'remove-variable') continue
    const removed = removeVariable(without.tree, fix.name)
    if (!removed.ok) return removed
    without = { ...removed, lostComments: [] }
  }
  const others = fixes.filter((fix) => fix.kind !== 'remove-variable')
  if (others.length === 0) return without
  let entries = readEntries(tree)
  if (entries === null) return { ok: false, reason: 'bad-json' }
  for (const fix of others) {
    if (fix.kind === 'rewrite') continue
    const after = changeEntries(entries, fix, gateway)
    if (!Array.isArray(after)) return after
    entries = after
  }
  const write = others.some(({ kind }) => kind === 'rewrite') ? writeConfigs : editConfigs
  return write(without.tree, entries)
}

function changeEntries(
  entries: Entries,
  fix: Exclude<Fix, { kind: 'rewrite' | 'remove-variable' }>,
  gateway: GatewayAccess | undefined,
): Entries | Refused {
  const index = entries.findIndex(([name]) => name === fix.model)
  const entry = entries[index]
  if (entry === undefined) return { ok: false, reason: 'model-not-found' }
  if (fix.kind === 'remove-model') return entries.toSpliced(index, 1)
  if (fix.kind === 'make-first') return [entry, ...entries.toSpliced(index, 1)]
  if (fix.kind === 'rename-model') return entries.with(index, [fix.to, entry[1]])
  const fields: Fields = new Map(isRecord(entry[1]) ? Object.entries(entry[1]) : [])
  if (fix.kind !== 'through-gateway') return entries.with(index, [entry[0], recordOf(changeFields(fields, fix))])
  if (gateway === undefined) return { ok: false, reason: 'needs-gateway' }
  return entries.with(index, [entry[0], recordOf(setGateway(fields, gateway))])
}

type FieldFix = Extract<Fix, { kind: 'set-field' | 'remove-field' | 'rename-field' | 'remove-keys' | 'key-as-text' }>

function changeFields(fields: Fields, fix: FieldFix): Fields {
  switch (fix.kind) {
    case 'set-field':
      return fields.set(fix.field, fix.value)
    case 'remove-field':
      fields.delete(fix.field)
      return fields
    case 'rename-field':
      return renameField(fields, fix.from, fix.to)
    case 'remove-keys':
      removeKeys(fields, fix.field, fix.positions)
      return fields
    case 'key-as-text':
    default:
      return keyAsText(fields)
  }
}

/** In its old place, and in the place of what had the name before. */
function renameField(fields: Fields, from: string, to: string): Fields {
  const others = [...fields].filter(([name]) => name !== to)
  return new Map(others.map(([name, value]) => [name === from ? to : name, value]))
}

function keyAsText(fields: Fields): Fields {
  const keys = fields.get('api_key')
  const [only, ...more] = Array.isArray(keys) ? keys : []
  return typeof only === 'string' && more.length === 0 ? fields.set('api_key', only) : fields
}

function removeKeys(fields: Fields, field: string, positions: readonly number[]): void {
  const keys = fields.get(field)
  if (!Array.isArray(keys)) return
  const left = keys.filter((_key, index) => !positions.includes(index))
  if (left.length > 0) fields.set(field, left)
  else fields.delete(field)
}

function setGateway(fields: Fields, gateway: GatewayAccess): Fields {
  for (const field of ['api_keys', 'model']) fields.delete(field)
  fields.set('api_key', gateway.token)
  fields.set('api_base', gateway.apiBase)
  return fields.set('provider', 'openai')
}

function readEntries(tree: DotenvTree): Entries | null {
  const { read } = readConfigsJson(findVariable(tree, modelConfigsName)?.value ?? '')
  if (!read.ok || read.root.kind !== 'object') return null
  return uniqueMembers(read.root).map(({ name, value }) => [name, plainJson(value)])
}

function isRecord(value: JsonValue): value is Record<string, JsonValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
