import { useTranslation } from 'react-i18next'
import type { RangeMinutes } from './time-range.ts'

/** "Last 15 min", "Last 6 h". */
export function useRangeName(): (minutes: RangeMinutes) => string {
  const { t } = useTranslation('shell')
  return (minutes) =>
    minutes < 60 ? t('range.minutes', { count: minutes }) : t('range.hours', { count: minutes / 60 })
}
