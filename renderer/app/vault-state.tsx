import {
  IconEye,
  IconEyeOff,
  IconLock,
  IconLockOpen,
  IconShieldExclamation,
  IconShieldOff,
  type Icon,
} from '@tabler/icons-react'
import { Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { VaultStatus } from '../../shared/vault.ts'
import { formatSpan } from '../ui/format.ts'
import { askToOpen } from './interface-lock.ts'
import classes from './rail.module.css'
import { hrefOf } from './router.ts'
import { useSettings } from './settings-store.ts'
import { attempt } from './toast.tsx'
import { useVault } from './vault-store.ts'

type Hint = 'noneHint' | 'passphrase' | 'keychain' | 'fileOnly' | 'kitUnconfirmed' | 'lockedHint' | 'rollback'
interface Look {
  tone: 'good' | 'warn' | 'bad' | 'plain'
  icon: Icon
  hint: Hint | null
}

/** What is wrong first, then what is left to do, then the strongest protection there is. */
function openLook({ protections, kit, rollback }: VaultStatus): Look {
  if (rollback !== null) return { tone: 'bad', icon: IconShieldExclamation, hint: 'rollback' }
  const byPassphrase = protections.includes('pass')
  // A file that only its permissions protect is worth a warning.
  if (!byPassphrase && !protections.includes('os')) return { tone: 'warn', icon: IconLockOpen, hint: 'fileOnly' }
  if (kit === 'unconfirmed') return { tone: 'warn', icon: IconLockOpen, hint: 'kitUnconfirmed' }
  return { tone: 'good', icon: IconLockOpen, hint: byPassphrase ? 'passphrase' : 'keychain' }
}

function lookOf(status: VaultStatus): Look {
  switch (status.state) {
    case 'none':
      return { tone: 'plain', icon: IconShieldOff, hint: 'noneHint' }
    case 'locked':
      return { tone: 'warn', icon: IconLock, hint: 'lockedHint' }
    case 'damaged':
      return { tone: 'bad', icon: IconShieldExclamation, hint: null }
    case 'unlocked':
      break
  }
  return openLook(status)
}

/** The vault's own lock: while it is closed nothing can use the keys. It leads to where that can be changed. */
function VaultLock({ status }: { status: VaultStatus }) {
  const { t } = useTranslation('shell')
  const { tone, icon: StateIcon, hint } = lookOf(status)
  const state = t(`vault.${status.state}`)
  const hintText = hint === null ? '' : t(`vault.${hint}`)
  return (
    <Tooltip label={[state, hintText].filter(Boolean).join(' · ')} position="right">
      <a className={classes['lock']} data-tone={tone} href={hrefOf('settings')}>
        <StateIcon size={16} stroke={1.8} aria-hidden="true" />
        <span>
          <span className={classes['state']}>{state}</span>
          {hintText}
        </span>
      </a>
    </Tooltip>
  )
}

/** The second lock: while it is closed nobody here sees or takes a key, and programs go on using them. */
function InterfaceLock({ locked }: { locked: boolean }) {
  const { t, i18n } = useTranslation('shell')
  const minutes = useSettings((store) => store.settings.idleLockMinutes)
  const lock = useVault((store) => store.lockInterface)
  const LockIcon = locked ? IconEyeOff : IconEye
  const state = t(locked ? 'interface.locked' : 'interface.open')
  const openHint =
    minutes === 0 ? t('interface.never') : t('interface.idle', { span: formatSpan(minutes * 60_000, i18n.language) })
  const hint = locked ? t('interface.lockedHint') : openHint
  const action = t(locked ? 'action.openInterface' : 'action.lockInterface')
  return (
    <Tooltip label={`${state} · ${hint}. ${action}`} position="right" multiline maw={280}>
      <button
        type="button"
        className={classes['lock']}
        data-tone={locked ? 'warn' : 'plain'}
        onClick={() => (locked ? void askToOpen() : attempt(lock))}
      >
        <LockIcon size={16} stroke={1.8} aria-hidden="true" />
        <span>
          <span className={classes['state']}>{state}</span>
          {hint}
          <span className="kw-visually-hidden">{`. ${action}`}</span>
        </span>
      </button>
    </Tooltip>
  )
}

/** The two locks, as main reports them. */
export function VaultState() {
  const status = useVault((store) => store.status)
  if (status === null) return null
  return (
    <div className={classes['locks']}>
      <VaultLock status={status} />
      {status.state === 'unlocked' && <InterfaceLock locked={status.interface === 'locked'} />}
    </div>
  )
}
