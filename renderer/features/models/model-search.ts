import type { ModelView } from '../../../shared/model.ts'
import { placeOf } from './providers.ts'

/** A model is found by its name, its place, or a label or last four characters of one of its keys. */
export function matchesFilter(model: ModelView, filter: string): boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  const text = [model.name, placeOf(model.apiBase), model.provider ?? '']
    .concat(model.keys.flatMap((key) => [key.label, key.lastFour]))
    .join('\n')
    .toLowerCase()
  return words.every((word) => text.includes(word))
}
