import { useTranslation } from 'react-i18next'
import classes from './form-dialog.module.css'

/** What is begun may be out of sight when somebody is about to leave it. */
export function Unsaved() {
  const { t } = useTranslation('shell')
  return (
    <span className={classes['said']} role="alert" ref={(note) => note?.scrollIntoView({ block: 'nearest' })}>
      {t('form.unsaved')}
    </span>
  )
}
