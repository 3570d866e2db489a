// What a file would change, compared by fingerprint and shown by no more than the last four characters of a key.
import { Failure } from '../../shared/failure.ts'
import type { ImportField, ImportKeyRow, ImportModelRow } from '../../shared/transfer.ts'
import { parseApiBase } from '../models/api-base.ts'
import { inUse, lastFourOf } from '../models/catalogue.ts'
import { modelNamesByFingerprint } from '../models/model-views.ts'
import type { ListedModel } from '../models/models.ts'
import type { StoredModel } from '../models/stored-model.ts'

/** What stood among the keys of a file and is none. */
export interface RefusedKey {
  reason: string
  lastFour: string
  line: number | null
}

/** One model as a file spells it, before anything was checked. */
export interface FileModel {
  name: string
  provider: string | null
  apiBase: string
  /** The file names no base URL, so the one that is known stays. */
  isDefaultBase: boolean
  temperature: number | null
  keys: readonly string[]
  refusedKeys: readonly RefusedKey[]
  extra: StoredModel['extra']
  /** Where a file of lines has it. */
  line?: number
}

/** A key without a model. */
export interface FileKey {
  secret: string
  label: string | null
  line: number
}

export interface DifferenceDeps {
  checkBase: (apiBase: string) => unknown
  fingerprint: (secret: string) => string
  isPlaceholder: (secret: string) => boolean
}

export function createDifference(listed: readonly ListedModel[], deps: DifferenceDeps) {
  const { fingerprint, isPlaceholder, checkBase } = deps
  const holders = modelNamesByFingerprint(listed)
  const known = new Map(listed.filter(({ origin }) => origin === 'vault').map((one) => [one.model.name, one]))

  function keyRow(
    secret: string,
    print: string,
    held: ReadonlyMap<string, string>,
    ownName: string | null,
  ): ImportKeyRow {
    const label = held.get(print)
    return {
      lastFour: lastFourOf(secret),
      label: label ?? null,
      change: label === undefined ? 'added' : 'unchanged',
      reason: null,
      line: null,
      placeholder: isPlaceholder(secret),
      alsoIn: (holders.get(print) ?? []).filter((name) => name !== ownName),
    }
  }

  return {
    modelRow(entry: FileModel): ImportModelRow {
      const found = known.get(entry.name)
      const ours = found ? inUse(found.model.keys) : []
      const held = new Map(ours.map((key) => [found?.fingerprintOf(key.id) ?? '', key.label]))
      // Each is worked out once: a fingerprint is by far the dearest part of a row.
      const prints = new Map(entry.keys.map((secret) => [fingerprint(secret), secret]))
      const keys = [...prints].map(([print, secret]) => keyRow(secret, print, held, entry.name))
      const fields = found ? changedFields(found.model, entry) : []
      const reason = baseRefusal(baseOf(found?.model, entry), checkBase)
      const isNew = keys.some((key) => key.change === 'added')
      const change = reason ? 'ignored' : !found ? 'added' : fields.length > 0 || isNew ? 'changed' : 'unchanged'
      const { name, provider, temperature } = entry
      const missing = ours.filter((key) => !prints.has(found?.fingerprintOf(key.id) ?? ''))
      return {
        name,
        change,
        reason,
        apiBase: baseOf(found?.model, entry),
        provider,
        temperature,
        fields,
        keys: [...keys, ...entry.refusedKeys.map(refusedRow)],
        onlyHere: namesItsKeys(entry) ? missing.map(({ label, lastFour }) => ({ label, lastFour })) : [],
      }
    },

    looseRow({ secret, label, line }: FileKey): ImportKeyRow {
      return { ...keyRow(secret, fingerprint(secret), new Map(), null), label, line }
    },
  }
}

/** A masked value stands for a key that is kept elsewhere, so a list with one of them, or with none, is not the whole. */
export function namesItsKeys({ keys, refusedKeys }: Pick<FileModel, 'keys' | 'refusedKeys'>): boolean {
  return keys.length > 0 && !refusedKeys.some(({ reason }) => reason === 'key-masked')
}

export const refusedRow = ({ reason, lastFour, line }: RefusedKey): ImportKeyRow => {
  return { lastFour, label: null, change: 'ignored', reason, line, placeholder: false, alsoIn: [] }
}

/** Where the model's keys go after the import. */
export const baseOf = (known: StoredModel | undefined, entry: Pick<FileModel, 'apiBase' | 'isDefaultBase'>): string =>
  known !== undefined && entry.isDefaultBase ? known.apiBase : entry.apiBase

function changedFields(known: StoredModel, entry: FileModel): ImportField[] {
  const { provider, temperature } = entry
  const after = { apiBase: normalBase(baseOf(known, entry)), provider, temperature }
  const text = (value: string | number | null) => (value === null ? null : String(value))
  const fields: ImportField[] = (['apiBase', 'provider', 'temperature'] as const)
    .filter((field) => after[field] !== null)
    .map((field) => ({ field, before: text(known[field]), after: text(after[field]) }))
    .filter((field) => field.before !== field.after)
  const extra = Object.keys(entry.extra).filter(
    (name) => JSON.stringify(known.extra[name]) !== JSON.stringify(entry.extra[name]),
  )
  if (extra.length > 0) fields.push({ field: 'extra', before: null, after: extra.join(', ').slice(0, 200) })
  return fields
}

/** One that is refused is shown as it is written. */
const normalBase = (apiBase: string) => (baseRefusal(apiBase) === null ? parseApiBase(apiBase).url : apiBase.trim())

export function baseRefusal(apiBase: string, check: (apiBase: string) => unknown = parseApiBase): string | null {
  try {
    check(apiBase)
    return null
  } catch (error) {
    if (error instanceof Failure && error.code === 'API_BASE_REFUSED') return `api-base:${reasonOf(error)}`
    throw error
  }
}

const reasonOf = (failure: Failure): string =>
  'reason' in failure.data && typeof failure.data.reason === 'string' ? failure.data.reason : ''
