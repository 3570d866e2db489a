import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { VaultStatus } from '../../../shared/vault.ts'
import { askToOpen } from '../../app/interface-lock.ts'
import { navigate } from '../../app/router.ts'
import { attempt } from '../../app/toast.tsx'
import { useVaultSetup } from '../../app/vault-setup-store.ts'
import { useVault } from '../../app/vault-store.ts'
import { Notice } from '../../ui/notice.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SettingRow } from '../../ui/setting-row.tsx'
import classes from './vault-settings.module.css'

function InterfaceLock({ status }: { status: VaultStatus }) {
  const { t } = useTranslation('vault')
  const lockInterface = useVault((store) => store.lockInterface)
  const locked = status.interface === 'locked'
  return (
    <SettingRow name={t('locks.interface')} tall>
      <span className={classes['said']}>{t(locked ? 'locks.interfaceLocked' : 'locks.interfaceOpen')}</span>
      {locked ? (
        <Button variant="default" onClick={() => void askToOpen()}>
          {t('interface.open')}
        </Button>
      ) : (
        <Button variant="default" onClick={() => attempt(lockInterface)}>
          {t('locks.lockInterface')}
        </Button>
      )}
    </SettingRow>
  )
}

function VaultLock({ status }: { status: VaultStatus }) {
  const { t } = useTranslation('vault')
  const lock = useVault((store) => store.lock)
  const withVault = useVaultSetup((store) => store.withVault)
  return (
    <SettingRow name={t('locks.vault')} tall>
      <span className={classes['said']}>{t(`locks.state.${status.state}`)}</span>
      {status.state === 'none' && (
        <Button onClick={() => withVault(() => navigate('models'))}>{t('protect.create')}</Button>
      )}
      {status.state === 'locked' && <Button onClick={() => navigate('models')}>{t('locked.unlock')}</Button>}
      {status.state === 'unlocked' && (
        <Button variant="default" onClick={() => attempt(lock)}>
          {t('locks.lockVault')}
        </Button>
      )}
    </SettingRow>
  )
}

/** The two locks, and what they keep shut. */
export function VaultPanel({ status }: { status: VaultStatus }) {
  const { t } = useTranslation('vault')
  return (
    <Panel place="vault" title={t('locks.title')}>
      <div className={classes['stack']}>
        {status.rollback !== null && (
          <Notice
            tone="danger"
            title={t('rollback.title')}
            text={t('rollback.text', { generation: status.rollback.generation, newest: status.rollback.newestBackup })}
          />
        )}
        <div>
          <VaultLock status={status} />
          {status.state === 'unlocked' && <InterfaceLock status={status} />}
        </div>
      </div>
    </Panel>
  )
}
