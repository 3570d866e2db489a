import { Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { Brand } from '../ui/brand.tsx'
import { viewIcons } from './navigation-icons.ts'
import classes from './rail.module.css'
import { hrefOf, viewNames, type ViewName } from './router.ts'
import { VaultState } from './vault-state.tsx'

function RailLink({ name, current, narrow }: { name: ViewName; current: boolean; narrow: boolean }) {
  const { t } = useTranslation('shell')
  const ViewIcon = viewIcons[name]
  const label = t(`nav.${name}`)
  return (
    <li>
      <Tooltip label={label} position="right" disabled={!narrow} openDelay={0}>
        <a className={classes['link']} href={hrefOf(name)} aria-current={current ? 'page' : undefined}>
          <ViewIcon size={18} stroke={1.7} aria-hidden="true" />
          <span>{label}</span>
        </a>
      </Tooltip>
    </li>
  )
}

/** The way between the views, with the vault's state at its foot; icons alone when the window is narrow. */
export function Rail({ view }: { view: ViewName }) {
  const { t } = useTranslation('shell')
  const narrow = useMediaQuery('(max-width: 1199px)', false, { getInitialValueInEffect: false })
  return (
    <nav className={classes['rail']} aria-label={t('nav.label')}>
      <a className={classes['brand']} href={hrefOf('dashboard')}>
        <Brand name={t('app')} />
      </a>
      <ul className={classes['list']}>
        {viewNames.map((name) => (
          <RailLink key={name} name={name} current={name === view} narrow={narrow} />
        ))}
      </ul>
      <VaultState />
    </nav>
  )
}
