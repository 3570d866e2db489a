import { Button } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../shared/model.ts'
import { fieldSentences, procedureFailure } from '../../app/failure-message.ts'
import { navigate } from '../../app/router.ts'
import { showFailure } from '../../app/toast.tsx'
import type { FormErrors } from '../../app/use-form-save.ts'
import { HeadersField } from './headers-field.tsx'
import { editModel, removeModel } from './key-actions.ts'
import { changesOf, draftOf, useModelDrafts, type ModelDraft } from './model-draft.ts'
import { ModelFields } from './model-fields.tsx'
import { PatienceFields } from './patience-fields.tsx'
import { StrategyPreview } from './strategy-preview.tsx'
import { OtherNames } from './other-names.tsx'
import forms from './model-forms.module.css'
import classes from './models.module.css'
import { HostQuestion } from '../../ui/host-question.tsx'
import { Notice } from '../../ui/notice.tsx'

interface Hosts {
  from: string
  to: string
}

/** Saves what differs; a change of host is asked about before anything is saved. */
function useSaveModel(model: ModelView, draft: ModelDraft) {
  const { t: failureText } = useTranslation('failures')
  const [errors, setErrors] = useState<FormErrors>({})
  const [question, setQuestion] = useState<Hosts | null>(null)
  const [busy, setBusy] = useState(false)
  const save = async (allowNewHost: boolean) => {
    setBusy(true)
    setQuestion(null)
    try {
      await editModel(model, changesOf(draft, model), allowNewHost)
      useModelDrafts.getState().drop(model.id)
    } catch (error) {
      const failure = procedureFailure(error)
      const wrong = fieldSentences(error, failureText)
      if (failure?.code === 'KEY_TO_OTHER_HOST') setQuestion(failure.data)
      else if (wrong !== null) setErrors(wrong)
      else showFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return { errors, setErrors, question, setQuestion, busy, save }
}

/** The fields, saved together, and under them the headers, each saved by itself. */
export function ModelSettings({ model }: { model: ModelView }) {
  return (
    <>
      <SettingsForm model={model} />
      <HeadersField model={model} />
    </>
  )
}

function SettingsForm({ model }: { model: ModelView }) {
  const { t } = useTranslation('models')
  const kept = useModelDrafts((store) => store.drafts.get(model.id))
  const keep = useModelDrafts((store) => store.keep)
  const drop = useModelDrafts((store) => store.drop)
  const draft = kept ?? draftOf(model)
  const { errors, setErrors, question, setQuestion, busy, save } = useSaveModel(model, draft)
  const dirty = Object.keys(changesOf(draft, model)).length > 0
  const reset = () => {
    drop(model.id)
    setErrors({})
  }
  return (
    <form
      className={forms['form']}
      onSubmit={(event) => {
        event.preventDefault()
        void save(false)
      }}
    >
      <ModelFields
        draft={draft}
        errors={errors}
        onChange={(edit) => {
          keep(model.id, { ...draft, ...edit })
          setErrors({})
        }}
      />
      <StrategyPreview model={model} strategy={draft.strategy} />
      <PatienceFields
        draft={draft}
        errors={errors}
        onChange={(edit) => {
          keep(model.id, { ...draft, ...edit })
          setErrors({})
        }}
      />
      <OtherNames
        model={model}
        draft={draft}
        errors={errors}
        onChange={(edit) => {
          keep(model.id, { ...draft, ...edit })
          setErrors({})
        }}
      />
      {errors['form'] !== undefined && <Notice tone="danger" urgent title={errors['form']} />}
      <div className={forms['formActions']}>
        <Button type="submit" loading={busy} disabled={!dirty}>
          {t('save')}
        </Button>
        <Button variant="default" disabled={!dirty} onClick={reset}>
          {t('reset')}
        </Button>
        {dirty && <span className={classes['dim']}>{t('unsaved')}</span>}
        <Button
          data-apart
          variant="subtle"
          color="red"
          leftSection={<IconTrash size={15} aria-hidden="true" />}
          onClick={() => {
            removeModel(model.id, model.name)
            navigate('models')
          }}
        >
          {t('deleteModel')}
        </Button>
      </div>
      {question !== null && (
        <HostQuestion {...question} onAllow={() => void save(true)} onClose={() => setQuestion(null)} />
      )}
    </form>
  )
}
