import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LooksMenu } from '../../app/looks-menu.tsx'
import { Brand } from '../../ui/brand.tsx'
import classes from './vault.module.css'

/** A page that stands alone, as long as there is no open vault to put the shell around. */
export function VaultPage({ children }: { children: ReactNode }) {
  const { t } = useTranslation('vault')
  return (
    <div className={classes['page']}>
      <header className={classes['head']}>
        <Brand name={t('app')} />
        <LooksMenu />
      </header>
      {children}
    </div>
  )
}
