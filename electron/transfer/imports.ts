import { Failure } from '../../shared/failure.ts'
import type { ImportModelRow, ImportNotice, ImportPreview } from '../../shared/transfer.ts'
import { parseApiBase } from '../models/api-base.ts'
import { inUse, lastFourOf } from '../models/catalogue.ts'
import { modelNamesByFingerprint } from '../models/model-views.ts'
import type { IncomingModel, Models } from '../models/models.ts'
import type { StoredModel } from '../models/stored-model.ts'

/** One model as a file spells it, before anything was checked. */
export interface FileModel {
  name: string
  provider: string | null
  apiBase: string
  temperature: number | null
  keys: readonly string[]
  extra: StoredModel['extra']
}

export interface ReadFile {
  models: readonly FileModel[]
  /** Entries that DSLighting drops as well, each with the code of its reason. */
  ignored: readonly { name: string; reason: string }[]
  notices: readonly ImportNotice[]
}

export interface ImportsDeps {
  /** Reads a file or refuses it with IMPORT_REFUSED. */
  read: (bytes: Uint8Array) => ReadFile
  models: Models
  isPlaceholder: (secret: string) => boolean
  newId: () => string
}

/** An import waits in main between its preview and its confirmation, so that no secret travels to the page and back. */
const maxWaiting = 4

/** Shows what an import would change, and applies just what was shown, as one change. */
export function createImports({ read, models, isPlaceholder, newId }: ImportsDeps) {
  const waiting = new Map<string, readonly FileModel[]>()

  const rowOf = (entry: FileModel, holders: ReadonlyMap<string, string[]>): ImportModelRow => {
    const found = models.list().find(({ model, origin }) => origin === 'vault' && model.name === entry.name)
    const known = found?.model
    const held = new Set(found ? inUse(found.model.keys).map((key) => found.fingerprintOf(key.id)) : [])
    const keys = [...new Set(entry.keys)].map((secret) => {
      const fingerprint = models.fingerprint(secret)
      return {
        lastFour: lastFourOf(secret),
        change: held.has(fingerprint) ? ('unchanged' as const) : ('added' as const),
        placeholder: isPlaceholder(secret),
        alsoIn: (holders.get(fingerprint) ?? []).filter((name) => name !== entry.name),
      }
    })
    const fields = known ? changedFields(known, entry) : []
    const reason = refusalOf(entry)
    const { name, apiBase, provider, temperature } = entry
    const changed = fields.length > 0 || keys.some((key) => key.change === 'added')
    const change = reason ? 'ignored' : known ? (changed ? 'changed' : 'unchanged') : 'added'
    return { name, apiBase, provider, temperature, fields, keys, reason, change }
  }

  return {
    preview(bytes: Uint8Array): ImportPreview {
      const { models: found, ignored, notices } = read(bytes)
      const id = newId()
      waiting.set(id, found)
      const oldest = waiting.keys().next()
      if (waiting.size > maxWaiting && !oldest.done) waiting.delete(oldest.value)
      const holders = modelNamesByFingerprint(models.list())
      const rows = found.map((entry) => rowOf(entry, holders))
      return { id, models: [...rows, ...ignored.map(ignoredRow)], notices: notices.filter(isNotOnARow) }
    },

    async apply(id: string, names: readonly string[], allowNewHost: boolean) {
      const found = waiting.get(id)
      if (!found) throw new Failure('IMPORT_EXPIRED', {})
      const chosen = found.filter((entry) => names.includes(entry.name) && refusalOf(entry) === null)
      const done = await models.takeOver(chosen.map(incoming), allowNewHost)
      waiting.delete(id)
      return done
    },
  }
}

/** A repeated import changes only what the file says: the strategy stays as a person set it. */
function incoming(entry: FileModel): IncomingModel {
  const { name, provider, apiBase, temperature, extra } = entry
  return { name, provider, apiBase, temperature, extra, secrets: entry.keys, strategy: 'round-robin' }
}

/** That a key looks like an example is said on its model's row already. */
const isNotOnARow = ({ code }: ImportNotice) => code !== 'key-placeholder'

function ignoredRow({ name, reason }: ReadFile['ignored'][number]): ImportModelRow {
  const unknown = { apiBase: '', provider: null, temperature: null, fields: [], keys: [] }
  return { name, reason, change: 'ignored', ...unknown }
}

function changedFields(known: StoredModel, entry: FileModel): ImportModelRow['fields'] {
  const text = (value: string | number | null) => (value === null ? null : String(value))
  return (['apiBase', 'provider', 'temperature'] as const)
    .map((field) => ({ field, before: text(known[field]), after: text(normal(field, entry[field])) }))
    .filter(({ before, after }) => before !== after)
}

function normal(field: string, value: string | number | null): string | number | null {
  if (field !== 'apiBase' || typeof value !== 'string') return value
  // One that is refused is shown as it is written.
  return refusalOf({ apiBase: value }) === null ? parseApiBase(value).url : value.trim()
}

function refusalOf({ apiBase }: Pick<FileModel, 'apiBase'>): string | null {
  try {
    parseApiBase(apiBase)
    return null
  } catch (error) {
    if (error instanceof Failure && error.code === 'API_BASE_REFUSED') return `api-base:${reasonOf(error)}`
    throw error
  }
}

const reasonOf = (failure: Failure): string => ('reason' in failure.data ? failure.data.reason : '')
