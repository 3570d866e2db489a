import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelId } from '../../../shared/identity.ts'
import { formSentences } from '../../app/failure-message.ts'
import { addModel } from './key-actions.ts'
import { ProviderField } from './provider-field.tsx'
import { KeysField } from './keys-field.tsx'
import { useKnownSecrets } from './known-secrets.ts'
import { emptyDraft, newModelOf, type ModelDraft } from './model-draft.ts'
import { ModelFields, type FieldErrors } from './model-fields.tsx'
import { isTooMuch, parsePastedKeys, type PastedKey } from './pasted-keys.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'

interface AddModelProps {
  onClose: () => void
  onAdded: (id: ModelId) => void
}

/** Adds the model and, in the same go, the keys that were pasted for it. */
function useAddModel({ onAdded }: Pick<AddModelProps, 'onAdded'>) {
  const { t: failureText } = useTranslation('failures')
  const [errors, setErrors] = useState<FieldErrors>({})
  const [busy, setBusy] = useState(false)
  const submit = async (draft: ModelDraft, keys: readonly PastedKey[]) => {
    if (isTooMuch(keys)) return setErrors({ keys: failureText('field.keys_limit') })
    setBusy(true)
    try {
      const secrets = keys.map(({ secret }) => ({ secret }))
      onAdded(await addModel(newModelOf(draft), secrets))
    } catch (error) {
      setErrors(formSentences(error, failureText))
    } finally {
      setBusy(false)
    }
  }
  return { errors, setErrors, busy, submit }
}

export function AddModel({ onClose, onAdded }: AddModelProps) {
  const { t } = useTranslation('models')
  const [draft, setDraft] = useState<ModelDraft>(emptyDraft)
  const [text, setText] = useState('')
  const { errors, setErrors, busy, submit } = useAddModel({ onAdded })
  const found = parsePastedKeys(text)
  const known = useKnownSecrets(
    null,
    found.keys.map(({ secret }) => secret),
  )
  return (
    <FormDialog
      size="lg"
      title={t('addModel')}
      submit={t('addModel')}
      onSubmit={() => void submit(draft, found.keys)}
      onClose={onClose}
      dirty={text.trim() !== '' || JSON.stringify(draft) !== JSON.stringify(emptyDraft)}
      busy={busy}
      error={errors['form']}
    >
      <ProviderField
        focused
        apiBase={draft.apiBase}
        onChange={(preset) => {
          setDraft({ ...draft, apiBase: preset?.apiBase ?? '' })
          setErrors({})
        }}
      />
      <ModelFields
        draft={draft}
        errors={errors}
        onChange={(edit) => {
          setDraft({ ...draft, ...edit })
          setErrors({})
        }}
      />
      <KeysField
        text={text}
        found={found}
        error={errors['secret'] ?? errors['keys'] ?? null}
        known={known}
        apiBase={draft.apiBase}
        onChange={(pasted) => {
          setText(pasted)
          setErrors({})
        }}
      />
    </FormDialog>
  )
}
