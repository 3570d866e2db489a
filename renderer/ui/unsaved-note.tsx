import { useTranslation } from 'react-i18next'
import classes from './form-dialog.module.css'

/** Beside a form that stands in a view: it may be out of sight when somebody is about to leave. */
export function Unsaved() {
  const { t } = useTranslation('shell')
  return (
    <span className={classes['said']} role="alert" ref={(note) => note?.scrollIntoView({ block: 'nearest' })}>
      {t('form.unsaved')}
    </span>
  )
}
