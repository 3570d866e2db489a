import { Button } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { TrapView } from '../../../shared/dslighting.ts'
import classes from './dslighting.module.css'
import { formatList } from '../../ui/format.ts'

/** A trap with its place in the check, by which main knows its change. */
export interface PlacedTrap {
  index: number
  trap: TrapView
}

interface TrapsProps {
  label: string
  traps: readonly PlacedTrap[]
  /** Left out where the file cannot be changed here. */
  onFix?: ((index: number) => void) | undefined
  busy: boolean
}

function TrapFix({ trap, index, onFix, busy }: PlacedTrap & Omit<TrapsProps, 'label' | 'traps'>) {
  const { t } = useTranslation('dslighting')
  const { fix } = trap
  if (fix === null || onFix === undefined) return null
  return (
    <Button size="compact-sm" variant="default" disabled={busy || !fix.isPossible} onClick={() => onFix(index)}>
      {t(`fix.${fix.kind}`, { name: fix.name ?? '', value: fix.value ?? '' })}
    </Button>
  )
}

/** What goes wrong, in words, with the change that mends it. */
export function TrapList({ label, traps, ...fixing }: TrapsProps) {
  const { t, i18n } = useTranslation('dslighting')
  return (
    <ul className={classes['traps']} aria-label={label}>
      {traps.map(({ index, trap }) => {
        const Icon = trap.loaders.length === 0 ? IconInfoCircle : IconAlertTriangle
        const hits = formatList(
          trap.loaders.map((loader) => t(`loader.${loader}`)),
          i18n.language,
        )
        return (
          <li key={index}>
            <Icon size={16} aria-hidden="true" data-harmless={trap.loaders.length === 0 || undefined} />
            <div>
              <p>{t(`trap.${trap.code}`, { name: trap.name ?? '' })}</p>
              <p className={classes['dim']}>
                {hits === '' ? t('harmless') : t('hits', { loaders: hits })}
                {trap.fix?.isPossible === false && fixing.onFix !== undefined && ` · ${t('notInVault')}`}
                {trap.fix !== null && trap.needsDecision && fixing.onFix !== undefined && ` · ${t('decision')}`}
              </p>
            </div>
            <TrapFix trap={trap} index={index} {...fixing} />
          </li>
        )
      })}
    </ul>
  )
}
