import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../shared/model.ts'
import { fieldSentences, oneLine, procedureFailure } from '../../app/failure-message.ts'
import { showDone, showFailure, showUndo } from '../../app/toast.tsx'
import { addKeys, takeBackKeys } from './key-actions.ts'
import { useKeyTrials } from './key-trials.ts'
import { KeysField } from './keys-field.tsx'
import { isHeld, useKnownSecrets } from './known-secrets.ts'
import { OfferImport } from './offer-import.tsx'
import { isTooMuch, looksLikeConfiguration, parsePastedKeys, type PastedKey } from './pasted-keys.ts'
import { hasFailed, TrialPanel } from './trial-panel.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useIsThere } from '../../ui/use-is-there.ts'

/** Adds what is new, says what was there already, and offers to take it back. */
function useAdd(model: ModelView, onClose: () => void) {
  const { t } = useTranslation('models')
  const { t: failureText } = useTranslation('failures')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const isThere = useIsThere()
  const add = async (keys: readonly PastedKey[]) => {
    if (keys.length === 0) return setError(failureText('field.secret_empty'))
    if (isTooMuch(keys)) return setError(failureText('field.keys_limit'))
    setBusy(true)
    try {
      const secrets = keys.map(({ secret }) => ({ secret }))
      const ids = await addKeys(model.id, secrets)
      const known = keys.length - ids.length
      const added = t('addedKeys', { count: ids.length })
      const message =
        known > 0 ? oneLine({ cause: added, next: t('alreadyThere', { count: known }) }, failureText) : added
      if (ids.length === 0) showDone(message)
      else showUndo(message, () => takeBackKeys(model.id, ids))
      if (isThere()) onClose()
    } catch (failure) {
      const wrong = fieldSentences(failure, failureText)
      if (wrong === null || !isThere()) showFailure(failure)
      else if (procedureFailure(failure)?.code === 'DUPLICATE_KEY' && keys.length > 1) setError(t('allThere'))
      else setError(wrong['secret'] ?? wrong['form'] ?? failureText('field.other'))
    } finally {
      setBusy(false)
    }
  }
  return { error, setError, busy, add }
}

/** Paste any number of keys; main leaves out those that the model already holds. */
export function AddKeys({ model, onClose }: { model: ModelView; onClose: () => void }) {
  const { t } = useTranslation('models')
  const [text, setText] = useState('')
  const [withoutFailed, setWithoutFailed] = useState(true)
  const { error, setError, busy, add } = useAdd(model, onClose)
  const { name, apiBase, provider } = model
  const trials = useKeyTrials({ name, apiBase, provider }, model.id)
  const found = parsePastedKeys(text)
  const known = useKnownSecrets(
    model.id,
    found.keys.map(({ secret }) => secret),
  )
  const wanted = found.keys.filter(({ secret }) => !withoutFailed || !hasFailed(trials.results.get(secret)))
  const fresh = wanted.filter(({ secret }) => !isHeld(known, secret))
  return (
    <FormDialog
      size="lg"
      title={t('addKeysTo', { model: name })}
      submit={fresh.length > 0 ? t('addCount', { count: fresh.length }) : t('addKeys')}
      onSubmit={() => void add(wanted)}
      onClose={onClose}
      dirty={text.trim() !== ''}
      busy={busy}
    >
      <KeysField
        focused
        text={text}
        found={found}
        error={error}
        known={known}
        apiBase={apiBase}
        onChange={(value) => {
          setText(value)
          setError(null)
        }}
      />
      <TrialPanel
        keys={found.keys}
        apiBase={apiBase}
        trials={trials}
        withoutFailed={withoutFailed}
        onWithoutFailed={setWithoutFailed}
      />
      {looksLikeConfiguration(text) && <OfferImport text={text} />}
    </FormDialog>
  )
}
