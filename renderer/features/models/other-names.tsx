import { MultiSelect, TagsInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ModelId } from '../../../shared/identity.ts'
import type { ModelView } from '../../../shared/model.ts'
import { useModels } from '../../app/models-store.ts'
import type { FormErrors } from '../../app/use-form-save.ts'
import type { ModelDraft } from './model-draft.ts'

interface OtherNamesProps {
  model: ModelView
  draft: ModelDraft
  errors: FormErrors
  onChange: (edit: Partial<ModelDraft>) => void
}

/** What else a model is called by, and which models stand in for it. */
export function OtherNames({ model, draft, errors, onChange }: OtherNamesProps) {
  const { t } = useTranslation('models')
  const models = useModels((store) => store.models)
  // A model of the simulator ends with it, so that the two kinds do not stand in for each other.
  const others = models.filter(({ id, origin }) => id !== model.id && origin === model.origin)
  const isModel = (value: string): value is ModelId => others.some(({ id }) => id === value)
  return (
    <>
      <TagsInput
        label={t('field.aliases')}
        description={t('field.aliasesHint')}
        spellCheck={false}
        splitChars={[',', '\n']}
        value={[...draft.aliases]}
        error={errors['aliases']}
        onChange={(aliases) => onChange({ aliases })}
      />
      <MultiSelect
        label={t('field.fallbacks')}
        description={t('field.fallbacksHint')}
        searchable
        nothingFoundMessage={t('field.noOtherModel')}
        data={others.map(({ id, name }) => ({ value: id, label: name }))}
        value={[...draft.fallbacks]}
        error={errors['fallbacks']}
        onChange={(values) => onChange({ fallbacks: values.filter(isModel) })}
      />
    </>
  )
}
