import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelId } from '../../../shared/identity.ts'
import { fieldSentences, procedureSentence } from '../../app/failure-message.ts'
import { addModel } from './key-actions.ts'
import { ProviderField } from './provider-field.tsx'
import { KeysField } from './keys-field.tsx'
import { useKnownSecrets } from './known-secrets.ts'
import { emptyDraft, newModelOf, type ModelDraft } from './model-draft.ts'
import { ModelFields, type FieldErrors } from './model-fields.tsx'
import { parsePastedKeys } from './pasted-keys.ts'
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
  const submit = async (draft: ModelDraft, secrets: string[]) => {
    setBusy(true)
    try {
      onAdded(
        await addModel(
          newModelOf(draft),
          secrets.map((secret) => ({ secret })),
        ),
      )
    } catch (error) {
      setErrors(fieldSentences(error, failureText) ?? { form: procedureSentence(error, failureText).cause })
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
      onSubmit={() =>
        void submit(
          draft,
          found.keys.map((key) => key.secret),
        )
      }
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
      <KeysField text={text} found={found} error={null} known={known} apiBase={draft.apiBase} onChange={setText} />
    </FormDialog>
  )
}
