import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BackupView } from '../../../shared/vault.ts'
import { client } from '../../app/client.ts'
import { attempt } from '../../app/toast.tsx'
import { formatMoment } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { BackupTable, readBackups } from './backup-table.tsx'
import { RestoreBackup } from './restore-backup.tsx'
import { useVaultRead } from './use-vault-read.ts'
import classes from './vault-settings.module.css'
import { Dialog } from '../../ui/dialog.tsx'

interface RemoveBackupProps {
  backup: BackupView
  onClose: () => void
  onRemoved: () => Promise<void>
}

function RemoveBackup({ backup, onClose, onRemoved }: RemoveBackupProps) {
  const { t, i18n } = useTranslation('vault')
  const remove = () =>
    attempt(async () => {
      await client.vault.removeBackup({ name: backup.name }).finally(onClose)
      await onRemoved()
    })
  return (
    <Dialog
      onClose={onClose}
      title={t('backups.removeTitle', { saved: formatMoment(backup.savedAtMs, i18n.language) })}
      closeLabel={t('cancel')}
    >
      <div className={classes['stack']}>
        <p className={classes['text']}>{t('backups.removeText')}</p>
        <div className={classes['buttons']}>
          <Button color="red" onClick={remove}>
            {t('backups.remove')}
          </Button>
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

type Question = { kind: 'restore' | 'remove'; backup: BackupView }

/** What can be gone back to. */
export function BackupsPanel() {
  const { t } = useTranslation('vault')
  const { value: backups, refresh } = useVaultRead(readBackups)
  const [question, setQuestion] = useState<Question | null>(null)
  const close = () => setQuestion(null)
  return (
    <Panel place="backups" title={t('backups.title')}>
      <div className={classes['stack']}>
        <p className={classes['text']}>{t('backups.text')}</p>
        {backups !== null && backups.length > 0 && (
          <BackupTable
            backups={backups}
            onRestore={(backup) => setQuestion({ kind: 'restore', backup })}
            onRemove={(backup) => setQuestion({ kind: 'remove', backup })}
          />
        )}
        {backups?.length === 0 && <p className={classes['text']}>{t('backups.none')}</p>}
      </div>
      {question?.kind === 'restore' && <RestoreBackup backup={question.backup} onClose={close} onRestored={refresh} />}
      {question?.kind === 'remove' && <RemoveBackup backup={question.backup} onClose={close} onRemoved={refresh} />}
    </Panel>
  )
}
