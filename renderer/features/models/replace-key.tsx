import { Modal, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyView } from '../../../shared/key.ts'
import type { ModelView } from '../../../shared/model.ts'
import { fieldSentences } from '../../app/failure-message.ts'
import { showDone, showFailure } from '../../app/toast.tsx'
import { editKey } from './key-actions.ts'
import classes from './models.module.css'
import { forgetsOnLeave } from '../../ui/forgetful-field.ts'
import { FormButtons } from '../../ui/form-buttons.tsx'

interface ReplaceKeyProps {
  model: ModelView
  keyView: KeyView
  onClose: () => void
}

/** A new secret in the place of the old one: label, order and weight stay. */
export function ReplaceKey({ model, keyView, onClose }: ReplaceKeyProps) {
  const { t } = useTranslation('models')
  const { t: failureText } = useTranslation('failures')
  const [secret, setSecret] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async () => {
    setBusy(true)
    try {
      await editKey(model.id, keyView.id, { secret })
      showDone(t('replaced', { label: keyView.label }))
      onClose()
    } catch (failure) {
      const wrong = fieldSentences(failure, failureText)
      if (wrong === null) showFailure(failure)
      else setError(wrong['secret'] ?? failureText('field.other'))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('replaceTitle', { label: keyView.label })}
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <PasswordInput
          ref={forgetsOnLeave}
          label={t('newSecret')}
          description={t('replaceHint')}
          autoComplete="off"
          data-autofocus
          value={secret}
          error={error}
          onChange={(event) => {
            setSecret(event.currentTarget.value)
            setError(null)
          }}
          visibilityToggleButtonProps={{ 'aria-label': t('showSecret') }}
        />
        <FormButtons submit={t('replace')} busy={busy} cancel={t('cancel')} onCancel={onClose} />
      </form>
    </Modal>
  )
}
