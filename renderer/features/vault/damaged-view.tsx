import { Button } from '@mantine/core'
import { IconShieldExclamation } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BackupView } from '../../../shared/vault.ts'
import { client } from '../../app/client.ts'
import { useStart } from '../../app/start.ts'
import { attempt } from '../../app/toast.tsx'
import { useVault } from '../../app/vault-store.ts'
import { BackupTable, readBackups } from './backup-table.tsx'
import { RestoreBackup } from './restore-backup.tsx'
import { useVaultRead } from './use-vault-read.ts'
import classes from './vault.module.css'
import { VaultPage } from './vault-page.tsx'
import { Question } from '../../ui/question.tsx'

function SetAside({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('vault')
  const take = useVault((store) => store.take)
  return (
    <Question
      grave
      title={t('setAside.title')}
      confirm={t('setAside.confirm')}
      cancel={t('cancel')}
      onConfirm={() => attempt(() => take(client.vault.setAside()).finally(onClose))}
      onClose={onClose}
    >
      <p>{t('setAside.text')}</p>
    </Question>
  )
}

function Backups({ onRestore }: { onRestore: (backup: BackupView) => void }) {
  const { t } = useTranslation('vault')
  const { value: backups } = useVaultRead(readBackups)
  if (backups === null) return null
  if (backups.length === 0) return <p>{t('damaged.noBackups')}</p>
  return (
    <>
      <p>{t('damaged.next')}</p>
      <BackupTable backups={backups} onRestore={onRestore} />
    </>
  )
}

/** A damaged vault is left as it is: the person chooses the backup that takes its place. */
export function DamagedView() {
  const { t } = useTranslation('vault')
  const dataFolder = useStart((store) => store.info?.dataFolder ?? '')
  const refresh = useVault((store) => store.refresh)
  const [restoring, setRestoring] = useState<BackupView | null>(null)
  const [settingAside, setSettingAside] = useState(false)
  return (
    <VaultPage>
      <main className={classes['lock']}>
        <div className={classes['card']} data-wide>
          <div className={classes['icon']} aria-hidden="true">
            <IconShieldExclamation size={22} />
          </div>
          <h1>{t('damaged.title')}</h1>
          <p>{t('damaged.text')}</p>
          <Backups onRestore={setRestoring} />
          <p>{t('damaged.folder')}</p>
          <code className="kw-mono">{dataFolder}</code>
          <div className={classes['openerButtons']}>
            <Button variant="default" onClick={() => attempt(refresh)}>
              {t('damaged.again')}
            </Button>
            <Button variant="subtle" color="gray" onClick={() => setSettingAside(true)}>
              {t('setAside.open')}
            </Button>
          </div>
        </div>
      </main>
      {restoring !== null && (
        <RestoreBackup backup={restoring} onClose={() => setRestoring(null)} onRestored={() => Promise.resolve()} />
      )}
      {settingAside && <SetAside onClose={() => setSettingAside(false)} />}
    </VaultPage>
  )
}
