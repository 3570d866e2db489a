import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyView } from '../../../shared/key.ts'
import type { ModelView } from '../../../shared/model.ts'
import { fieldSentences } from '../../app/failure-message.ts'
import { showFailure } from '../../app/toast.tsx'
import { replaceSecret } from './key-actions.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { SecretInput } from '../../ui/secret-input.tsx'
import { useIsThere } from '../../ui/use-is-there.ts'

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
  const isThere = useIsThere()
  const submit = async () => {
    setBusy(true)
    try {
      await replaceSecret(model, keyView, secret)
      if (isThere()) onClose()
    } catch (failure) {
      const wrong = fieldSentences(failure, failureText)
      if (wrong === null || !isThere()) showFailure(failure)
      else setError(wrong['secret'] ?? wrong['form'] ?? failureText('field.other'))
    } finally {
      setBusy(false)
    }
  }
  return (
    <FormDialog
      title={t('replaceTitle', { label: keyView.label })}
      submit={t('replace')}
      onSubmit={() => void submit()}
      onClose={onClose}
      dirty={secret !== ''}
      busy={busy}
    >
      <SecretInput
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
        showLabel={t('showSecret')}
      />
    </FormDialog>
  )
}
