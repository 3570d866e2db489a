import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyId } from '../../../shared/identity.ts'
import type { ModelView } from '../../../shared/model.ts'
import { setPaused } from './key-actions.ts'
import { fieldOf, laterMoment, tomorrow } from './pause-times.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'

interface PauseUntilProps {
  model: ModelView
  ids: readonly KeyId[]
  onClose: () => void
}

/** A pause that ends by itself at a time of the person's choice. */
export function PauseUntil({ model, ids, onClose }: PauseUntilProps) {
  const { t } = useTranslation('models')
  const [offered] = useState(() => fieldOf(tomorrow(Date.now())))
  const [field, setField] = useState(offered)
  const [wrong, setWrong] = useState(false)
  const submit = () => {
    const untilMs = laterMoment(field, Date.now())
    if (untilMs === null) return setWrong(true)
    setPaused(model.id, [...ids], true, untilMs)
    onClose()
  }
  return (
    <FormDialog
      title={t('pauseUntil.title')}
      submit={t('pause')}
      onSubmit={submit}
      onClose={onClose}
      dirty={field !== offered}
    >
      <TextInput
        type="datetime-local"
        data-autofocus
        label={t('pauseUntil.field')}
        description={t('pauseUntil.hint')}
        value={field}
        error={wrong ? t('pauseUntil.past') : undefined}
        onChange={(event) => {
          setField(event.currentTarget.value)
          setWrong(false)
        }}
      />
    </FormDialog>
  )
}
