import { NativeSelect, Switch } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { changeSettings } from '../../app/change-settings.ts'
import { useSettings } from '../../app/settings-store.ts'
import { formatSpan } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { SettingRow } from '../../ui/setting-row.tsx'
import { idleChoices } from './idle-choices.ts'
import classes from './vault-settings.module.css'

const minuteMs = 60_000

/** What happens when nobody is at work. */
export function IdlePanel() {
  const { t, i18n } = useTranslation('vault')
  const { idleLockMinutes, lockVaultOnIdle } = useSettings((store) => store.settings)
  const id = useId()
  const nameOf = (minutes: number) =>
    minutes === 0 ? t('idle.never') : formatSpan(minutes * minuteMs, i18n.language, 'long')
  return (
    <Panel place="auto-lock" title={t('idle.title')}>
      <div className={classes['stack']}>
        <SettingRow name={t('idle.after')} id={id}>
          <NativeSelect
            aria-labelledby={id}
            className={classes['select']}
            value={String(idleLockMinutes)}
            data={idleChoices(idleLockMinutes).map((minutes) => ({ value: String(minutes), label: nameOf(minutes) }))}
            onChange={(event) => {
              const minutes = Number(event.currentTarget.value)
              changeSettings({ idleLockMinutes: minutes })
            }}
          />
        </SettingRow>
        <p className={classes['text']}>{t('idle.text')}</p>
        <Switch
          checked={lockVaultOnIdle}
          disabled={idleLockMinutes === 0}
          onChange={() => changeSettings({ lockVaultOnIdle: !lockVaultOnIdle })}
          label={t('idle.vault')}
          description={t('idle.vaultText')}
        />
      </div>
    </Panel>
  )
}
