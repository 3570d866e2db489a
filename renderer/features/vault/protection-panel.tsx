import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Protection, VaultStatus } from '../../../shared/vault.ts'
import { client } from '../../app/client.ts'
import { attempt } from '../../app/toast.tsx'
import { useVault } from '../../app/vault-store.ts'
import { Notice } from '../../ui/notice.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SettingRow } from '../../ui/setting-row.tsx'
import { PassphraseDialog } from './passphrase-dialog.tsx'
import { protectionRows, type ProtectionRow } from './protection-rows.ts'
import classes from './vault-settings.module.css'

interface ActionsProps {
  row: ProtectionRow
  onPassphrase: () => void
}

function Actions({ row, onPassphrase }: ActionsProps) {
  const { t } = useTranslation('vault')
  const take = useVault((store) => store.take)
  const { protection, present, here, removable } = row
  const add = (kind: Exclude<Protection, 'pass'>) => () =>
    attempt(() => take(client.vault.addProtection({ protection: kind })))
  return (
    <>
      {protection === 'pass' && (
        <Button size="compact-sm" variant="default" onClick={onPassphrase}>
          {t(present ? 'ways.changePassphrase' : 'ways.addPassphrase')}
        </Button>
      )}
      {protection !== 'pass' && !present && here && (
        <Button size="compact-sm" variant="default" onClick={add(protection)}>
          {t(`ways.add.${protection}`)}
        </Button>
      )}
      {present && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          disabled={!removable}
          title={removable ? undefined : t('ways.last')}
          aria-label={t('ways.removeLabel', { name: t(`ways.name.${protection}`) })}
          onClick={() => attempt(() => take(client.vault.removeProtection({ protection })))}
        >
          {t('ways.remove')}
        </Button>
      )}
    </>
  )
}

/** What opens the vault: added, changed and removed here, and never the last of them. */
export function ProtectionPanel({ status }: { status: VaultStatus }) {
  const { t } = useTranslation('vault')
  const [setting, setSetting] = useState(false)
  const onlyFile = status.protections.every((protection) => protection === 'file')
  const passphrase = () => setSetting(true)
  return (
    <Panel place="protection" title={t('ways.title')}>
      <div className={classes['stack']}>
        {onlyFile && (
          <Notice tone="warn" title={t('ways.fileOnly')} text={t('ways.fileWarning')}>
            <Button onClick={passphrase}>{t('ways.addPassphrase')}</Button>
          </Notice>
        )}
        <div>
          {protectionRows(status).map((row) => (
            <SettingRow key={row.protection} name={t(`ways.name.${row.protection}`)}>
              <span className={classes['text']}>
                {t(row.present ? (row.here ? 'ways.on' : 'ways.elsewhere') : 'ways.off')}
              </span>
              <Actions row={row} onPassphrase={passphrase} />
            </SettingRow>
          ))}
        </div>
      </div>
      {setting && <PassphraseDialog status={status} onClose={() => setSetting(false)} />}
    </Panel>
  )
}
