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
import { Question } from '../../ui/question.tsx'

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
    <Question
      grave
      title={t('backups.removeTitle', { saved: formatMoment(backup.savedAtMs, i18n.language) })}
      confirm={t('backups.remove')}
      cancel={t('cancel')}
      onConfirm={remove}
      onClose={onClose}
    >
      <p>{t('backups.removeText')}</p>
    </Question>
  )
}

type Asked = { kind: 'restore' | 'remove'; backup: BackupView }

/** What can be gone back to. */
export function BackupsPanel() {
  const { t } = useTranslation('vault')
  const { value: backups, refresh } = useVaultRead(readBackups)
  const [question, setQuestion] = useState<Asked | null>(null)
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
