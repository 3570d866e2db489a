// The headers of a model: each value is sealed for the model's host, as a key is. What a change takes away is kept with
// its value until the next change, so that it can be undone, and then forgotten.
import { Failure } from '../../shared/failure.ts'
import { HeaderId } from '../../shared/identity.ts'
import type { HeaderRow, HeaderView } from '../../shared/model-headers.ts'
import { hostOf } from './api-base.ts'
import { lastFourOf } from './catalogue.ts'
import type { SafeDraft, SecretId } from './key-safe.ts'
import type { StoredHeader, StoredModel } from './stored-model.ts'

type WithHeaders = Pick<StoredModel, 'headers' | 'headersTakenAway'>

/** Those of the last change are known as well. */
const known = ({ headers, headersTakenAway }: WithHeaders): StoredHeader[] => [...headers, ...headersTakenAway]

/** Makes these rows the headers of a model. A new value is a header of its own, so that the old one can come back. */
export function setHeaders(
  draft: SafeDraft,
  model: StoredModel,
  rows: readonly HeaderRow[],
  newId: () => string,
): void {
  const before = new Map(known(model).map((header) => [header.id, header]))
  const headers = rows.map(({ id, name, value }): StoredHeader => {
    if (value !== undefined) return sealed(draft, model, { name, value }, newId)
    const kept = id === null ? undefined : before.get(id)
    if (kept === undefined) throw new Failure('HEADER_NOT_FOUND', {})
    return { ...kept, name }
  })
  const wanted = new Set(headers.map(({ id }) => id))
  const takenAway = model.headers.filter(({ id }) => !wanted.has(id))
  const stays = new Set([...wanted, ...takenAway.map(({ id }) => id)])
  for (const id of before.keys()) if (!stays.has(id)) draft.forget(id)
  model.headers = headers
  model.headersTakenAway = takenAway
  draft.note('change-headers', model.name)
}

function sealed(
  draft: SafeDraft,
  { apiBase }: StoredModel,
  { name, value }: { name: string; value: string },
  newId: () => string,
): StoredHeader {
  const id = HeaderId.parse(newId())
  draft.seal(id, value, hostOf(apiBase))
  return { id, name, lastFour: lastFourOf(value) }
}

export function theHeader({ headers }: StoredModel, id: HeaderId): StoredHeader {
  const header = headers.find((one) => one.id === id)
  if (!header) throw new Failure('HEADER_NOT_FOUND', {})
  return header
}

/** What is kept for a model under a binding to its host: of its keys and of its headers. */
export const secretIdsOf = (model: StoredModel): SecretId[] => [
  ...model.keys.map(({ id }) => id),
  ...known(model).map(({ id }) => id),
]

/** Forgets for good what the last change took away; of a model that goes, all. */
export function forgetHeaders(draft: SafeDraft, model: StoredModel, which: 'taken away' | 'all'): HeaderId[] {
  const gone = which === 'all' ? known(model) : model.headersTakenAway
  for (const { id } of gone) draft.forget(id)
  model.headersTakenAway = []
  if (which === 'all') model.headers = []
  return gone.map(({ id }) => id)
}

export const headerView = ({ id, name, lastFour }: StoredHeader): HeaderView => ({ id, name, lastFour })
