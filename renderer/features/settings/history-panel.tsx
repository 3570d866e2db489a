import { NativeSelect, Switch } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useJournalStatus } from '../../app/journal-store.ts'
import { changeSettings } from '../../app/change-settings.ts'
import { useSettings } from '../../app/settings-store.ts'
import { formatInteger, formatSpan } from '../../ui/format.ts'
import { numberFormat } from '../../ui/intl.ts'
import { Panel } from '../../ui/panel.tsx'
import { SettingRow } from '../../ui/setting-row.tsx'
import { ForgetTexts } from './forget-texts.tsx'
import { choicesWith } from './choices.ts'
import classes from './settings.module.css'

const dayMs = 86_400_000
const days = [1, 7, 30, 90, 365]
const attemptLimits = [100_000, 500_000, 2_000_000, 10_000_000]

/** How long requests are kept. */
export function HistoryPanel() {
  const { t, i18n } = useTranslation('settings')
  const { journalDays, journalAttempts, journalTexts } = useSettings((store) => store.settings)
  const status = useJournalStatus((store) => store.status)
  const daysId = useId()
  const attemptsId = useId()
  const { language } = i18n
  const bytes = numberFormat(language, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 })
  return (
    <Panel place="history" title={t('history.title')}>
      <div className={classes['stack']}>
        <SettingRow name={t('history.days')} id={daysId}>
          <NativeSelect
            aria-labelledby={daysId}
            value={String(journalDays)}
            data={choicesWith(days, journalDays).map((count) => ({
              value: String(count),
              label: formatSpan(count * dayMs, language, 'long'),
            }))}
            onChange={(event) => {
              const chosen = Number(event.currentTarget.value)
              changeSettings({ journalDays: chosen })
            }}
          />
        </SettingRow>
        <SettingRow name={t('history.attempts')} id={attemptsId}>
          <NativeSelect
            aria-labelledby={attemptsId}
            value={String(journalAttempts)}
            data={choicesWith(attemptLimits, journalAttempts).map((count) => ({
              value: String(count),
              label: t('history.attemptCount', { count, formatted: formatInteger(count, language) }),
            }))}
            onChange={(event) => {
              const chosen = Number(event.currentTarget.value)
              changeSettings({ journalAttempts: chosen })
            }}
          />
        </SettingRow>
        {status !== null && (
          <SettingRow name={t('history.now')}>
            {t('history.held', {
              count: status.requests,
              formatted: formatInteger(status.requests, language),
              size: bytes.format(status.bytes / 1_000_000),
            })}
          </SettingRow>
        )}
        <p className={classes['text']}>{t('history.text')}</p>
        <Switch
          checked={journalTexts}
          onChange={(event) => {
            const isOn = event.currentTarget.checked
            changeSettings({ journalTexts: isOn })
          }}
          label={t('history.texts')}
          description={t('history.textsHint')}
        />
        {status !== null && status.texts > 0 && <ForgetTexts count={status.texts} />}
      </div>
    </Panel>
  )
}
