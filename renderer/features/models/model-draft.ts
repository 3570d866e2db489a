import { create } from 'zustand'
import type { ModelId } from '../../../shared/identity.ts'
import type { ModelEdit, ModelView, NewModel, Strategy } from '../../../shared/model.ts'
import { keptRows } from './header-rows.ts'
import { typedNumber } from './typed-number.ts'

/** In the order in which they are offered; the type holds the list equal to the contract's. */
const order: Record<Strategy, number> = {
  'round-robin': 0,
  weighted: 1,
  'least-in-flight': 2,
  'least-recently-used': 3,
  ordered: 4,
  'most-headroom': 5,
  sticky: 6,
}
const isStrategy = (name: string): name is Strategy => Object.hasOwn(order, name)
export const strategies: readonly Strategy[] = Object.keys(order)
  .filter(isStrategy)
  .toSorted((a, b) => order[a] - order[b])

/** A model's fields as they stand in the form: text, also where the model has none or a number. */
export interface ModelDraft {
  name: string
  apiBase: string
  provider: string
  temperature: number | string
  strategy: Strategy
  /** Only of a model that is there: a new one is called by its name alone, and answers for itself. */
  aliases: readonly string[]
  fallbacks: readonly ModelId[]
  /** In seconds; empty is the default. */
  maxWait: string
  deadline: string
}

export const emptyDraft: ModelDraft = {
  name: '',
  apiBase: '',
  provider: '',
  temperature: '',
  strategy: 'round-robin',
  aliases: [],
  fallbacks: [],
  maxWait: '',
  deadline: '',
}

export const draftOf = (model: ModelView): ModelDraft => ({
  name: model.name,
  apiBase: model.apiBase,
  provider: model.provider ?? '',
  temperature: model.temperature ?? '',
  strategy: model.strategy,
  aliases: model.aliases,
  fallbacks: model.fallbacks,
  maxWait: secondsOf(model.maxWaitMs),
  deadline: secondsOf(model.deadlineMs),
})

const secondsOf = (ms: number | null): string => (ms === null ? '' : String(ms / 1000))

const msIn = (seconds: string): number | null =>
  seconds.trim() === '' ? null : Math.round(typedNumber(seconds) * 1000)

export function newModelOf(draft: ModelDraft): NewModel {
  const provider = draft.provider.trim()
  const temperature = String(draft.temperature).trim()
  return {
    name: draft.name,
    apiBase: draft.apiBase,
    provider: provider === '' ? null : provider,
    temperature: temperature === '' ? null : typedNumber(temperature),
    strategy: draft.strategy,
  }
}

/** Only what differs from the model as main has it now, so that an edit elsewhere is not undone by this one. */
export function changesOf(draft: ModelDraft, model: ModelView): ModelEdit {
  const wanted = newModelOf(draft)
  const { name, apiBase, provider, temperature, strategy } = model
  const before: NewModel = { name, apiBase, provider, temperature, strategy }
  const fields = ['name', 'apiBase', 'provider', 'temperature', 'strategy'] as const
  const changed = fields.filter((field) => wanted[field] !== before[field]).map((field) => [field, wanted[field]])
  return {
    ...Object.fromEntries(changed),
    ...(isSameList(draft.aliases, model.aliases) ? {} : { aliases: [...draft.aliases] }),
    ...(isSameList(draft.fallbacks, model.fallbacks) ? {} : { fallbacks: [...draft.fallbacks] }),
    ...(draft.maxWait.trim() === secondsOf(model.maxWaitMs) ? {} : { maxWaitMs: msIn(draft.maxWait) }),
    ...(draft.deadline.trim() === secondsOf(model.deadlineMs) ? {} : { deadlineMs: msIn(draft.deadline) }),
  }
}

/** What has to be saved for the model to be again as it is now. */
export function undoOfEdit(edit: ModelEdit, model: ModelView): ModelEdit {
  const { name, apiBase, provider, temperature, strategy, aliases, fallbacks, price, maxWaitMs, deadlineMs } = model
  const own = { name, apiBase, provider, temperature, strategy, aliases, fallbacks, price, maxWaitMs, deadlineMs }
  const all = { ...own, headers: keptRows(model.headers) }
  return Object.fromEntries(Object.entries(all).filter(([field]) => field in edit))
}

/** The order of stand-ins is the order in which they are asked. */
const isSameList = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((one, index) => one === b[index])

/** What was typed and is not saved. The other fields are the model's, also when it is changed elsewhere meanwhile. */
export type TypedFields = Partial<ModelDraft>

export const draftWith = (model: ModelView, typed: TypedFields | undefined): ModelDraft => ({
  ...draftOf(model),
  ...typed,
})

const isSameField = (a: ModelDraft[keyof ModelDraft] | undefined, b: typeof a) =>
  Array.isArray(a) && Array.isArray(b) ? isSameList(a, b) : a === b

/** Without the fields that stand as they do in another one. */
const without = (typed: TypedFields, other: TypedFields): TypedFields =>
  Object.fromEntries(
    Object.entries(typed).filter(([field, value]) => !isSameField(value, other[field as keyof ModelDraft])),
  )

interface ModelDrafts {
  drafts: ReadonlyMap<ModelId, TypedFields>
  /** What is typed back to what the model has is typed no longer. */
  type: (model: ModelView, edit: TypedFields) => void
  /** What was saved is typed no longer; what was typed while it was saved is. */
  settle: (id: ModelId, saved: TypedFields) => void
  drop: (id: ModelId) => void
}

/** An edit that was left unsaved is kept until it is saved or reset: going elsewhere loses nothing. */
export const useModelDrafts = create<ModelDrafts>((set, get) => {
  const keep = (id: ModelId, typed: TypedFields) => {
    const drafts = new Map(get().drafts)
    if (Object.keys(typed).length === 0) drafts.delete(id)
    else drafts.set(id, typed)
    set({ drafts })
  }
  return {
    drafts: new Map(),
    type: (model, edit) => keep(model.id, without({ ...get().drafts.get(model.id), ...edit }, draftOf(model))),
    settle: (id, saved) => keep(id, without(get().drafts.get(id) ?? {}, saved)),
    drop: (id) => keep(id, {}),
  }
})
