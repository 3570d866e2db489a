import { TagsInput, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyView } from '../../../shared/key.ts'
import type { ModelView } from '../../../shared/model.ts'
import { presetOfShape } from '../../../shared/provider-presets.ts'
import { useFormSave, type FormErrors } from '../../app/use-form-save.ts'
import { editKeys } from './key-actions.ts'
import { changeOfKey, draftOfKey, limitNames, type KeyDraft } from './key-draft.ts'
import { KeyFacts } from './key-facts.tsx'
import forms from './model-forms.module.css'
import classes from './models.module.css'
import { hostOf } from './providers.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { weightNote } from './weights.ts'
import { useIsThere } from '../../ui/use-is-there.ts'

interface FieldsProps {
  draft: KeyDraft
  errors: FormErrors
  onChange: (edit: Partial<KeyDraft>) => void
}

function Limits({ draft, errors, onChange }: FieldsProps) {
  const { t } = useTranslation('models')
  return (
    <fieldset className={forms['group']}>
      <legend>{t('terms.limits')}</legend>
      <p className={classes['dim']}>{t('terms.limitsHint')}</p>
      <div className={forms['pair']}>
        {limitNames.map((name) => (
          <TextInput
            key={name}
            label={t(`terms.${name}`)}
            placeholder={t('terms.none')}
            inputMode="numeric"
            value={draft.limits[name]}
            error={errors[name]}
            onChange={(event) => onChange({ limits: { ...draft.limits, [name]: event.currentTarget.value } })}
          />
        ))}
      </div>
    </fieldset>
  )
}

/** A note is shown in full, so that a key has no place in it. */
const holdsKey = (text: string) => text.split(/\s+/).some((word) => word.length >= 20 && presetOfShape(word))

function Words({ draft, errors, onChange }: FieldsProps) {
  const { t } = useTranslation('models')
  return (
    <>
      <TagsInput
        label={t('terms.tags')}
        description={t('terms.tagsHint')}
        spellCheck={false}
        splitChars={[',', '\n']}
        value={[...draft.tags]}
        error={errors['tags']}
        onChange={(tags) => onChange({ tags })}
      />
      <Textarea
        label={t('terms.note')}
        autosize
        minRows={2}
        maxRows={6}
        value={draft.note}
        error={errors['note'] ?? (holdsKey(draft.note) ? t('terms.noteHoldsKey') : undefined)}
        onChange={(event) => onChange({ note: event.currentTarget.value })}
      />
    </>
  )
}

function Fields(props: FieldsProps & Pick<EditKeyProps, 'model' | 'keyView'>) {
  const { draft, errors, onChange, model, keyView } = props
  const { t } = useTranslation('models')
  const note = weightNote(model, keyView.id, draft.weight)
  return (
    <>
      <div className={forms['pair']}>
        <TextInput
          label={t('label')}
          data-autofocus
          value={draft.label}
          error={errors['label']}
          onChange={(event) => onChange({ label: event.currentTarget.value })}
        />
        <TextInput
          label={t('weight')}
          description={note === null ? undefined : t(`weightNote.${note}`)}
          inputMode="numeric"
          value={draft.weight}
          error={errors['weight']}
          onChange={(event) => onChange({ weight: event.currentTarget.value })}
        />
        <TextInput
          label={t('terms.account')}
          description={t('terms.accountHint')}
          spellCheck={false}
          value={draft.account}
          error={errors['account']}
          onChange={(event) => onChange({ account: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t('terms.lastDay')}
          description={t('terms.lastDayHint')}
          value={draft.lastDay}
          error={errors['expiresAtMs']}
          onChange={(event) => onChange({ lastDay: event.currentTarget.value })}
        />
      </div>
      <Limits {...props} />
      <Words {...props} />
    </>
  )
}

interface EditKeyProps {
  model: ModelView
  keyView: KeyView
  onClose: () => void
}

/** Everything about a key but its secret, and how it fares. It closes on an edit only when that was saved or put aside on purpose. */
export function EditKey({ model, keyView, onClose }: EditKeyProps) {
  const { t } = useTranslation('models')
  const [draft, setDraft] = useState(() => draftOfKey(keyView))
  const { errors, setErrors, busy, save } = useFormSave()
  const isThere = useIsThere()
  const change = changeOfKey(draft, keyView)
  const dirty = Object.keys(change).length > 0
  const submit = async () => {
    if (dirty) await editKeys(model, [{ id: keyView.id, change }], t('terms.saved', { label: draft.label.trim() }))
    if (isThere()) onClose()
  }
  return (
    <FormDialog
      size="lg"
      title={t('terms.title', { label: keyView.label })}
      submit={t('save')}
      onSubmit={() => void save(submit)}
      onClose={onClose}
      dirty={dirty}
      busy={busy}
      error={errors['form']}
    >
      <KeyFacts keyView={model.keys.find(({ id }) => id === keyView.id) ?? keyView} host={hostOf(model.apiBase)} />
      <Fields
        model={model}
        keyView={keyView}
        draft={draft}
        errors={errors}
        onChange={(edit) => {
          setDraft({ ...draft, ...edit })
          setErrors({})
        }}
      />
    </FormDialog>
  )
}
