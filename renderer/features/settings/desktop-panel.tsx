import { Switch } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DesktopStatus } from '../../../shared/desktop.ts'
import type { SettingsChange } from '../../../shared/settings.ts'
import { client } from '../../app/client.ts'
import { useSettings } from '../../app/settings-store.ts'
import { attempt } from '../../app/toast.tsx'
import { Panel } from '../../ui/panel.tsx'
import classes from './settings.module.css'

/** What the system around the window is asked for. Each switch shows what the system says, not what was clicked. */
export function DesktopPanel() {
  const [status, setStatus] = useState<DesktopStatus | null>(null)
  const change = useSettings((store) => store.change)
  useEffect(() => attempt(async () => setStatus(await client.desktop.status())), [])
  if (status === null) return null
  const set = (edit: SettingsChange) =>
    attempt(async () => {
      await change(edit)
      setStatus(await client.desktop.status())
    })
  const launch = (on: boolean) => attempt(async () => setStatus(await client.desktop.launchAtLogin({ on })))
  return <Choices status={status} set={set} launch={launch} />
}

interface ChoicesProps {
  status: DesktopStatus
  set: (edit: SettingsChange) => void
  launch: (on: boolean) => void
}

function Choices({ status, set, launch }: ChoicesProps) {
  const { t } = useTranslation('settings')
  const { closeToTray, panicShortcut: wantsPanic } = useSettings((store) => store.settings)
  const { panicShortcut, launchAtLogin, contentProtection } = status
  const { keys } = panicShortcut
  return (
    <Panel place="desktop" title={t('desktop.title')}>
      <div className={classes['stack']}>
        <Switch
          checked={closeToTray}
          onChange={() => set({ closeToTray: !closeToTray })}
          label={t('desktop.closeToTray')}
          description={t('desktop.closeToTrayText')}
        />
        {launchAtLogin !== 'unavailable' && (
          <Switch
            checked={launchAtLogin !== 'off'}
            onChange={() => launch(launchAtLogin === 'off')}
            label={t('desktop.launchAtLogin')}
            description={t(launchAtLogin === 'ask' ? 'desktop.launchAtLoginAsk' : 'desktop.launchAtLoginText')}
          />
        )}
        <Switch
          checked={wantsPanic}
          onChange={() => set({ panicShortcut: !wantsPanic })}
          label={t('desktop.panic', { keys })}
          description={t('desktop.panicText')}
          error={panicShortcut.state === 'taken' ? t('desktop.panicTaken', { keys }) : undefined}
        />
        {contentProtection !== 'unavailable' && (
          <Switch
            checked={contentProtection === 'on'}
            onChange={() => set({ contentProtection: contentProtection === 'off' })}
            label={t('desktop.contentProtection')}
            description={t('desktop.contentProtectionText')}
          />
        )}
      </div>
    </Panel>
  )
}
