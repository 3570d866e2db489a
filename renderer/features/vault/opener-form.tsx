import { Button, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Opener } from '../../../shared/vault.ts'
import { oneLine, procedureSentence } from '../../app/failure-message.ts'
import { openerOf, type Way } from './opener-ways.ts'
import classes from './vault.module.css'
import { focusesAndForgets } from '../../ui/forgetful-field.ts'
import { SecretInput } from '../../ui/secret-input.tsx'

interface OpenerFormProps {
  /** What can be opened with, best first. */
  ways: readonly Way[]
  submit: string
  onOpen: (opener: Opener) => Promise<unknown>
  /** More buttons beside the first. */
  children?: ReactNode
}

interface SecretFieldProps {
  way: Exclude<Way, 'protector'>
  value: string
  error: string | null
  onChange: (value: string) => void
}

function SecretField({ way, value, error, onChange }: SecretFieldProps) {
  const { t } = useTranslation('vault')
  const common = {
    ref: focusesAndForgets,
    value,
    error,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  }
  if (way === 'passphrase') {
    return (
      <SecretInput
        {...common}
        label={t('passphrase')}
        autoComplete="current-password"
        data-autofocus
        showLabel={t('showPassphrase')}
      />
    )
  }
  return (
    <TextInput
      {...common}
      label={t('kit.name')}
      description={t('kit.typeHint')}
      autoComplete="off"
      spellCheck={false}
      data-autofocus
      classNames={{ input: 'kw-mono' }}
    />
  )
}

/** Opens with what was typed, and says what was wrong with it at the field. */
function useOpening(onOpen: OpenerFormProps['onOpen']) {
  const { t } = useTranslation('failures')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const open = async (opener: Opener) => {
    setBusy(true)
    try {
      await onOpen(opener)
      setError(null)
    } catch (failure) {
      setError(oneLine(procedureSentence(failure, t), t))
    } finally {
      setBusy(false)
    }
  }
  return { error, busy, open, forget: () => setError(null) }
}

/** Asks for a passphrase, and leads to the other ways there are: the recovery kit, or what this machine keeps. */
export function OpenerForm({ ways, submit, onOpen, children }: OpenerFormProps) {
  const { t } = useTranslation('vault')
  const [chosen, setChosen] = useState<Way | null>(null)
  const [typed, setTyped] = useState('')
  const { error, busy, open, forget } = useOpening(onOpen)
  const way = chosen ?? ways[0] ?? 'passphrase'
  const change = (to: Way) => {
    setChosen(to)
    setTyped('')
    forget()
  }
  return (
    <form
      className={classes['opener']}
      onSubmit={(event) => {
        event.preventDefault()
        void open(openerOf(way, typed))
      }}
    >
      {way === 'protector' ? (
        <>
          <p className={classes['dim']}>{t('way.protectorText')}</p>
          {error !== null && (
            <p className={classes['error']} role="alert">
              {error}
            </p>
          )}
        </>
      ) : (
        <SecretField key={way} way={way} value={typed} error={error} onChange={setTyped} />
      )}
      <div className={classes['openerButtons']}>
        <Button type="submit" loading={busy} disabled={way !== 'protector' && typed === ''}>
          {submit}
        </Button>
        {children}
      </div>
      {ways.length > 1 && (
        <div className={classes['otherWays']}>
          {ways
            .filter((other) => other !== way)
            .map((other) => (
              <button key={other} type="button" className={classes['link']} onClick={() => change(other)}>
                {t(`way.${other}`)}
              </button>
            ))}
        </div>
      )}
    </form>
  )
}
