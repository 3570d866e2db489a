import { IconLock, IconLockOpen, IconShieldExclamation, IconShieldOff, type Icon } from '@tabler/icons-react'
import { Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { VaultStatus } from '../../shared/vault.ts'
import classes from './rail.module.css'
import { hrefOf } from './router.ts'
import { useVault } from './vault-store.ts'

type Hint = 'noneHint' | 'passphrase' | 'keychain' | 'fileOnly'
interface Look {
  tone: 'good' | 'warn' | 'bad' | 'plain'
  icon: Icon
  hint: Hint | null
}

/** The strongest protection there is; a file that only its permissions protect is worth a warning. */
function protectionHint({ protections }: VaultStatus): Hint {
  if (protections.includes('pass')) return 'passphrase'
  return protections.includes('os') ? 'keychain' : 'fileOnly'
}

function lookOf(status: VaultStatus): Look {
  switch (status.state) {
    case 'none':
      return { tone: 'plain', icon: IconShieldOff, hint: 'noneHint' }
    case 'locked':
      return { tone: 'warn', icon: IconLock, hint: null }
    case 'damaged':
      return { tone: 'bad', icon: IconShieldExclamation, hint: null }
    case 'unlocked':
      break
  }
  const hint = protectionHint(status)
  return { tone: hint === 'fileOnly' ? 'warn' : 'good', icon: IconLockOpen, hint }
}

/** What the vault is, as main reports it; it leads to where that can be changed. */
export function VaultState() {
  const { t } = useTranslation('shell')
  const status = useVault((store) => store.status)
  if (status === null) return null
  const { tone, icon: StateIcon, hint } = lookOf(status)
  const state = t(`vault.${status.state}`)
  const hintText = hint === null ? '' : t(`vault.${hint}`)
  return (
    <Tooltip label={[state, hintText].filter(Boolean).join(' · ')} position="right">
      <a className={classes['vault']} data-tone={tone} href={hrefOf('settings')}>
        <StateIcon size={16} stroke={1.8} aria-hidden="true" />
        <span>
          <span className={classes['state']}>{state}</span>
          {hintText}
        </span>
      </a>
    </Tooltip>
  )
}
