import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { VaultStatus } from '../../../shared/vault.ts'
import { navigate } from '../../app/router.ts'
import { attempt } from '../../app/toast.tsx'
import { useVaultSetup } from '../../app/vault-setup-store.ts'
import { useVault } from '../../app/vault-store.ts'
import { Panel } from '../../ui/panel.tsx'
import classes from './settings.module.css'

function Protections({ status }: { status: VaultStatus }) {
  const { t, i18n } = useTranslation('settings')
  const names = status.protections.map((protection) => t(`protection.${protection}`))
  return (
    <div className={classes['row']}>
      <span className={classes['name']}>{t('protectedBy')}</span>
      <span className={classes['value']}>{new Intl.ListFormat(i18n.language).format(names)}</span>
    </div>
  )
}

function Actions({ status }: { status: VaultStatus }) {
  const { t } = useTranslation('settings')
  const lock = useVault((store) => store.lock)
  const withVault = useVaultSetup((store) => store.withVault)
  if (status.state === 'none') {
    return <Button onClick={() => withVault(() => navigate('models'))}>{t('create')}</Button>
  }
  if (status.state === 'locked') return <Button onClick={() => navigate('models')}>{t('unlock')}</Button>
  // Without a passphrase the vault would open again by itself: a lock would only look like one.
  if (status.state !== 'unlocked' || !status.protections.includes('pass')) return null
  return (
    <>
      <Button variant="default" onClick={() => attempt(lock)}>
        {t('lock')}
      </Button>
      <span className={classes['name']}>{t('lockHint')}</span>
    </>
  )
}

/** What protects the keys, as main reports it. */
export function VaultPanel() {
  const { t } = useTranslation('settings')
  const status = useVault((store) => store.status)
  if (status === null) return null
  const onlyFile = status.state !== 'none' && status.protections.every((protection) => protection === 'file')
  return (
    <Panel title={t('vault')}>
      <div className={classes['stack']}>
        <p className={classes['text']}>{t(`vaultState.${status.state}`)}</p>
        {status.protections.length > 0 && <Protections status={status} />}
        {onlyFile && <p className={classes['warn']}>{t('fileWarning')}</p>}
        <div className={classes['value']}>
          <Actions status={status} />
        </div>
      </div>
    </Panel>
  )
}
