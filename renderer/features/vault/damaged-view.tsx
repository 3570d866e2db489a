import { Button } from '@mantine/core'
import { IconShieldExclamation } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { LooksMenu } from '../../app/looks-menu.tsx'
import { useStart } from '../../app/start.ts'
import { attempt } from '../../app/toast.tsx'
import { useVault } from '../../app/vault-store.ts'
import { Brand } from '../../ui/brand.tsx'
import classes from './vault.module.css'

/** A damaged vault is left as it is: the person puts a backup in its place. */
export function DamagedView() {
  const { t } = useTranslation('vault')
  const dataFolder = useStart((store) => store.info?.dataFolder ?? '')
  const refresh = useVault((store) => store.refresh)
  return (
    <div className={classes['page']}>
      <header className={classes['head']}>
        <Brand name={t('app')} />
        <LooksMenu />
      </header>
      <main className={classes['lock']}>
        <div className={classes['card']}>
          <div className={classes['icon']} aria-hidden="true">
            <IconShieldExclamation size={22} />
          </div>
          <h1>{t('damaged.title')}</h1>
          <p>{t('damaged.text')}</p>
          <p>{t('damaged.next')}</p>
          <code className="kw-mono">{dataFolder}</code>
          <Button variant="default" onClick={() => attempt(refresh)}>
            {t('damaged.again')}
          </Button>
        </div>
      </main>
    </div>
  )
}
