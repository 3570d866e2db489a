import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelId } from '../../../shared/identity.ts'
import { useFormSave } from '../../app/use-form-save.ts'
import { addModel } from './key-actions.ts'
import { ProviderField } from './provider-field.tsx'
import { KeysField } from './keys-field.tsx'
import { useKnownSecrets } from './known-secrets.ts'
import { emptyDraft, newModelOf, type ModelDraft } from './model-draft.ts'
import { ModelFields } from './model-fields.tsx'
import { isTooMuch, parsePastedKeys } from './pasted-keys.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useIsThere } from '../../ui/use-is-there.ts'

interface AddModelProps {
  onClose: () => void
  onAdded: (id: ModelId) => void
}

export function AddModel({ onClose, onAdded }: AddModelProps) {
  const { t } = useTranslation('models')
  const [draft, setDraft] = useState<ModelDraft>(emptyDraft)
  const [text, setText] = useState('')
  const { t: failureText } = useTranslation('failures')
  const { errors, setErrors, busy, save } = useFormSave()
  const isThere = useIsThere()
  const found = parsePastedKeys(text)
  const known = useKnownSecrets(
    null,
    found.keys.map(({ secret }) => secret),
  )
  /** In the same go as the keys that were pasted for it. */
  const submit = async () => {
    if (isTooMuch(found.keys)) return setErrors({ keys: failureText('field.keys_limit') })
    const secrets = found.keys.map(({ secret }) => ({ secret }))
    const id = await addModel(newModelOf(draft), secrets)
    if (isThere()) onAdded(id)
  }
  return (
    <FormDialog
      size="lg"
      title={t('addModel')}
      submit={t('addModel')}
      onSubmit={() => void save(submit)}
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
