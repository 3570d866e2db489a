import type { ModelView } from '../../../shared/model.ts'
import { placeOf } from './providers.ts'

/** The text of a model changes only with the model, which is another object then. */
const texts = new WeakMap<ModelView, string>()

function textOf(model: ModelView): string {
  const known = texts.get(model)
  if (known !== undefined) return known
  const text = [model.name, placeOf(model.apiBase), model.provider ?? '', ...model.aliases]
    .concat(model.keys.flatMap(({ label, lastFour, account, tags }) => [label, lastFour, account, ...tags]))
    .join('\n')
    .toLowerCase()
  texts.set(model, text)
  return text
}

/** A model is found by its names, its place, or a label, account, tag or last four characters of one of its keys. */
export function matchesFilter(model: ModelView, filter: string): boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const text = textOf(model)
  return words.every((word) => text.includes(word))
}
