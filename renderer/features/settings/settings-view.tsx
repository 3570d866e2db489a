import { Button, CopyButton, SegmentedControl, Switch } from '@mantine/core'
import { useId, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../shared/settings.ts'
import { changeSettings } from '../../app/change-settings.ts'
import { useSettings } from '../../app/settings-store.ts'
import { startSimulator, stopSimulator } from '../../app/simulator.ts'
import { useStart } from '../../app/start.ts'
import { attempt } from '../../app/toast.tsx'
import { keepsFocus } from '../../ui/kept-focus.ts'
import { Panel } from '../../ui/panel.tsx'
import { SettingRow } from '../../ui/setting-row.tsx'
import { DesktopPanel } from './desktop-panel.tsx'
import { DiagnosticsPanel } from './diagnostics-panel.tsx'
import { GatewayPanel } from './gateway-panel.tsx'
import { HistoryPanel } from './history-panel.tsx'
import { LogPanel } from './log-panel.tsx'
import { NetworkPanel } from './network-panel.tsx'
import { NotificationsPanel } from './notifications-panel.tsx'
import { PricesPanel } from './prices-panel.tsx'
import { SettingsIndex } from './settings-index.tsx'
import classes from './settings.module.css'

const themes: readonly Settings['theme'][] = ['system', 'light', 'dark']
const densities: readonly Settings['density'][] = ['normal', 'compact']
const languages: readonly Settings['language'][] = ['system', 'en', 'zh-CN']

function Appearance() {
  const { t } = useTranslation('settings')
  const settings = useSettings((store) => store.settings)
  const languageId = useId()
  const themeId = useId()
  const densityId = useId()
  return (
    <Panel place="appearance" title={t('appearance')}>
      <SettingRow name={t('language')} id={languageId}>
        <SegmentedControl
          aria-labelledby={languageId}
          value={settings.language}
          data={languages.map((value) => ({ value, label: t(value) }))}
          onChange={(language) => changeSettings({ language })}
        />
      </SettingRow>
      <SettingRow name={t('theme')} id={themeId}>
        <SegmentedControl
          aria-labelledby={themeId}
          value={settings.theme}
          data={themes.map((value) => ({ value, label: t(value) }))}
          onChange={(theme) => changeSettings({ theme })}
        />
      </SettingRow>
      <SettingRow name={t('density')} id={densityId}>
        <SegmentedControl
          aria-labelledby={densityId}
          value={settings.density}
          data={densities.map((value) => ({ value, label: t(value) }))}
          onChange={(density) => changeSettings({ density })}
        />
      </SettingRow>
      <SettingRow name={t('presentation.name')} tall>
        <Switch
          checked={settings.presentation}
          onChange={() => changeSettings({ presentation: !settings.presentation })}
          label={t('presentation.text')}
          aria-label={t('presentation.name')}
        />
      </SettingRow>
    </Panel>
  )
}

function Simulator() {
  const { t } = useTranslation('settings')
  const on = useSettings((store) => store.settings.simulator)
  const [busy, setBusy] = useState(false)
  const toggle = () =>
    !busy &&
    attempt(async () => {
      setBusy(true)
      await (on ? stopSimulator() : startSimulator()).finally(() => setBusy(false))
    })
  return (
    <Panel place="simulator" title={t('simulator')}>
      <div className={classes['stack']}>
        <Switch checked={on} aria-busy={busy} onChange={toggle} label={t('simulatorSwitch')} />
        <p className={classes['text']}>{t('simulatorText')}</p>
      </div>
    </Panel>
  )
}

function About() {
  const { t } = useTranslation('settings')
  const info = useStart((store) => store.info)
  if (info === null) return null
  return (
    <Panel place="about" title={t('about')}>
      <SettingRow name={t('version')}>{info.version}</SettingRow>
      <SettingRow name={t('host')}>{t(`hosts.${info.host}`)}</SettingRow>
      <SettingRow name={t('dataFolder')}>
        <code className="kw-mono">{info.dataFolder}</code>
        <CopyButton value={info.dataFolder}>
          {({ copied, copy }) => (
            <Button size="compact-sm" variant="default" onClick={copy}>
              {t(copied ? 'copied' : 'copy')}
            </Button>
          )}
        </CopyButton>
      </SettingRow>
    </Panel>
  )
}

interface SettingsViewProps {
  /** The vault's own settings. */
  vault: ReactNode
}

export function SettingsView({ vault }: SettingsViewProps) {
  const view = useRef<HTMLDivElement>(null)
  return (
    <div className={classes['page']} ref={keepsFocus}>
      <SettingsIndex view={view} />
      <div className={classes['view']} ref={view}>
        <Appearance />
        <DesktopPanel />
        {vault}
        <GatewayPanel />
        <NetworkPanel />
        <HistoryPanel />
        <PricesPanel />
        <NotificationsPanel />
        <Simulator />
        <LogPanel />
        <DiagnosticsPanel />
        <About />
      </div>
    </div>
  )
}
