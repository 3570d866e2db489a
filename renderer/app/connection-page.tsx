import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Brand } from '../ui/brand.tsx'
import classes from './connection-page.module.css'

const command = 'npm start'

/** Shown instead of everything else when main no longer knows this page: only a fresh link helps. */
export function ConnectionPage() {
  const { t } = useTranslation('shell')
  return (
    <main className={classes['page']}>
      <div className={classes['card']}>
        <Brand name={t('app')} />
        <h1 className={classes['title']}>{t('connection.goneTitle')}</h1>
        <p className={classes['text']}>{t('connection.gone')}</p>
        <code className={classes['command']}>{command}</code>
        <p className={classes['dim']}>{t('connection.goneWhy')}</p>
        <Button variant="default" onClick={() => window.location.reload()}>
          {t('connection.retry')}
        </Button>
      </div>
    </main>
  )
}
