import { Anchor, Button, NativeSelect, Switch, TextInput } from '@mantine/core'
import { IconArrowLeft, IconSearch } from '@tabler/icons-react'
import { memo, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LogLine } from '../../../shared/log.ts'
import { hrefOf } from '../../app/router.ts'
import { useSettings } from '../../app/settings-store.ts'
import { formatInteger, formatShortMoment } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import { fieldsText, matching, shownLevels, type LogFilter, type ShownLevel } from './log-filter.ts'
import classes from './log.module.css'
import { useLogTail } from './use-log-tail.ts'

/** More than these nobody reads, and they would make the page slow. */
const maxLines = 500
const minuteMs = 60_000
const showsAll: LogFilter = { level: 'debug', text: '' }

interface LineProps {
  line: LogLine
  language: string
  /** A line that is not of today says its day. */
  todayMs: number
}

const Line = memo(function Line({ line, language, todayMs }: LineProps) {
  const { level, event, atMs } = line
  return (
    <li className={classes['line']} data-level={level}>
      <time className={classes['time']} dateTime={new Date(atMs).toISOString()}>
        {formatShortMoment(atMs, todayMs, language)}
      </time>
      <span className={classes['level']}>{level}</span>
      <span className={classes['event']}>{event}</span>
      <span className={classes['fields']}>{fieldsText(line)}</span>
    </li>
  )
})

/** Lines by their content; those that say the same in the same moment by their number. */
function keyed(lines: readonly LogLine[]): { key: string; line: LogLine }[] {
  const seen = new Map<string, number>()
  return lines.map((line) => {
    const text = `${line.atMs} ${line.event} ${fieldsText(line)}`
    const nth = (seen.get(text) ?? 0) + 1
    seen.set(text, nth)
    return { key: `${text} ${nth}`, line }
  })
}

/** What the application wrote into its log, newest at the foot. */
export function LogView() {
  const { t, i18n } = useTranslation('log')
  const { language } = i18n
  const [filter, setFilter] = useState(showsAll)
  const [follows, setFollows] = useState(true)
  const lines = useLogTail(follows)
  const found = useMemo(() => matching(lines ?? [], filter), [lines, filter])
  const shown = useMemo(() => keyed(found.slice(-maxLines)), [found])
  const list = useRef<HTMLElement>(null)
  useEffect(() => {
    if (follows && shown.length > 0) list.current?.scrollTo({ top: list.current.scrollHeight })
  }, [follows, shown])
  const nowMs = useNow()
  const todayMs = nowMs - (nowMs % minuteMs)
  const count = formatInteger(found.length, language)
  return (
    <div className={classes['view']}>
      <Anchor className={classes['back']} href={hrefOf('settings')}>
        <IconArrowLeft size={15} aria-hidden="true" />
        {t('back')}
      </Anchor>
      <div className={classes['bar']}>
        <h2 className={classes['title']}>{t('title')}</h2>
        <NativeSelect
          aria-label={t('level')}
          value={filter.level}
          data={shownLevels.map((value) => ({ value, label: t(`levels.${value}`) }))}
          onChange={(event) => setFilter({ ...filter, level: event.currentTarget.value as ShownLevel })}
        />
        <TextInput
          className={classes['search']}
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<IconSearch size={15} aria-hidden="true" />}
          value={filter.text}
          onChange={(event) => setFilter({ ...filter, text: event.currentTarget.value })}
        />
        <Switch checked={follows} onChange={() => setFollows(!follows)} label={t('live')} />
      </div>
      {lines !== null && shown.length === 0 ? (
        <Nothing hasLines={lines.length > 0} onClear={() => setFilter(showsAll)} />
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        <section ref={list} className={classes['lines']} aria-label={t('lines')} tabIndex={0}>
          <ol>
            {shown.map(({ key, line }) => (
              <Line key={key} line={line} language={language} todayMs={todayMs} />
            ))}
          </ol>
        </section>
      )}
      <footer className={classes['foot']}>
        <span>
          {found.length > maxLines
            ? t('cut', { shown: formatInteger(maxLines, language), all: count })
            : t('shown', { count: found.length, formatted: count })}
        </span>
        {!follows && <span>{t('paused')}</span>}
      </footer>
    </div>
  )
}

function Nothing({ hasLines, onClear }: { hasLines: boolean; onClear: () => void }) {
  const { t } = useTranslation('log')
  const isSilent = useSettings((store) => store.settings.logLevel === 'silent')
  return (
    <div className={classes['nothing']}>
      <p>{t(hasLines ? 'noMatch' : isSilent ? 'silent' : 'empty')}</p>
      {hasLines && (
        <Button size="compact-sm" variant="default" onClick={onClear}>
          {t('clear')}
        </Button>
      )}
    </div>
  )
}
