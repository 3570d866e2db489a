import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VaultStatus } from '../../../shared/vault.ts'
import { confirmKit, makeKit } from '../../app/kit-store.ts'
import { attempt } from '../../app/toast.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Panel } from '../../ui/panel.tsx'
import classes from './vault-settings.module.css'
import { Dialog } from '../../ui/dialog.tsx'

/** A new kit ends the one that may lie in a safe, so it is asked for twice. */
function ReplaceKit({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('vault')
  const make = () => {
    onClose()
    attempt(makeKit)
  }
  return (
    <Dialog onClose={onClose} title={t('kit.replaceTitle')} closeLabel={t('cancel')}>
      <div className={classes['stack']}>
        <p className={classes['text']}>{t('kit.replaceText')}</p>
        <div className={classes['buttons']}>
          <Button onClick={make}>{t('kit.makeNew')}</Button>
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

/** The recovery kit: whether there is one, and the reminder until it is confirmed. */
export function KitPanel({ status: { kit } }: { status: VaultStatus }) {
  const { t } = useTranslation('vault')
  const [replacing, setReplacing] = useState(false)
  const replace = () => setReplacing(true)
  return (
    <Panel place="kit" title={t('kit.name')}>
      <div className={classes['stack']}>
        <p className={classes['text']}>{t('kit.text')}</p>
        {kit === 'unconfirmed' ? (
          <Notice tone="warn" title={t('kit.unconfirmed')} text={t('kit.unconfirmedText')}>
            <Button onClick={confirmKit}>{t('kit.confirmTitle')}</Button>
            <Button variant="default" onClick={replace}>
              {t('kit.makeNew')}
            </Button>
          </Notice>
        ) : (
          <div className={classes['buttons']}>
            <span>{t(kit === 'none' ? 'kit.none' : 'kit.there')}</span>
            {kit === 'none' ? (
              <Button onClick={() => attempt(makeKit)}>{t('kit.make')}</Button>
            ) : (
              <Button variant="default" onClick={replace}>
                {t('kit.makeNew')}
              </Button>
            )}
          </div>
        )}
      </div>
      {replacing && <ReplaceKit onClose={() => setReplacing(false)} />}
    </Panel>
  )
}
