import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Protection, VaultStatus } from '../../../shared/vault.ts'
import { client } from '../../app/client.ts'
import { showKit } from '../../app/kit-store.ts'
import { useModels } from '../../app/models-store.ts'
import { attempt, showFailure } from '../../app/toast.tsx'
import { useVault } from '../../app/vault-store.ts'
import { readBackups } from './backup-table.tsx'
import { hostsToRevokeAt } from './hosts-to-revoke-at.ts'
import { PassphraseFields } from './passphrase-fields.tsx'
import { useProtectionChoice } from './protection-choice.ts'
import { useVaultRead } from './use-vault-read.ts'
import classes from './vault-settings.module.css'
import { Dialog } from '../../ui/dialog.tsx'

const onlyPassphrase: readonly Protection[] = ['pass']

function useNewDataKey(status: VaultStatus, onDone: () => void) {
  const form = useProtectionChoice(onlyPassphrase)
  const [busy, setBusy] = useState(false)
  const asks = status.protections.includes('pass')
  const run = async () => {
    const vault = asks ? form.check() : null
    if (asks && vault === null) return
    setBusy(true)
    try {
      const passphrase = vault?.protection === 'pass' ? vault.passphrase : null
      const { kit } = await client.vault.replaceDataKey({ passphrase })
      onDone()
      showKit(kit)
      await useVault.getState().refresh()
    } catch (error) {
      showFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return { form, busy, asks, run }
}

/** What no encryption can undo: keys that were seen, and copies that were made. */
function Rest({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('vault')
  const models = useModels((store) => store.models)
  const { value: backups, refresh } = useVaultRead(readBackups)
  const old = (backups ?? []).filter(({ contents }) => contents === null)
  const removeOld = () =>
    attempt(async () => {
      for (const { name } of old) await client.vault.removeBackup({ name })
      await refresh()
    })
  return (
    <div className={classes['stack']}>
      <p className={classes['text']}>{t('suspicion.doneText')}</p>
      <ol className={classes['steps']}>
        <li>
          {t('suspicion.revoke')}
          <ul className={classes['lists']}>
            {hostsToRevokeAt(models).map((host) => (
              <li key={host}>{host}</li>
            ))}
          </ul>
        </li>
        <li>
          {t('suspicion.oldBackups', { count: old.length })}
          {old.length > 0 && (
            <div className={classes['buttons']}>
              <Button size="compact-sm" variant="light" color="red" onClick={removeOld}>
                {t('suspicion.removeOld', { count: old.length })}
              </Button>
            </div>
          )}
        </li>
        <li>{t('suspicion.copies')}</li>
      </ol>
      <div className={classes['buttons']}>
        <Button onClick={onClose}>{t('suspicion.close')}</Button>
      </div>
    </div>
  )
}

/** Someone may have had the vault: what a new data key does, what it cannot do, and then what is left to do. */
export function SuspicionDialog({ status, onClose }: { status: VaultStatus; onClose: () => void }) {
  const { t } = useTranslation('vault')
  const [done, setDone] = useState(false)
  const { form, busy, asks, run } = useNewDataKey(status, () => setDone(true))
  return (
    <Dialog
      onClose={onClose}
      size="lg"
      title={t(done ? 'suspicion.doneTitle' : 'suspicion.title')}
      closeLabel={t('cancel')}
    >
      {done ? (
        <Rest onClose={onClose} />
      ) : (
        <form
          className={classes['stack']}
          onSubmit={(event) => {
            event.preventDefault()
            void run()
          }}
        >
          <ul className={classes['steps']}>
            <li>{t('suspicion.does.dataKey')}</li>
            <li>{t('suspicion.does.kit')}</li>
            <li>{t('suspicion.does.backups')}</li>
            <li>{t('suspicion.does.revoke')}</li>
          </ul>
          {asks && <PassphraseFields form={form} />}
          <div className={classes['buttons']}>
            <Button type="submit" color="red" loading={busy}>
              {t('suspicion.confirm')}
            </Button>
            <Button variant="default" data-autofocus={!asks || undefined} onClick={onClose}>
              {t('cancel')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  )
}
