import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt } from '../../app/toast.tsx'
import { useVaultSetup } from '../../app/vault-setup-store.ts'
import { useVault } from '../../app/vault-store.ts'
import { createVault } from './create-vault.ts'
import { isTyped, noOffers, useProtectionChoice } from './protection-choice.ts'
import { ProtectionFields } from './protection-fields.tsx'
import classes from './vault.module.css'
import { FormDialog } from '../../ui/form-dialog.tsx'

/** Asks how the vault is to be protected when something that needs one is done for the first time. */
export function VaultSetup() {
  const { t } = useTranslation('vault')
  const offers = useVault((store) => store.status?.offers ?? noOffers)
  const cancel = useVaultSetup((store) => store.cancel)
  const finish = useVaultSetup((store) => store.finish)
  const form = useProtectionChoice(offers)
  const [busy, setBusy] = useState(false)
  const textId = useId()
  const submit = () => {
    const vault = form.check()
    if (vault === null) return
    setBusy(true)
    attempt(async () => {
      await createVault(vault, form.choice).finally(() => setBusy(false))
      finish()
    })
  }
  return (
    <FormDialog
      size="lg"
      title={t('protect.title')}
      submit={t('protect.create')}
      onSubmit={submit}
      onClose={cancel}
      dirty={isTyped(form.choice)}
      busy={busy}
    >
      <p id={textId} className={classes['setupText']}>
        {t('protect.text')}
      </p>
      <ProtectionFields offers={offers} form={form} labelledBy={textId} />
    </FormDialog>
  )
}
