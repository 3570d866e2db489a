import type { ExportModel } from '../dotenv/index.ts'
import { inUse } from '../models/catalogue.ts'
import type { Models } from '../models/models.ts'

/** Every model of the vault with all its keys. The simulator's are worth nothing to others. */
export function exportedModels({ list, secretOf }: Pick<Models, 'list' | 'secretOf'>): ExportModel[] {
  const kept = list().filter(({ origin }) => origin === 'vault')
  return kept.map(({ model: { id, name, provider, apiBase, temperature, extra, keys } }) => ({
    name,
    provider,
    apiBase,
    temperature,
    extra,
    keys: inUse(keys).map((key) => secretOf(id, key.id)),
  }))
}
