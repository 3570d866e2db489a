import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Opener } from '../../../shared/vault.ts'
import { answerAskToOpen } from '../../app/interface-lock.ts'
import { dialogHeight } from '../../app/stacked-dialogs.ts'
import { useVault } from '../../app/vault-store.ts'
import { OpenerForm } from './opener-form.tsx'
import { interfaceWays } from './opener-ways.ts'
import classes from './vault.module.css'
import { Dialog } from '../../ui/dialog.tsx'

const putAside = () => answerAskToOpen(false)

async function open(opener: Opener): Promise<void> {
  await useVault.getState().openInterface(opener)
  answerAskToOpen(true)
}

/** Asks once who is there, and lets what was asked for go on. */
export function OpenInterface() {
  const { t } = useTranslation('vault')
  const status = useVault((store) => store.status)
  if (status === null) return null
  return (
    <Dialog
      onClose={putAside}
      title={t('interface.title')}
      closeLabel={t('cancel')}
      zIndex={dialogHeight.openInterface}
    >
      <p className={classes['setupText']}>{t(status.canVerify ? 'interface.text' : 'interface.textProtector')}</p>
      <OpenerForm ways={interfaceWays(status)} submit={t('interface.open')} onOpen={open}>
        <Button variant="default" onClick={putAside}>
          {t('cancel')}
        </Button>
      </OpenerForm>
    </Dialog>
  )
}
