import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyId } from '../../../shared/identity.ts'
import type { ModelView } from '../../../shared/model.ts'
import { formSentences } from '../../app/failure-message.ts'
import { editKeys } from './key-actions.ts'
import { labelsFrom } from './label-pattern.ts'
import classes from './models.module.css'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { formatRow } from '../../ui/format.ts'
import { useIsThere } from '../../ui/use-is-there.ts'

export type ManyField = 'label' | 'account'

interface EditManyProps {
  model: ModelView
  ids: readonly KeyId[]
  field: ManyField
  onClose: () => void
}

const shownLabels = 3

/** One field of many keys: labels by a pattern, or the account that they belong to. */
export function EditMany({ model, ids, field, onClose }: EditManyProps) {
  const { t, i18n } = useTranslation('models')
  const { t: failureText } = useTranslation('failures')
  const [text, setText] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const isThere = useIsThere()
  // In the order of the table, whatever order they were ticked in.
  const wanted = model.keys.filter(({ id }) => ids.includes(id)).map(({ id }) => id)
  const labels = labelsFrom(text, wanted.length)
  const save = async () => {
    setBusy(true)
    try {
      const edits = wanted.map((id, index) => ({
        id,
        change: field === 'label' ? { label: labels[index] ?? text } : { account: text },
      }))
      await editKeys(model, edits, t('many.saved', { count: wanted.length }))
      if (isThere()) onClose()
    } catch (failure) {
      const wrong = formSentences(failure, failureText)
      setError(wrong[field] ?? wrong['form'] ?? failureText('field.other'))
    } finally {
      setBusy(false)
    }
  }
  const preview = formatRow(labels.slice(0, shownLabels), i18n.language)
  return (
    <FormDialog
      title={t(`many.${field}Title`, { count: wanted.length })}
      submit={t('save')}
      onSubmit={() => void save()}
      onClose={onClose}
      dirty={text.trim() !== ''}
      busy={busy}
    >
      <TextInput
        label={t(`many.${field}`)}
        description={t(`many.${field}Hint`)}
        data-autofocus
        spellCheck={false}
        value={text}
        error={error}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setError(null)
        }}
      />
      {field === 'label' && text.trim() !== '' && (
        <p className={classes['dim']}>
          {t(wanted.length > shownLabels ? 'many.previewMore' : 'many.preview', { labels: preview })}
        </p>
      )}
    </FormDialog>
  )
}
