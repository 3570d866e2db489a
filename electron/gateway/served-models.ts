// One name leads to one model: its own name before an alias, and both before what a provider calls it.
import type { ModelId } from '../../shared/identity.ts'
import type { ServedModel } from './served-model.ts'

export interface ServedModels {
  readonly list: readonly ServedModel[]
  byName(name: string): ServedModel | undefined
  byId(id: ModelId): ServedModel | undefined
}

export function indexModels(list: readonly ServedModel[]): ServedModels {
  const names = new Map<string, ServedModel>()
  const ids = new Map(list.map((model) => [model.id, model]))
  const add = (name: string, model: ServedModel) => {
    if (!names.has(name)) names.set(name, model)
  }
  for (const model of list) add(model.name, model)
  for (const model of list) for (const alias of model.aliases) add(alias, model)
  for (const model of list) add(model.upstreamModel, model)
  return { list, byName: (name) => names.get(name), byId: (id) => ids.get(id) }
}

/**
 * Builds the index when what it is made of has changed, and not before: `sources` are compared by identity, so that a
 * vault that finds itself damaged or locked empties it at once.
 */
export function keepServedModels(
  sources: () => readonly unknown[],
  build: () => readonly ServedModel[],
): () => ServedModels {
  let madeOf: readonly unknown[] | null = null
  let models = indexModels([])
  return () => {
    const now = sources()
    if (madeOf && now.length === madeOf.length && now.every((source, index) => source === madeOf?.[index]))
      return models
    models = indexModels(build())
    madeOf = now
    return models
  }
}
