import type { ModelView } from '../../../shared/model.ts'

function hostOf(apiBase: string): string {
  return URL.canParse(apiBase) ? new URL(apiBase).host : apiBase
}

/** Where the vault's keys were given out, each once; the simulator's are worth nothing. */
export const hostsToRevokeAt = (models: readonly Pick<ModelView, 'apiBase' | 'origin' | 'keys'>[]): string[] =>
  [
    ...new Set(
      models.filter(({ origin, keys }) => origin === 'vault' && keys.length > 0).map(({ apiBase }) => hostOf(apiBase)),
    ),
  ].toSorted()
