import { Failure } from '../../../shared/failure.ts'
import type { LinkedFileState } from '../../../shared/linked-file.ts'
import { importDotenv, type ImportedModel } from '../../dotenv/index.ts'
import { parseApiBase } from '../../models/api-base.ts'
import { inUse, lastFourOf } from '../../models/catalogue.ts'
import type { Models } from '../../models/models.ts'
import type { StoredModel } from '../../models/stored-model.ts'
import { hmac } from '../../vault/cipher.ts'
import { lookAt, type Destination } from '../destination.ts'
import type { PlacedFileSystem } from '../placed-file-system.ts'
import type { Link } from './link-list.ts'
import type { Sides, SyncModel } from './three-way.ts'

export interface SidesDeps {
  readonly fs: PlacedFileSystem
  readonly models: Pick<Models, 'list' | 'secretOf'>
  readonly gatewayBaseUrl: () => string
  /** Makes marks of secrets: equal for equal ones, and nothing else can be told from them. */
  readonly key: () => Promise<Buffer>
}

/** What a linked file and the vault say now. */
export interface BothSides {
  readonly kind: 'read'
  readonly place: Destination
  readonly text: string
  readonly sides: Sides
  readonly stored: ReadonlyMap<string, StoredModel>
  readonly inFile: ReadonlyMap<string, ImportedModel>
  readonly secretOf: (mark: string) => string
  readonly lastFourOf: (mark: string) => string
}

export type ReadSides = BothSides | { readonly kind: 'unusable'; readonly state: LinkedFileState }

export async function readSides(deps: SidesDeps, link: Pick<Link, 'path' | 'base'>): Promise<ReadSides> {
  const key = await deps.key()
  const secrets = new Map<string, string>()
  const marked = (secret: string) => {
    const mark = hmac(key, secret).toString('base64url')
    secrets.set(mark, secret)
    return mark
  }
  const file = await readFile(deps, link.path)
  if (file.kind === 'unusable') return file
  const stored = keptModels(deps)
  const vault = [...stored.values()].map((model) => vaultModel(model, deps, marked))
  const inFile = file.models.map((model) => fileModel(model, deps.gatewayBaseUrl(), marked))
  const secretOf = (mark: string) => secrets.get(mark) ?? ''
  return {
    ...file,
    kind: 'read',
    sides: { base: link.base, vault, file: inFile },
    stored,
    inFile: new Map(file.models.map((model) => [model.name, model])),
    secretOf,
    lastFourOf: (mark) => lastFourOf(secretOf(mark)),
  }
}

type ReadFile =
  | { kind: 'file'; place: Destination; text: string; models: ImportedModel[] }
  | { kind: 'unusable'; state: LinkedFileState }

const unusable = (state: LinkedFileState): ReadFile => ({ kind: 'unusable', state })

async function readFile({ fs }: SidesDeps, path: string): Promise<ReadFile> {
  try {
    const place = await lookAt(fs, path)
    if (place.present === null) return unusable({ kind: 'missing' })
    const read = importDotenv(place.present.bytes)
    if (read.ok) return { kind: 'file', place, text: place.present.bytes.toString('utf8'), models: read.models }
    const { reason, line, column, name } = read
    return unusable({ kind: 'damaged', refusal: { reason, line, column, name } })
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'FILE_REFUSED' || !('path' in error.data)) throw error
    const { reason } = error.data as { reason: Extract<LinkedFileState, { kind: 'refused' }>['reason'] }
    return unusable(reason === 'no-folder' ? { kind: 'missing' } : { kind: 'refused', reason })
  }
}

function keptModels({ models }: SidesDeps): Map<string, StoredModel> {
  const kept = models.list().filter(({ origin }) => origin === 'vault')
  return new Map(kept.map(({ model }) => [model.name, model]))
}

type Marked = (secret: string) => string

function vaultModel(model: StoredModel, { models }: SidesDeps, marked: Marked): SyncModel {
  const { id, name, provider, apiBase, temperature } = model
  const keys = inUse(model.keys).map((key) => marked(models.secretOf(id, key.id)))
  return { name, provider, apiBase, temperature, keys }
}

function fileModel(model: ImportedModel, gatewayBaseUrl: string, marked: Marked): SyncModel {
  const { name, provider, temperature } = model
  const apiBase = normalised(model.apiBase)
  const throughGateway = apiBase === normalised(gatewayBaseUrl)
  const keys = [...new Set(model.keys)].map(marked)
  return { name, provider, apiBase, temperature, keys, ...(throughGateway && { throughGateway }) }
}

/** One that cannot be used is compared, and shown, as it is written. */
function normalised(apiBase: string): string {
  try {
    return parseApiBase(apiBase).url
  } catch {
    return apiBase.trim()
  }
}
