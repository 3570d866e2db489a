import { Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyId } from '../../../shared/identity.ts'
import type { ModelView } from '../../../shared/model.ts'
import { setPaused } from './key-actions.ts'
import classes from './models.module.css'
import { fieldOf, laterMoment, tomorrow } from './pause-times.ts'
import { FormButtons } from '../../ui/form-buttons.tsx'

interface PauseUntilProps {
  model: ModelView
  ids: readonly KeyId[]
  onClose: () => void
}

/** A pause that ends by itself at a time of the person's choice. */
export function PauseUntil({ model, ids, onClose }: PauseUntilProps) {
  const { t } = useTranslation('models')
  const [field, setField] = useState(() => fieldOf(tomorrow(Date.now())))
  const [wrong, setWrong] = useState(false)
  const submit = () => {
    const untilMs = laterMoment(field, Date.now())
    if (untilMs === null) return setWrong(true)
    setPaused(model.id, [...ids], true, untilMs)
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={t('pauseUntil.title')} closeButtonProps={{ 'aria-label': t('cancel') }}>
      <form
        className={classes['form']}
        style={{ paddingTop: 0 }}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
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
        <FormButtons submit={t('pause')} cancel={t('cancel')} onCancel={onClose} />
      </form>
    </Modal>
  )
}
