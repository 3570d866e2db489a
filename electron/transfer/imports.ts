// An import waits in main between its preview and its confirmation, so that no secret travels to the page and back.
import { Failure } from '../../shared/failure.ts'
import type { NewKey } from '../../shared/key.ts'
import type {
  ImportChoice,
  Imported,
  ImportModelRow,
  ImportNotice,
  ImportPreview,
  ImportTake,
  LastImportView,
  LooseKeysTake,
  SourceFormat,
} from '../../shared/transfer.ts'
import { assertNameFree, inUse } from '../models/catalogue.ts'
import type { ListedModel, Models } from '../models/models.ts'
import type { IncomingModel } from '../models/take-over.ts'
import {
  baseOf,
  baseRefusal,
  createDifference,
  namesItsKeys,
  refusedRow,
  type FileKey,
  type FileModel,
  type RefusedKey,
} from './difference.ts'
import { modelSlips } from './model-slips.ts'

export interface ReadFile {
  format: SourceFormat
  models: readonly FileModel[]
  /** Entries that DSLighting drops as well, each with the code of its reason. */
  ignored: readonly { name: string; reason: string }[]
  notices: readonly ImportNotice[]
  keys: readonly FileKey[]
  refusedKeys: readonly RefusedKey[]
}

export interface ImportsDeps {
  /** Reads a file or refuses it with IMPORT_REFUSED. */
  read: (bytes: Uint8Array) => ReadFile
  models: Pick<Models, 'list' | 'checkedBase' | 'fingerprint' | 'takeOver' | 'lastImport' | 'undoImport'>
  isPlaceholder: (secret: string) => boolean
  newId: () => string
}

interface Waiting {
  file: ReadFile
  /** The keys that each model had when the difference was shown: no other is replaced. */
  shownKeys: ReadonlyMap<string, string>
}

const maxWaiting = 4

/** Shows what an import would change, and applies just what was shown, as one change. */
export function createImports({ read, models, isPlaceholder, newId }: ImportsDeps) {
  const waiting = new Map<string, Waiting>()

  const keep = (file: ReadFile, listed: readonly ListedModel[]): string => {
    const id = newId()
    waiting.set(id, { file, shownKeys: new Map(listed.map(({ model }) => [model.name, keysOf(model)])) })
    const oldest = waiting.keys().next()
    if (waiting.size > maxWaiting && !oldest.done) waiting.delete(oldest.value)
    return id
  }

  const knownModels = () =>
    new Map(models.list().flatMap(({ model, origin }) => (origin === 'vault' ? [[model.name, model] as const] : [])))

  function incomingRows({ file, shownKeys }: Waiting, takes: readonly ImportTake[]): IncomingModel[] {
    const known = knownModels()
    const chosen = new Map<string, IncomingModel>()
    for (const take of takes) {
      const entry = file.models[take.row]
      if (!entry || chosen.has(entry.name)) continue
      const present = known.get(entry.name)
      const apiBase = baseOf(present, entry)
      if (baseRefusal(apiBase, models.checkedBase) !== null) continue
      const isSeen = present === undefined || shownKeys.get(entry.name) === keysOf(present)
      if (take.mode === 'replace' && !isSeen) throw new Failure('IMPORT_EXPIRED', {})
      chosen.set(entry.name, incoming({ ...entry, apiBase }, take, present))
    }
    return [...chosen.values()]
  }

  function incomingKeys({ file }: Waiting, { into, withoutKeys }: LooseKeysTake): IncomingModel {
    const keys = labelled(file.keys.filter((_key, place) => !withoutKeys.includes(place)))
    const rest = { temperature: null, extra: {}, keys, mode: 'merge' } as const
    const listed = models.list()
    if (into.kind === 'model') {
      const target = listed.find(({ model, origin }) => model.id === into.modelId && origin === 'vault')?.model
      if (!target) throw new Failure('MODEL_NOT_FOUND', {})
      return { name: target.name, apiBase: target.apiBase, provider: null, ...rest }
    }
    const { name, apiBase, provider } = into
    assertNameFree(
      listed.map(({ model }) => model),
      name,
    )
    return { name, apiBase: models.checkedBase(apiBase), provider, ...rest }
  }

  return {
    /** What waits holds secrets as they were read: none of it outlives a locked vault. */
    forget: () => waiting.clear(),

    preview(bytes: Uint8Array): ImportPreview {
      const file = read(bytes)
      const listed = models.list()
      const difference = createDifference(listed, {
        checkBase: models.checkedBase,
        fingerprint: models.fingerprint,
        isPlaceholder,
      })
      return {
        id: keep(file, listed),
        format: file.format,
        models: [...file.models.map((entry) => difference.modelRow(entry)), ...file.ignored.map(ignoredRow)],
        looseKeys: [...file.keys.map((key) => difference.looseRow(key)), ...file.refusedKeys.map(refusedRow)],
        notices: [...file.notices.filter(isNotOnARow), ...modelSlips(file.models)],
      }
    },

    async apply({ id, rows, looseKeys, allowedMoves }: ImportChoice): Promise<Imported> {
      const found = waiting.get(id)
      if (!found) throw new Failure('IMPORT_EXPIRED', {})
      const incoming = incomingRows(found, rows)
      if (looseKeys) incoming.push(incomingKeys(found, looseKeys))
      const mayMove = (from: string, to: string) => allowedMoves.some((move) => move.from === from && move.to === to)
      const done = await models.takeOver(incoming, mayMove)
      waiting.delete(id)
      return done
    },

    lastImport(): LastImportView | null {
      const last = models.lastImport()
      return last && { atMs: last.atMs, models: last.models, keys: last.keys }
    },

    undo: () => models.undoImport(),
  }
}

const keysOf = (model: ListedModel['model']): string =>
  inUse(model.keys)
    .map(({ id }) => id)
    .toSorted()
    .join(' ')

/** A model that is new takes everything; of one that is known only what was ticked is changed. */
function incoming(entry: FileModel, take: ImportTake, present: ListedModel['model'] | undefined): IncomingModel {
  const { name, provider, temperature, extra, keys } = entry
  const without = new Set<string>(present === undefined || take.mode === 'replace' ? [] : take.withoutFields)
  return {
    name,
    apiBase: present !== undefined && without.has('apiBase') ? present.apiBase : entry.apiBase,
    provider: without.has('provider') ? null : provider,
    temperature: without.has('temperature') ? null : temperature,
    extra: without.has('extra') ? {} : extra,
    keys: keys.filter((_secret, place) => !take.withoutKeys.includes(place)).map((secret) => ({ secret })),
    mode: namesItsKeys(entry) ? take.mode : 'merge',
  }
}

/** A variable's name is its key's label; of several keys under one name the later ones are numbered. */
function labelled(keys: readonly FileKey[]): NewKey[] {
  const counts = new Map<string, number>()
  return keys.map(({ secret, label }) => {
    if (label === null) return { secret }
    const count = (counts.get(label) ?? 0) + 1
    counts.set(label, count)
    return { secret, label: count === 1 ? label.slice(0, 80) : `${label.slice(0, 70)} ${count}` }
  })
}

/** That a key looks like an example is said on its model's row already. */
const isNotOnARow = ({ code }: ImportNotice) => code !== 'key-placeholder'

function ignoredRow({ name, reason }: ReadFile['ignored'][number]): ImportModelRow {
  const unknown = { apiBase: '', provider: null, temperature: null, fields: [], keys: [], onlyHere: [] }
  return { name, reason, change: 'ignored', ...unknown }
}
