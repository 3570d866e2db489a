import type { Fix } from './dslighting-check.ts'
import { removeVariable, setJsonVariable, type EditRefusal } from './edit.ts'
import { modelConfigsName, readConfigsJson } from './configs-json.ts'
import { plainJson, recordOf, uniqueMembers, type JsonValue } from './json-reader.ts'
import { findVariable, type DotenvTree } from './tree.ts'

/** The gateway's address and the token of the client that this file is. */
export interface GatewayAccess {
  apiBase: string
  token: string
}

export type Fixed =
  | { ok: true; tree: DotenvTree }
  | EditRefusal
  | { ok: false; reason: 'bad-json' | 'model-not-found' | 'needs-gateway' }

type Entries = [string, JsonValue][]
type Fields = Map<string, JsonValue>

/** Makes one change and no other; `# …` comments inside the JSON do not survive it, because JSON has none. */
export function applyFix(tree: DotenvTree, fix: Fix, gateway?: GatewayAccess): Fixed {
  if (fix.kind === 'remove-variable') return removeVariable(tree, fix.name)
  const entries = readEntries(tree)
  if (entries === null) return { ok: false, reason: 'bad-json' }
  if (fix.kind === 'rewrite') return write(tree, entries)
  const index = entries.findIndex(([name]) => name === fix.model)
  const entry = entries[index]
  if (entry === undefined) return { ok: false, reason: 'model-not-found' }
  if (fix.kind === 'remove-model') return write(tree, entries.toSpliced(index, 1))
  if (fix.kind === 'make-first') return write(tree, [entry, ...entries.toSpliced(index, 1)])
  if (fix.kind === 'rename-model') return write(tree, entries.with(index, [fix.to, entry[1]]))
  const fields: Fields = new Map(isRecord(entry[1]) ? Object.entries(entry[1]) : [])
  if (fix.kind === 'through-gateway') {
    if (gateway === undefined) return { ok: false, reason: 'needs-gateway' }
    setGateway(fields, gateway)
  } else changeFields(fields, fix)
  return write(tree, entries.with(index, [entry[0], recordOf(fields)]))
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

function write(tree: DotenvTree, entries: Entries): Fixed {
  return setJsonVariable(tree, modelConfigsName, recordOf(entries))
}

function isRecord(value: JsonValue): value is Record<string, JsonValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
