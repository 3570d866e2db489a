import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Protection, VaultStatus } from '../../../shared/vault.ts'
import { client } from '../../app/client.ts'
import { showDone, showFailure } from '../../app/toast.tsx'
import { useVault } from '../../app/vault-store.ts'
import { PassphraseFields } from './passphrase-fields.tsx'
import { useProtectionChoice } from './protection-choice.ts'
import classes from './vault.module.css'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useIsThere } from '../../ui/use-is-there.ts'

interface PassphraseDialogProps {
  status: VaultStatus
  onClose: () => void
}

const onlyPassphrase: readonly Protection[] = ['pass']

/** A new passphrase, or a first one. Older backups still open with the one before. */
export function PassphraseDialog({ status, onClose }: PassphraseDialogProps) {
  const { t } = useTranslation('vault')
  const form = useProtectionChoice(onlyPassphrase)
  const [busy, setBusy] = useState(false)
  const isThere = useIsThere()
  const had = status.protections.includes('pass')
  const save = async () => {
    const vault = form.check()
    if (vault === null || vault.protection !== 'pass') return
    setBusy(true)
    try {
      await useVault.getState().take(client.vault.changePassphrase({ passphrase: vault.passphrase }))
      showDone(t('ways.passphraseSet'))
      if (isThere()) onClose()
    } catch (error) {
      showFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <FormDialog
      size="lg"
      title={t(had ? 'ways.changePassphrase' : 'ways.addPassphrase')}
      submit={t('ways.savePassphrase')}
      onSubmit={() => void save()}
      onClose={onClose}
      dirty={form.choice.passphrase !== ''}
      busy={busy}
    >
      <p className={classes['setupText']}>{t(had ? 'ways.changeText' : 'ways.addText')}</p>
      <PassphraseFields form={form} />
    </FormDialog>
  )
}
