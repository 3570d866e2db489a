import { Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelId } from '../../../shared/identity.ts'
import { fieldSentences, procedureSentence } from '../../app/failure-message.ts'
import { showDone, showFailure } from '../../app/toast.tsx'
import { addKeys, addModel } from './key-actions.ts'
import { ProviderField } from './provider-field.tsx'
import { KeysField } from './keys-field.tsx'
import { emptyDraft, newModelOf, type ModelDraft } from './model-draft.ts'
import { ModelFields, type FieldErrors } from './model-fields.tsx'
import classes from './models.module.css'
import { parsePastedKeys } from './pasted-keys.ts'
import { FormButtons } from '../../ui/form-buttons.tsx'

interface AddModelProps {
  onClose: () => void
  onAdded: (id: ModelId) => void
}

/** Adds the model and, in the same go, the keys that were pasted for it. */
function useAddModel({ onAdded }: Pick<AddModelProps, 'onAdded'>) {
  const { t } = useTranslation('models')
  const { t: failureText } = useTranslation('failures')
  const [errors, setErrors] = useState<FieldErrors>({})
  const [busy, setBusy] = useState(false)
  const submit = async (draft: ModelDraft, secrets: string[]) => {
    setBusy(true)
    try {
      const { id } = await addModel(newModelOf(draft))
      // The model is there: what goes wrong with its keys is shown in its own view, where they can be added again.
      if (secrets.length > 0) {
        await addKeys(
          id,
          secrets.map((secret) => ({ secret })),
        ).catch(showFailure)
      }
      showDone(t('added', { name: draft.name.trim() }))
      onAdded(id)
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
  return (
    <Modal opened onClose={onClose} size="lg" title={t('addModel')} closeButtonProps={{ 'aria-label': t('cancel') }}>
      <form
        className={classes['form']}
        style={{ paddingTop: 0 }}
        onSubmit={(event) => {
          event.preventDefault()
          const secrets = found.keys.map((key) => key.secret)
          void submit(draft, secrets)
        }}
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
        <KeysField text={text} found={found} error={null} modelId={null} apiBase={draft.apiBase} onChange={setText} />
        {errors['form'] !== undefined && (
          <span className={classes['editError']} role="alert">
            {errors['form']}
          </span>
        )}
        <FormButtons submit={t('addModel')} busy={busy} cancel={t('cancel')} onCancel={onClose} />
      </form>
    </Modal>
  )
}
