import type { ExportContent } from '../../../shared/export.ts'
import { Failure } from '../../../shared/failure.ts'
import type { ModelId } from '../../../shared/identity.ts'
import type { ExportModel } from '../../dotenv/index.ts'
import { theKey } from '../../models/catalogue.ts'
import type { Models } from '../../models/models.ts'
import type { StoredModel } from '../../models/stored-model.ts'

type Chosen = Pick<ExportContent, 'models' | 'form'>

/** What was chosen, with its secrets only where they are to be written. The simulator's keys are worth nothing to others. */
export function chosenModels(
  models: Pick<Models, 'list' | 'secretOf'>,
  { models: chosen, form }: Chosen,
): ExportModel[] {
  const kept = new Map(models.list().flatMap(({ model, origin }) => (origin === 'vault' ? [[model.id, model]] : [])))
  return chosen.map(({ id, keyIds }) => {
    const model = kept.get(id)
    if (model === undefined) throw new Failure('MODEL_NOT_FOUND', {})
    return exportModel(model, form === 'gateway' ? [] : keyIds.map((key) => models.secretOf(id, theKey(model, key).id)))
  })
}

export function exportModel(model: StoredModel, keys: readonly string[]): ExportModel {
  const { name, provider, apiBase, temperature, extra } = model
  return { name, provider, apiBase, temperature, keys, extra }
}

/** Of these models, by name, those with extra headers: no format of a file has a field for them. */
export const headersLeftOut = (models: Pick<Models, 'list'>, written: readonly { id: ModelId }[]): string[] => {
  const ids = new Set(written.map(({ id }) => id))
  return models.list().flatMap(({ model }) => (ids.has(model.id) && model.headers.length > 0 ? [model.name] : []))
}

/** An entry without a key of its own would be sent whatever key the file gives for all: no such entry is written. */
export function assertKeys(models: readonly ExportModel[]): void {
  if (models.some(({ keys }) => keys.length === 0)) throw refused('no-keys')
}

export const refused = (reason: 'no-keys' | 'open-quote' | 'no-common-form'): Failure =>
  new Failure('EXPORT_REFUSED', { reason, line: null, column: null })
