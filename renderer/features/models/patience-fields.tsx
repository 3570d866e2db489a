import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FormErrors } from '../../app/use-form-save.ts'
import type { ModelDraft } from './model-draft.ts'
import forms from './model-forms.module.css'
import classes from './models.module.css'

const defaultWaitSeconds = 30
const defaultDeadlineSeconds = 600

interface PatienceFieldsProps {
  draft: ModelDraft
  errors: FormErrors
  onChange: (edit: Partial<ModelDraft>) => void
}

/** How long a request may wait and take, and what the rotation does that nobody sets. */
export function PatienceFields({ draft, errors, onChange }: PatienceFieldsProps) {
  const { t } = useTranslation('models')
  return (
    <fieldset className={forms['group']}>
      <legend>{t('patience.title')}</legend>
      <p className={classes['dim']}>{t('patience.text')}</p>
      <div className={forms['pair']}>
        <TextInput
          label={t('patience.maxWait')}
          description={t('patience.maxWaitHint')}
          placeholder={t('patience.default', { seconds: defaultWaitSeconds })}
          inputMode="decimal"
          value={draft.maxWait}
          error={errors['maxWaitMs']}
          onChange={(event) => onChange({ maxWait: event.currentTarget.value })}
        />
        <TextInput
          label={t('patience.deadline')}
          description={t('patience.deadlineHint')}
          placeholder={t('patience.default', { seconds: defaultDeadlineSeconds })}
          inputMode="decimal"
          value={draft.deadline}
          error={errors['deadlineMs']}
          onChange={(event) => onChange({ deadline: event.currentTarget.value })}
        />
      </div>
    </fieldset>
  )
}
