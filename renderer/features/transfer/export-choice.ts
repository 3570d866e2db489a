import type { ExportContent, ExportForm, ExportFormat } from '../../../shared/export.ts'
import type { KeyId, ModelId } from '../../../shared/identity.ts'
import type { KeyStateKind, KeyView } from '../../../shared/key.ts'
import type { ModelView } from '../../../shared/model.ts'

/** What a person has chosen; what they have not touched follows from the models as they are now. */
export interface Choice {
  form: ExportForm
  format: ExportFormat
  path: string
  withoutModels: ReadonlySet<ModelId>
  /** Keys that were ticked or unticked by hand. */
  keys: ReadonlyMap<KeyId, boolean>
}

export const firstChoice: Choice = {
  form: 'gateway',
  format: 'dotenv',
  path: '',
  withoutModels: new Set(),
  keys: new Map(),
}

/** What a person has put aside, or the provider has refused, is not handed on unless it is asked for. */
const leftOut: readonly KeyStateKind[] = ['paused', 'expired', 'rejected', 'not-allowed']

export const isKeyChosen = ({ keys }: Choice, key: KeyView): boolean =>
  keys.get(key.id) ?? !leftOut.includes(key.state.kind)

export const exportable = (models: readonly ModelView[]): ModelView[] =>
  models.filter(({ origin }) => origin === 'vault')

export const keysOf = (choice: Choice, model: ModelView): KeyId[] =>
  model.keys.filter((key) => isKeyChosen(choice, key)).map(({ id }) => id)

/** Through the gateway a model needs no key in the file; with real keys it needs one. */
export const isModelChosen = (choice: Choice, model: ModelView): boolean =>
  !choice.withoutModels.has(model.id) && (choice.form === 'gateway' || keysOf(choice, model).length > 0)

export function contentOf(choice: Choice, models: readonly ModelView[]): ExportContent {
  const chosen = exportable(models).filter((model) => isModelChosen(choice, model))
  const { format, form } = choice
  return { format, form, models: chosen.map((model) => ({ id: model.id, keyIds: keysOf(choice, model) })) }
}

export function withModel(choice: Choice, id: ModelId, isOn: boolean): Choice {
  const without = new Set(choice.withoutModels)
  if (isOn) without.delete(id)
  else without.add(id)
  return { ...choice, withoutModels: without }
}

export const withKey = (choice: Choice, id: KeyId, isOn: boolean): Choice => ({
  ...choice,
  keys: new Map([...choice.keys, [id, isOn]]),
})
