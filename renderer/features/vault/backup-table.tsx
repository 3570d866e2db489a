import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { BackupView } from '../../../shared/vault.ts'
import { client } from '../../app/client.ts'
import { formatInteger, formatMoment } from '../../ui/format.ts'
import classes from './vault-settings.module.css'

export const readBackups = (): Promise<BackupView[]> => client.vault.backups()

interface BackupTableProps {
  backups: readonly BackupView[]
  onRestore: (backup: BackupView) => void
  /** Absent where nothing is deleted. */
  onRemove?: (backup: BackupView) => void
}

/** How much is in a backup, or that only its own passphrase can tell. */
export function BackupContents({ contents }: Pick<BackupView, 'contents'>) {
  const { t } = useTranslation('vault')
  if (contents === null) return <span className={classes['dim']}>{t('backups.closed')}</span>
  return (
    <>
      {t('backups.contents', {
        models: t('backups.models', { count: contents.models }),
        keys: t('backups.keys', { count: contents.keys }),
      })}
    </>
  )
}

/** The backups beside the vault, newest first. */
export function BackupTable({ backups, onRestore, onRemove }: BackupTableProps) {
  const { t, i18n } = useTranslation('vault')
  return (
    <div className={classes['scroll']}>
      <table className={classes['table']} aria-label={t('backups.title')}>
        <thead>
          <tr>
            <th scope="col">{t('backups.savedAt')}</th>
            <th scope="col" className={classes['number']}>
              {t('backups.generation')}
            </th>
            <th scope="col">{t('backups.madeBefore')}</th>
            <th scope="col">{t('backups.holds')}</th>
            <th scope="col">
              <span className="kw-visually-hidden">{t('backups.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {backups.map((backup) => (
            <tr key={backup.name}>
              <th scope="row">
                <time dateTime={new Date(backup.savedAtMs).toISOString()}>
                  {formatMoment(backup.savedAtMs, i18n.language)}
                </time>
              </th>
              <td className={classes['number']}>{formatInteger(backup.generation, i18n.language)}</td>
              <td>{t(`backups.reason.${backup.reason}`)}</td>
              <td data-short>
                <BackupContents contents={backup.contents} />
              </td>
              <td className={classes['rowActions']}>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  aria-label={t('backups.restoreOf', { saved: formatMoment(backup.savedAtMs, i18n.language) })}
                  onClick={() => onRestore(backup)}
                >
                  {t('backups.restore')}
                </Button>
                {onRemove !== undefined && (
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    color="red"
                    aria-label={t('backups.removeOf', { saved: formatMoment(backup.savedAtMs, i18n.language) })}
                    onClick={() => onRemove(backup)}
                  >
                    {t('backups.remove')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
