import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../shared/model.ts'
import { fieldSentences } from '../../app/failure-message.ts'
import { showDone, showFailure } from '../../app/toast.tsx'
import { addKeys } from './key-actions.ts'
import { KeysField } from './keys-field.tsx'
import classes from './models.module.css'
import { parsePastedKeys } from './pasted-keys.ts'

const maxKeysAtOnce = 1000

/** Paste any number of keys; main leaves out those that the model already holds. */
export function AddKeys({ model, onClose }: { model: ModelView; onClose: () => void }) {
  const { t } = useTranslation('models')
  const { t: failureText } = useTranslation('failures')
  const [text, setText] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const found = parsePastedKeys(text)
  const submit = async () => {
    if (found.keys.length === 0) return setError(failureText('field.secret_empty'))
    if (found.keys.length > maxKeysAtOnce) return setError(t('keysField.tooMany', { max: maxKeysAtOnce }))
    setBusy(true)
    try {
      const { ids } = await addKeys(
        model.id,
        found.keys.map(({ secret }) => ({ secret })),
      )
      const known = found.keys.length - ids.length
      const added = t('addedKeys', { count: ids.length })
      showDone(known > 0 ? `${added} ${t('alreadyThere', { count: known })}` : added)
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
      size="lg"
      title={t('addKeysTo', { model: model.name })}
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <KeysField
          focused
          text={text}
          found={found}
          error={error}
          onChange={(value) => {
            setText(value)
            setError(null)
          }}
        />
        <div className={classes['formActions']}>
          <Button type="submit" loading={busy}>
            {found.keys.length > 0 ? t('addCount', { count: found.keys.length }) : t('addKeys')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
