import { Button, PasswordInput } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { oneLine, procedureSentence } from '../../app/failure-message.ts'
import { LooksMenu } from '../../app/looks-menu.tsx'
import { useModels } from '../../app/models-store.ts'
import { useVault } from '../../app/vault-store.ts'
import { Brand } from '../../ui/brand.tsx'
import classes from './vault.module.css'

function useUnlock() {
  const { t } = useTranslation('failures')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const unlock = async (passphrase: string) => {
    setBusy(true)
    try {
      await useVault.getState().unlock(passphrase)
      await useModels.getState().refresh()
    } catch (failure) {
      setError(oneLine(procedureSentence(failure, t), t))
    } finally {
      setBusy(false)
    }
  }
  return { error, busy, unlock }
}

/** Nothing of the vault is shown until its passphrase has opened it. */
export function LockedView() {
  const { t } = useTranslation('vault')
  const [passphrase, setPassphrase] = useState('')
  const { error, busy, unlock } = useUnlock()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  return (
    <div className={classes['page']}>
      <header className={classes['head']}>
        <Brand name={t('app')} />
        <LooksMenu />
      </header>
      <main className={classes['lock']}>
        <form
          className={classes['card']}
          onSubmit={(event) => {
            event.preventDefault()
            void unlock(passphrase)
          }}
        >
          <div className={classes['icon']} aria-hidden="true">
            <IconLock size={22} />
          </div>
          <h1>{t('locked.title')}</h1>
          <p>{t('locked.text')}</p>
          <PasswordInput
            label={t('passphrase')}
            autoComplete="current-password"
            ref={field}
            value={passphrase}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
            error={error}
            visibilityToggleButtonProps={{ 'aria-label': t('showPassphrase') }}
          />
          <Button type="submit" loading={busy} disabled={passphrase === ''}>
            {t('locked.unlock')}
          </Button>
        </form>
      </main>
    </div>
  )
}
