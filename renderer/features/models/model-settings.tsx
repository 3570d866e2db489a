import { Button } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../shared/model.ts'
import { fieldSentences, procedureFailure } from '../../app/failure-message.ts'
import { navigate } from '../../app/router.ts'
import { showFailure } from '../../app/toast.tsx'
import type { FormErrors } from '../../app/use-form-save.ts'
import { HeadersField } from './headers-field.tsx'
import { editModel, removeModel } from './key-actions.ts'
import { changesOf, draftWith, useModelDrafts, type ModelDraft } from './model-draft.ts'
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
      useModelDrafts.getState().settle(model.id, draft)
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

interface SettingsBarProps {
  model: ModelView
  form: string
  dirty: boolean
  busy: boolean
  onReset: () => void
}

/** The end of the page. It stands outside the form, because the headers before it have a form of their own. */
function SettingsBar({ model, form, dirty, busy, onReset }: SettingsBarProps) {
  const { t } = useTranslation('models')
  return (
    <div className={forms['formActions']}>
      <Button type="submit" form={form} loading={busy} disabled={!dirty}>
        {t('save')}
      </Button>
      <Button variant="default" disabled={!dirty} onClick={onReset}>
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
  )
}

/** The fields, saved together, the headers, each saved by itself, and what is done with all of it. */
export function ModelSettings({ model }: { model: ModelView }) {
  const form = useId()
  const typed = useModelDrafts((store) => store.drafts.get(model.id))
  const type = useModelDrafts((store) => store.type)
  const drop = useModelDrafts((store) => store.drop)
  const draft = draftWith(model, typed)
  const { errors, setErrors, question, setQuestion, busy, save } = useSaveModel(model, draft)
  const dirty = Object.keys(changesOf(draft, model)).length > 0
  const change = (edit: Partial<ModelDraft>) => {
    type(model, edit)
    setErrors({})
  }
  const reset = () => {
    drop(model.id)
    setErrors({})
  }
  return (
    <div className={forms['settings']}>
      <form
        id={form}
        className={forms['form']}
        onSubmit={(event) => {
          event.preventDefault()
          void save(false)
        }}
      >
        <ModelFields draft={draft} errors={errors} onChange={change} />
        <StrategyPreview model={model} strategy={draft.strategy} />
        <PatienceFields draft={draft} errors={errors} onChange={change} />
        <OtherNames model={model} draft={draft} errors={errors} onChange={change} />
      </form>
      <HeadersField model={model} />
      {errors['form'] !== undefined && <Notice tone="danger" urgent title={errors['form']} />}
      <SettingsBar model={model} form={form} dirty={dirty} busy={busy} onReset={reset} />
      {question !== null && (
        <HostQuestion {...question} onAllow={() => void save(true)} onClose={() => setQuestion(null)} />
      )}
    </div>
  )
}
