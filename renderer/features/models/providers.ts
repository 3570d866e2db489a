import { presetAt } from '../../../shared/provider-presets.ts'

export function hostOf(apiBase: string): string {
  return URL.parse(apiBase)?.host ?? apiBase
}

/** Who serves a model, by name when it is known and by host otherwise. */
export const placeOf = (apiBase: string): string => presetAt(apiBase)?.name ?? hostOf(apiBase)
