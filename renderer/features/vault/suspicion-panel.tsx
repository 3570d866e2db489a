import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VaultStatus } from '../../../shared/vault.ts'
import { Panel } from '../../ui/panel.tsx'
import { SuspicionDialog } from './suspicion-dialog.tsx'
import classes from './vault-settings.module.css'

/** For the day when the vault may be in other hands. */
export function SuspicionPanel({ status }: { status: VaultStatus }) {
  const { t } = useTranslation('vault')
  const [open, setOpen] = useState(false)
  return (
    <Panel place="suspicion" title={t('suspicion.title')}>
      <div className={classes['stack']}>
        <p className={classes['text']}>{t('suspicion.text')}</p>
        <div className={classes['buttons']}>
          <Button variant="default" onClick={() => setOpen(true)}>
            {t('suspicion.open')}
          </Button>
        </div>
      </div>
      {open && <SuspicionDialog status={status} onClose={() => setOpen(false)} />}
    </Panel>
  )
}
