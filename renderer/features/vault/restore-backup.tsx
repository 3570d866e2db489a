import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BackupView, Opener } from '../../../shared/vault.ts'
import { client } from '../../app/client.ts'
import { useModels } from '../../app/models-store.ts'
import { showDone, showFailure } from '../../app/toast.tsx'
import { useVault } from '../../app/vault-store.ts'
import { formatMoment } from '../../ui/format.ts'
import { BackupContents } from './backup-table.tsx'
import { OpenerForm } from './opener-form.tsx'
import { backupWays } from './opener-ways.ts'
import classes from './vault.module.css'
import { Dialog } from '../../ui/dialog.tsx'
import { useIsThere } from '../../ui/use-is-there.ts'

interface RestoreBackupProps {
  backup: BackupView
  onClose: () => void
  onRestored: () => Promise<unknown>
}

interface Opened {
  opener: Opener
  backup: BackupView
}

function useRestore({ backup, onClose, onRestored }: RestoreBackupProps) {
  const { t } = useTranslation('vault')
  const [opened, setOpened] = useState<Opened | null>(null)
  const [busy, setBusy] = useState(false)
  const isThere = useIsThere()
  const look = async (opener: Opener) =>
    setOpened({ opener, backup: await client.vault.inspectBackup({ name: backup.name, opener }) })
  const restore = async ({ opener }: Opened) => {
    setBusy(true)
    try {
      await useVault.getState().take(client.vault.restoreBackup({ name: backup.name, opener }))
      if (isThere()) onClose()
      showDone(t('restore.done'))
      await useModels.getState().refresh()
      await onRestored()
    } catch (error) {
      showFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return { opened, busy, look, restore }
}

/** Opens a backup, says what it holds, and puts it in the vault's place when the person says so. */
export function RestoreBackup(props: RestoreBackupProps) {
  const { t, i18n } = useTranslation('vault')
  const status = useVault((store) => store.status)
  const { opened, busy, look, restore } = useRestore(props)
  const { backup, onClose } = props
  if (status === null) return null
  const saved = formatMoment(backup.savedAtMs, i18n.language)
  return (
    <Dialog onClose={onClose} title={t('restore.title', { saved })} closeLabel={t('cancel')}>
      {opened === null ? (
        <>
          <p className={classes['setupText']}>{t('restore.ask')}</p>
          <OpenerForm ways={backupWays(status)} submit={t('restore.look')} onOpen={look}>
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
          </OpenerForm>
        </>
      ) : (
        <>
          <p className={classes['strong']}>
            <BackupContents contents={opened.backup.contents} />
          </p>
          <p className={classes['setupText']}>
            {t(status.state === 'damaged' ? 'restore.keepsDamaged' : 'restore.keepsCurrent')}
          </p>
          <div className={classes['openerButtons']}>
            <Button loading={busy} data-autofocus onClick={() => void restore(opened)}>
              {t('restore.confirm')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  )
}
