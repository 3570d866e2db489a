import { Menu } from '@mantine/core'
import { IconCheck, IconChevronDown, IconClock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { rangeMinutes, useTimeRange } from './time-range.ts'
import { useRangeName } from './use-range-name.ts'
import classes from './top-bar.module.css'

const tick = (chosen: boolean) => (chosen ? <IconCheck size={14} aria-hidden="true" /> : null)

/** How far back the view looks; only a list of requests can show all there is. */
export function TimeRangeMenu({ offersEverything }: { offersEverything: boolean }) {
  const { t } = useTranslation('shell')
  const { minutes, everything, choose, chooseEverything } = useTimeRange()
  const nameOf = useRangeName()
  const showsEverything = offersEverything && everything
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <button type="button" className={classes['pill']} title={t('range.label')}>
          <IconClock size={15} aria-hidden="true" />
          <span className="kw-visually-hidden">{t('range.label')}</span>
          {showsEverything ? t('range.everything') : nameOf(minutes)}
          <IconChevronDown size={14} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {rangeMinutes.map((range) => (
          <Menu.Item
            key={range}
            rightSection={tick(!showsEverything && range === minutes)}
            onClick={() => choose(range)}
          >
            {nameOf(range)}
          </Menu.Item>
        ))}
        {offersEverything && (
          <Menu.Item rightSection={tick(showsEverything)} onClick={chooseEverything}>
            {t('range.everything')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
