import type { BinModel, Purge } from '../../../shared/bin.ts'
import type { ModelView } from '../../../shared/model.ts'

/** A deleted model counts as one, whatever it holds; of a model in use each deleted key counts. */
export const binCount = (models: readonly Pick<BinModel, 'deletedAtMs' | 'keys'>[]): number =>
  models.reduce((sum, { deletedAtMs, keys }) => sum + (deletedAtMs === null ? keys.length : 1), 0)

/** Which models and keys there are, whatever they do: it changes just when something is added, deleted or brought back. */
export const shapeOf = (models: readonly Pick<ModelView, 'id' | 'keys'>[]): string =>
  models.map(({ id, keys }) => [id, ...keys.map((key) => key.id)].join(' ')).join('\n')

export type BinKey = BinModel['keys'][number]

/** One key of a model in use, and nothing else. */
export const purgeOfKey = ({ id }: BinKey): Purge => ({ modelIds: [], keyIds: [id] })

/** When the last of it was deleted. */
export const deletedAt = ({ deletedAtMs, keys }: BinModel): number =>
  deletedAtMs ?? keys.reduce((latest, key) => Math.max(latest, key.deletedAtMs ?? 0), 0)

/** A model in the bin is forgotten with its keys; of a model in use, the keys in the bin. */
export const purgeOf = (models: readonly BinModel[]): Purge => ({
  modelIds: models.filter(({ deletedAtMs }) => deletedAtMs !== null).map(({ id }) => id),
  keyIds: models.flatMap(({ deletedAtMs, keys }) => (deletedAtMs === null ? keys.map(({ id }) => id) : [])),
})
