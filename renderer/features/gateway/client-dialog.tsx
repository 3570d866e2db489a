import { MultiSelect, Radio, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClientView } from '../../../shared/gateway.ts'
import type { ModelId } from '../../../shared/identity.ts'
import { fieldSentences } from '../../app/failure-message.ts'
import { useModels } from '../../app/models-store.ts'
import { showFailure } from '../../app/toast.tsx'
import { formatInteger } from '../../ui/format.ts'
import { addClient, editClient } from './client-actions.ts'
import {
  clientDraftOf,
  differs,
  draftFaults,
  emptyClient,
  maxRequestsPerMinute,
  maxTokensPerDay,
  newClientOf,
  type ClientDraft,
} from './client-draft.ts'
import classes from './gateway.module.css'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useIsThere } from '../../ui/use-is-there.ts'

type Errors = Partial<Record<string, string>>

interface ClientDialogProps {
  /** Null for a new one. */
  client: ClientView | null
  onClose: () => void
}

/** What the form can see is wrong before main is asked. */
function useFaultTexts() {
  const { t, i18n } = useTranslation('gateway')
  const max = { requestsPerMinute: maxRequestsPerMinute, tokensPerDay: maxTokensPerDay }
  return (draft: ClientDraft): Errors | null => {
    const faults = draftFaults(draft)
    if (Object.keys(faults).length === 0) return null
    const limitText = (field: keyof typeof max) =>
      faults[field] === undefined
        ? {}
        : { [field]: t('fault.limit', { max: formatInteger(max[field], i18n.language) }) }
    return {
      ...(faults.allowedModels === undefined ? {} : { allowedModels: t('fault.no_model') }),
      ...limitText('requestsPerMinute'),
      ...limitText('tokensPerDay'),
    }
  }
}

function useSaveClient({ client, onClose }: ClientDialogProps) {
  const { t: failureText } = useTranslation('failures')
  const faultTexts = useFaultTexts()
  const [draft, setDraft] = useState(client === null ? emptyClient : clientDraftOf(client))
  const [errors, setErrors] = useState<Errors>({})
  const [busy, setBusy] = useState(false)
  const isThere = useIsThere()
  const change = (edit: Partial<ClientDraft>) => {
    setDraft({ ...draft, ...edit })
    setErrors({})
  }
  const save = async () => {
    const faults = faultTexts(draft)
    if (faults !== null) return setErrors(faults)
    setBusy(true)
    try {
      await (client === null ? addClient(newClientOf(draft)) : editClient(client.id, newClientOf(draft)))
      if (isThere()) onClose()
    } catch (error) {
      const wrong = fieldSentences(error, failureText)
      if (wrong === null || !isThere()) showFailure(error)
      else setErrors(wrong)
    } finally {
      setBusy(false)
    }
  }
  return { draft, errors, busy, change, save, dirty: differs(draft, client ?? newClientOf(emptyClient)) }
}

export function ClientDialog({ client, onClose }: ClientDialogProps) {
  const { t } = useTranslation('gateway')
  const { draft, errors, busy, change, save, dirty } = useSaveClient({ client, onClose })
  return (
    <FormDialog
      size="lg"
      title={client === null ? t('client.newTitle') : t('client.editTitle', { name: client.name })}
      submit={t(client === null ? 'client.create' : 'client.save')}
      onSubmit={() => void save()}
      onClose={onClose}
      dirty={dirty}
      busy={busy}
      disabled={client !== null && !dirty}
      error={errors['form']}
    >
      <TextInput
        data-autofocus
        label={t('client.name')}
        description={t('client.nameHint')}
        autoComplete="off"
        value={draft.name}
        error={errors['name']}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <ModelChoice draft={draft} error={errors['allowedModels']} onChange={change} />
      <div className={classes['pair']}>
        <LimitField name="requestsPerMinute" draft={draft} error={errors['requestsPerMinute']} onChange={change} />
        <LimitField name="tokensPerDay" draft={draft} error={errors['tokensPerDay']} onChange={change} />
      </div>
    </FormDialog>
  )
}

interface FieldProps {
  draft: ClientDraft
  error: string | undefined
  onChange: (edit: Partial<ClientDraft>) => void
}

function ModelChoice({ draft, error, onChange }: FieldProps) {
  const { t } = useTranslation('gateway')
  const models = useModels((store) => store.models)
  const data = models.map(({ id, name }) => ({ value: id, label: name }))
  // A model that was deleted stays chosen until the person takes it out: it may come back from the bin.
  const gone = draft.models.filter((id) => !models.some((model) => model.id === id))
  const isChosen = (value: string): value is ModelId => value !== ''
  return (
    <div className={classes['choice']}>
      <Radio.Group
        label={t('client.models')}
        value={draft.everyModel ? 'every' : 'some'}
        onChange={(value) => onChange({ everyModel: value === 'every' })}
      >
        <div className={classes['radios']}>
          <Radio value="every" label={t('client.everyModel')} />
          <Radio value="some" label={t('client.someModels')} />
        </div>
      </Radio.Group>
      {!draft.everyModel && (
        <MultiSelect
          aria-label={t('client.someModels')}
          placeholder={draft.models.length === 0 ? t('client.chooseModels') : ''}
          searchable
          nothingFoundMessage={t('client.noModel')}
          data={[...data, ...gone.map((value) => ({ value, label: t('client.goneModel') }))]}
          value={[...draft.models]}
          error={error}
          comboboxProps={{ withinPortal: true }}
          onChange={(values) => onChange({ models: values.filter(isChosen) })}
        />
      )}
    </div>
  )
}

/** Text, so that nothing that was typed is changed on the way; empty is no limit. */
function LimitField({ name, draft, error, onChange }: FieldProps & { name: 'requestsPerMinute' | 'tokensPerDay' }) {
  const { t, i18n } = useTranslation('gateway')
  const text = draft[name]
  const number = /^\d+$/.test(text.trim()) ? Number(text) : null
  return (
    <TextInput
      label={t(`client.${name}`)}
      // Six zeros are hard to count.
      description={number === null || number < 10_000 ? t('client.noLimit') : formatInteger(number, i18n.language)}
      inputMode="numeric"
      autoComplete="off"
      value={text}
      error={error}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  )
}
