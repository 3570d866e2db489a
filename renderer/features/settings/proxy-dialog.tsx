import { Button, TagsInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NetworkStatus } from '../../../shared/network.ts'
import { useFormSave, type FormErrors } from '../../app/use-form-save.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { SecretInput } from '../../ui/secret-input.tsx'
import { useNetwork } from './network-store.ts'
import { changeOf, draftOfProxy, withoutCredentials, type ProxyDraft } from './proxy-draft.ts'
import classes from './settings.module.css'
import { useIsThere } from '../../ui/use-is-there.ts'

const exampleAddress = 'http://proxy.example:3128'

interface FieldsProps {
  draft: ProxyDraft
  status: NetworkStatus
  errors: FormErrors
  onChange: (edit: Partial<ProxyDraft>) => void
}

/** An address with a user in it is not taken, but what it holds can be put where it belongs. */
function Address({ draft, errors, onChange }: FieldsProps) {
  const { t } = useTranslation('settings')
  const parted = withoutCredentials(draft.url)
  return (
    <div className={classes['stack']}>
      <TextInput
        label={t('network.url')}
        description={t('network.urlHint')}
        placeholder={exampleAddress}
        spellCheck={false}
        autoComplete="off"
        data-autofocus
        value={draft.url}
        error={errors['url']}
        onChange={(event) => onChange({ url: event.currentTarget.value })}
      />
      {parted !== null && (
        <div className={classes['actions']}>
          <Button size="compact-sm" variant="default" onClick={() => onChange(parted)}>
            {t('network.moveCredentials')}
          </Button>
        </div>
      )}
    </div>
  )
}

function Fields(props: FieldsProps) {
  const { draft, status, errors, onChange } = props
  const { t } = useTranslation('settings')
  const { t: modelText } = useTranslation('models')
  return (
    <>
      <Address {...props} />
      <div className={classes['pair']}>
        <TextInput
          label={t('network.user')}
          spellCheck={false}
          autoComplete="off"
          value={draft.user}
          error={errors['user']}
          onChange={(event) => onChange({ user: event.currentTarget.value })}
        />
        <SecretInput
          label={t('network.password')}
          autoComplete="off"
          placeholder={status.hasPassword ? t('network.passwordKept') : undefined}
          value={draft.password}
          error={errors['password']}
          onChange={(event) => onChange({ password: event.currentTarget.value })}
          showLabel={modelText('showSecret')}
        />
      </div>
      <TagsInput
        label={t('network.direct')}
        description={t('network.directHint')}
        spellCheck={false}
        splitChars={[',', ' ', '\n']}
        value={[...draft.direct]}
        error={errors['direct']}
        onChange={(direct) => onChange({ direct })}
      />
    </>
  )
}

/** A proxy of one's own. */
export function ProxyDialog({ status, onClose }: { status: NetworkStatus; onClose: () => void }) {
  const { t } = useTranslation('settings')
  const change = useNetwork((store) => store.change)
  const [draft, setDraft] = useState(() => draftOfProxy(status))
  const { errors, setErrors, busy, save } = useFormSave()
  const isThere = useIsThere()
  const dirty = JSON.stringify(draft) !== JSON.stringify(draftOfProxy(status))
  const submit = async () => {
    await change(changeOf(draft, status))
    if (isThere()) onClose()
  }
  return (
    <FormDialog
      title={t('network.own')}
      submit={t('network.use')}
      onSubmit={() => void save(submit)}
      onClose={onClose}
      dirty={dirty}
      busy={busy}
      error={errors['form']}
    >
      <Fields
        draft={draft}
        status={status}
        errors={errors}
        onChange={(edit) => {
          setDraft({ ...draft, ...edit })
          setErrors({})
        }}
      />
    </FormDialog>
  )
}
