// One name leads to one model: a model's own name comes first, and an alias stands for nothing that is one already.
import { Failure } from '../../shared/failure.ts'
import type { ModelId } from '../../shared/identity.ts'
import { inUse, isCalled } from './catalogue.ts'
import type { StoredModel } from './stored-model.ts'

/** The aliases as they are to be kept. Refuses one that another model, or this one, is already called by. */
export function checkedAliases(
  models: readonly StoredModel[],
  model: StoredModel,
  aliases: readonly string[],
): string[] {
  const kept = [...new Set(aliases)]
  const others = inUse(models).filter(({ id }) => id !== model.id)
  for (const alias of kept) {
    const holder = alias === model.name ? model : others.find((other) => isCalled(other, alias))
    if (holder) throw new Failure('ALIAS_REFUSED', { alias, model: holder.name })
  }
  return kept
}

/** A model that comes by a name in another way than by an edit takes it over: aliases of that name end. */
export function endAliases(models: readonly StoredModel[], name: string): void {
  for (const model of models) model.aliases = model.aliases.filter((alias) => alias !== name)
}

/** A model comes back from the bin with the aliases that nothing else is called by meanwhile. */
export function freeAliases(models: readonly StoredModel[], model: StoredModel): string[] {
  const taken = new Set(inUse(models).flatMap((one) => (one.id === model.id ? [one.name] : [one.name, ...one.aliases])))
  return model.aliases.filter((alias) => !taken.has(alias))
}

/**
 * The fallbacks as they are to be kept. Only the list of the model that was asked for is followed, never those of its
 * fallbacks, so two models may stand in for each other and no request goes in a circle.
 */
export function checkedFallbacks(
  models: readonly StoredModel[],
  id: ModelId,
  fallbacks: readonly ModelId[],
): ModelId[] {
  for (const fallback of fallbacks) {
    if (fallback === id) throw new Failure('FALLBACK_REFUSED', { reason: 'itself' })
    if (!inUse(models).some((model) => model.id === fallback)) throw new Failure('FALLBACK_REFUSED', { reason: 'gone' })
  }
  return [...new Set(fallbacks)]
}
