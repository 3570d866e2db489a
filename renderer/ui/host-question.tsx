import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './host-question.module.css'
import { Dialog } from './dialog.tsx'

interface HostQuestionProps {
  from: string
  to: string
  onAllow: () => void
  onClose: () => void
}

/** A key never goes to another host by itself: a person says so, with both names before their eyes. */
export function HostQuestion({ from, to, onAllow, onClose }: HostQuestionProps) {
  const { t } = useTranslation('shell')
  return (
    <Dialog onClose={onClose} title={t('otherHost.title')} closeLabel={t('otherHost.keep')}>
      <div className={classes['body']}>
        <p>{t('otherHost.text', { from, to })}</p>
        <ul className={classes['hosts']}>
          <li>{t('otherHost.from', { from })}</li>
          <li className={classes['to']}>{t('otherHost.to', { to })}</li>
        </ul>
        <div className={classes['actions']}>
          <Button color="red" onClick={onAllow}>
            {t('otherHost.allow', { to })}
          </Button>
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('otherHost.keep')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
