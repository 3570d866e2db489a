import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt } from '../../app/toast.tsx'
import { useVaultSetup } from '../../app/vault-setup-store.ts'
import { useVault } from '../../app/vault-store.ts'
import { createVault } from './create-vault.ts'
import { noOffers, useProtectionChoice } from './protection-choice.ts'
import { ProtectionFields } from './protection-fields.tsx'
import classes from './vault.module.css'
import { FormButtons } from '../../ui/form-buttons.tsx'
import { Dialog } from '../../ui/dialog.tsx'

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
    <Dialog onClose={cancel} size="lg" title={t('protect.title')} closeLabel={t('cancel')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <p id={textId} className={classes['setupText']}>
          {t('protect.text')}
        </p>
        <ProtectionFields offers={offers} form={form} labelledBy={textId} />
        <div className={classes['submit']}>
          <FormButtons submit={t('protect.create')} busy={busy} cancel={t('cancel')} onCancel={cancel} />
        </div>
      </form>
    </Dialog>
  )
}
