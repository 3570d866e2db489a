import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VaultStatus } from '../../../shared/vault.ts'
import { confirmKit, makeKit } from '../../app/kit-store.ts'
import { attempt } from '../../app/toast.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Panel } from '../../ui/panel.tsx'
import classes from './vault-settings.module.css'
import { Question } from '../../ui/question.tsx'

/** A new kit ends the one that may lie in a safe, so it is asked for twice. */
function ReplaceKit({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('vault')
  const make = () => {
    onClose()
    attempt(makeKit)
  }
  return (
    <Question
      title={t('kit.replaceTitle')}
      confirm={t('kit.makeNew')}
      cancel={t('cancel')}
      onConfirm={make}
      onClose={onClose}
    >
      <p>{t('kit.replaceText')}</p>
    </Question>
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
