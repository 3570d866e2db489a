import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { copyText } from '../../app/copy-text.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { visibleText } from '../../ui/visible-text.ts'
import classes from './answer-body.module.css'

interface LinkQuestionProps {
  address: URL
  onClose: () => void
}

/** A model's link leaves for another page only after a person has seen where it leads. */
export function LinkQuestion({ address, onClose }: LinkQuestionProps) {
  const { t } = useTranslation('answer')
  const open = () => {
    window.open(address.href, '_blank', 'noopener,noreferrer')
    onClose()
  }
  return (
    <Dialog onClose={onClose} title={t('link.title')} closeLabel={t('link.cancel')}>
      <div className={classes['link']}>
        <p>{address.host === '' ? t('link.text') : t('link.hostText', { host: visibleText(address.host) })}</p>
        <p className={classes['address']} translate="no">
          {visibleText(address.href)}
        </p>
        <div className={classes['linkActions']}>
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('link.cancel')}
          </Button>
          <Button variant="default" onClick={() => void copyText(address.href, t('link.copied'))}>
            {t('link.copy')}
          </Button>
          <Button onClick={open}>{t('link.open')}</Button>
        </div>
      </div>
    </Dialog>
  )
}
