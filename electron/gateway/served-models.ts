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
 * Builds the index when what it is made of is another thing than before: a vault that finds itself damaged or locked has
 * no models at once.
 */
export function keepServedModels<Listed>(deps: {
  listed: () => Listed
  poolRevision: () => number
  build: (listed: Listed) => readonly ServedModel[]
}): () => ServedModels {
  let models = indexModels([])
  let madeOf: Listed | undefined
  let madeAt = -1
  return () => {
    const listed = deps.listed()
    const revision = deps.poolRevision()
    if (listed === madeOf && revision === madeAt) return models
    models = indexModels(deps.build(listed))
    madeOf = listed
    madeAt = revision
    return models
  }
}
