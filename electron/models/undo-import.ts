// An undone import leaves its models exactly as they were before it, or, when that would lose what was done since, as
// they are now.
import { createHash } from 'node:crypto'
import { Failure } from '../../shared/failure.ts'
import type { SafeDraft } from './key-safe.ts'
import { forgetHeaders } from './model-headers.ts'
import { freeAliases } from './other-names.ts'
import { StoredModel, type LastImport } from './stored-model.ts'

type Changed = LastImport['changed'][number]

/**
 * A replaced secret is left out: that it is forgotten once its successor has served is no one's change. The schema
 * puts the fields into one order.
 */
export function digestOf(model: StoredModel): string {
  const keys = model.keys.map((key) => ({ ...key, replaced: null }))
  const { headers, headersTakenAway: _, ...rest } = StoredModel.parse({ ...model, keys })
  // A digest from before there were headers is that of a model without any.
  const text = JSON.stringify(headers.length === 0 ? rest : { ...rest, headers })
  return createHash('sha256').update(text).digest('base64')
}

export function undoImport(draft: SafeDraft): void {
  const { lastImport } = draft
  if (lastImport === null) throw new Failure('NO_IMPORT_TO_UNDO', {})
  const now = new Map(draft.models.map((model) => [model.id, model]))
  const stoodIn = new Set(draft.models.flatMap(({ fallbacks }) => fallbacks))
  const touched = lastImport.changed.filter(
    (one) => wasTouched(one, now.get(one.id)) || (one.before === null && stoodIn.has(one.id)),
  )
  if (touched.length > 0) throw new Failure('IMPORT_CHANGED_SINCE', { models: touched.map(({ name }) => name) })
  const before = new Map(lastImport.changed.map((one) => [one.id, one]))
  draft.models = draft.models.flatMap((model) => {
    const one = before.get(model.id)
    return one === undefined ? [model] : restored(draft, one, model)
  })
  for (const model of draft.models) if (before.has(model.id)) model.aliases = freeAliases(draft.models, model)
  draft.lastImport = null
  draft.note('undo-import', `${lastImport.models} models, ${lastImport.keys} new keys`)
}

function wasTouched({ before, after }: Changed, model: StoredModel | undefined): boolean {
  if (model === undefined || digestOf(model) !== after) return true
  const unproven = new Set(before?.keys.filter(({ replaced }) => replaced !== null).map(({ id }) => id))
  return model.keys.some(({ id, replaced }) => replaced !== null && !unproven.has(id))
}

/** The model before, or nothing when there was none; what the import brought is forgotten with its secrets. */
function restored(draft: SafeDraft, { before, widened }: Changed, model: StoredModel): StoredModel[] {
  const replacedNow = new Map(model.keys.map(({ id, replaced }) => [id, replaced]))
  const kept = new Set(before?.keys.map(({ id }) => id))
  for (const { id } of model.keys) if (!kept.has(id)) draft.forget(id)
  draft.disallowHost(widened.keyIds, widened.host)
  if (before === null) {
    forgetHeaders(draft, model, 'all')
    return []
  }
  const { headersTakenAway } = model
  return [
    {
      ...before,
      headersTakenAway,
      keys: before.keys.map((key) => ({ ...key, replaced: replacedNow.get(key.id) ?? null })),
    },
  ]
}
