import { NumberInput, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { presetAt } from '../../../shared/provider-presets.ts'
import type { FormErrors } from '../../app/use-form-save.ts'
import { BaseUrlField } from './base-url-field.tsx'
import { strategies, type ModelDraft } from './model-draft.ts'
import forms from './model-forms.module.css'

interface ModelFieldsProps {
  draft: ModelDraft
  errors: FormErrors
  onChange: (edit: Partial<ModelDraft>) => void
}

/** The fields of a model, the same when it is added and when it is edited; each error stands at its field. */
export function ModelFields({ draft, errors, onChange }: ModelFieldsProps) {
  const { t } = useTranslation('models')
  return (
    <>
      <TextInput
        label={t('field.name')}
        description={t('field.nameHint')}
        placeholder={presetAt(draft.apiBase)?.exampleModel}
        spellCheck={false}
        value={draft.name}
        error={errors['name']}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <BaseUrlField apiBase={draft.apiBase} error={errors['apiBase']} onChange={(apiBase) => onChange({ apiBase })} />
      <div className={forms['pair']}>
        <TextInput
          label={t('field.provider')}
          description={t('field.providerHint')}
          spellCheck={false}
          value={draft.provider}
          error={errors['provider']}
          onChange={(event) => onChange({ provider: event.currentTarget.value })}
        />
        <NumberInput
          label={t('field.temperature')}
          description={t('field.temperatureHint')}
          min={0}
          max={2}
          step={0.1}
          decimalScale={2}
          clampBehavior="none"
          value={draft.temperature}
          error={errors['temperature']}
          onChange={(temperature) => onChange({ temperature })}
        />
      </div>
      <Select
        label={t('field.strategy')}
        description={t(`strategy.${draft.strategy}.text`)}
        allowDeselect={false}
        data={strategies.map((strategy) => ({ value: strategy, label: t(`strategy.${strategy}.name`) }))}
        value={draft.strategy}
        onChange={(value) => {
          const strategy = strategies.find((name) => name === value)
          if (strategy !== undefined) onChange({ strategy })
        }}
      />
    </>
  )
}
