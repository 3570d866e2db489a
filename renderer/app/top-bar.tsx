import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { GatewayPill } from './gateway-pill.tsx'
import { LooksMenu } from './looks-menu.tsx'
import { ModelFilter } from './model-filter.tsx'
import { NoticesButton } from './notices-button.tsx'
import { openPalette } from './palette-store.ts'
import { PresentingPill } from './presenting-pill.tsx'
import type { ViewName } from './router.ts'
import { paletteKeys } from './shortcut-keys.ts'
import { TimeRangeMenu } from './time-range-menu.tsx'
import classes from './top-bar.module.css'

/** The views whose content the model filter and the time range narrow. */
const filteredViews: readonly ViewName[] = ['dashboard', 'activity']

export function TopBar({ view }: { view: ViewName }) {
  const { t } = useTranslation('shell')
  const keys = paletteKeys(navigator.userAgent)
  return (
    <header className={classes['bar']}>
      <h1 className={classes['title']}>{t(`nav.${view}`)}</h1>
      {filteredViews.includes(view) && (
        <>
          <ModelFilter />
          <TimeRangeMenu offersEverything={view === 'activity'} />
        </>
      )}
      <PresentingPill />
      <GatewayPill />
      <LooksMenu />
      <NoticesButton />
      <button type="button" className={classes['pill']} title={t('palette.open')} onClick={openPalette}>
        <IconSearch size={15} aria-hidden="true" />
        <span className="kw-visually-hidden">{t('palette.open')}</span>
        <span className={`${classes['dim']} ${classes['keys']}`}>{keys}</span>
      </button>
    </header>
  )
}
