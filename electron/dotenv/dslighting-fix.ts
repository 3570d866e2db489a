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

/** Makes one change and no other. `rewrite` takes the comments out of the JSON, because JSON has none. */
export function applyFix(tree: DotenvTree, fix: Fix, gateway?: GatewayAccess): Fixed {
  if (fix.kind === 'remove-variable') {
    const removed = removeVariable(tree, fix.name)
    return removed.ok ? { ...removed, lostComments: [] } : removed
  }
  const entries = readEntries(tree)
  if (entries === null) return { ok: false, reason: 'bad-json' }
  if (fix.kind === 'rewrite') return writeConfigs(tree, entries)
  const index = entries.findIndex(([name]) => name === fix.model)
  const entry = entries[index]
  if (entry === undefined) return { ok: false, reason: 'model-not-found' }
  if (fix.kind === 'remove-model') return editConfigs(tree, entries.toSpliced(index, 1))
  if (fix.kind === 'make-first') return editConfigs(tree, [entry, ...entries.toSpliced(index, 1)])
  if (fix.kind === 'rename-model') return editConfigs(tree, entries.with(index, [fix.to, entry[1]]))
  const fields: Fields = new Map(isRecord(entry[1]) ? Object.entries(entry[1]) : [])
  if (fix.kind === 'through-gateway') {
    if (gateway === undefined) return { ok: false, reason: 'needs-gateway' }
    setGateway(fields, gateway)
  } else changeFields(fields, fix)
  return editConfigs(tree, entries.with(index, [entry[0], recordOf(fields)]))
}

function changeFields(
  fields: Fields,
  fix: Extract<Fix, { kind: 'set-field' | 'remove-field' | 'rename-field' | 'remove-keys' }>,
): void {
  switch (fix.kind) {
    case 'set-field':
      fields.set(fix.field, fix.value)
      return
    case 'remove-field':
      fields.delete(fix.field)
      return
    case 'rename-field':
      fields.set(fix.to, fields.get(fix.from) ?? null)
      fields.delete(fix.from)
      return
    case 'remove-keys':
      for (const field of ['api_key', 'api_keys']) removeKeys(fields, field, fix.positions)
  }
}

function removeKeys(fields: Fields, field: string, positions: readonly number[]): void {
  const keys = fields.get(field)
  if (!Array.isArray(keys)) return
  const left = keys.filter((_key, index) => !positions.includes(index))
  if (left.length > 0) fields.set(field, left)
  else fields.delete(field)
}

function setGateway(fields: Fields, gateway: GatewayAccess): void {
  for (const field of ['api_keys', 'model']) fields.delete(field)
  fields.set('api_key', gateway.token)
  fields.set('api_base', gateway.apiBase)
  fields.set('provider', 'openai')
}

function readEntries(tree: DotenvTree): Entries | null {
  const { read } = readConfigsJson(findVariable(tree, modelConfigsName)?.value ?? '')
  if (!read.ok || read.root.kind !== 'object') return null
  return uniqueMembers(read.root).map(({ name, value }) => [name, plainJson(value)])
}

function isRecord(value: JsonValue): value is Record<string, JsonValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
