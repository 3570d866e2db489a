import { Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { Brand } from '../ui/brand.tsx'
import { hasOutsideChange, useLinkedFiles } from './linked-files-store.ts'
import { viewIcons } from './navigation-icons.ts'
import classes from './rail.module.css'
import { hrefOf, viewNames, type ViewName } from './router.ts'
import { VaultState } from './vault-state.tsx'

interface RailLinkProps {
  name: ViewName
  current: boolean
  narrow: boolean
  /** What a person should come and see there. */
  news: string | null
}

function RailLink({ name, current, narrow, news }: RailLinkProps) {
  const { t } = useTranslation('shell')
  const ViewIcon = viewIcons[name]
  const label = t(`nav.${name}`)
  return (
    <li>
      <Tooltip label={label} position="right" disabled={!narrow} openDelay={0}>
        <a className={classes['link']} href={hrefOf(name)} aria-current={current ? 'page' : undefined}>
          <ViewIcon size={18} stroke={1.7} aria-hidden="true" />
          <span>{label}</span>
          {news !== null && <i className={classes['news']} role="img" aria-label={news} title={news} />}
        </a>
      </Tooltip>
    </li>
  )
}

/** The way between the views, with the vault's state at its foot; icons alone when the window is narrow. */
export function Rail({ view }: { view: ViewName }) {
  const { t } = useTranslation('shell')
  const hasNews = useLinkedFiles(hasOutsideChange)
  const narrow = useMediaQuery('(max-width: 1199px)', false, { getInitialValueInEffect: false })
  return (
    <nav className={classes['rail']} aria-label={t('nav.label')}>
      <a className={classes['brand']} href={hrefOf('dashboard')}>
        <Brand name={t('app')} />
      </a>
      <ul className={classes['list']}>
        {viewNames.map((name) => (
          <RailLink
            key={name}
            name={name}
            current={name === view}
            narrow={narrow}
            news={name === 'transfer' && hasNews ? t('nav.linkedChanged') : null}
          />
        ))}
      </ul>
      <VaultState />
    </nav>
  )
}
