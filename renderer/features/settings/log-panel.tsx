import { Button, NativeSelect } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { LogLevel } from '../../../shared/log.ts'
import { client } from '../../app/client.ts'
import { copyText } from '../../app/copy-text.ts'
import { hrefOf, logPlace } from '../../app/router.ts'
import { changeSettings } from '../../app/change-settings.ts'
import { useSettings } from '../../app/settings-store.ts'
import { useStart } from '../../app/start.ts'
import { attempt, showDone } from '../../app/toast.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SettingRow } from '../../ui/setting-row.tsx'
import classes from './settings.module.css'

const levels = ['debug', 'info', 'warn', 'error', 'silent'] as const satisfies readonly LogLevel[]

/** In the data folder; the one before it lies beside it. */
const logName = 'keywheel.log'

/** How much the application's own log says, and where it is. */
export function LogPanel() {
  const { t } = useTranslation('settings')
  const level = useSettings((store) => store.settings.logLevel)
  const info = useStart((store) => store.info)
  const levelId = useId()
  const folder = info?.dataFolder ?? ''
  const openFolder = async () => {
    const { opened } = await client.app.openFolder()
    if (!opened) showDone(t('log.notOpened', { path: folder }))
  }
  return (
    <Panel place="log-level" title={t('log.title')}>
      <div className={classes['stack']}>
        <p className={classes['text']}>{t('log.text')}</p>
        <SettingRow name={t('log.level')} id={levelId}>
          <NativeSelect
            aria-labelledby={levelId}
            value={level}
            data={levels.map((value) => ({ value, label: t(`log.levels.${value}`) }))}
            onChange={(event) => {
              const logLevel = event.currentTarget.value as LogLevel
              changeSettings({ logLevel })
            }}
          />
        </SettingRow>
        <SettingRow name={t('log.file')}>
          <code className="kw-mono">{logName}</code>
          <Button size="compact-sm" variant="default" component="a" href={hrefOf('settings', logPlace)}>
            {t('log.show')}
          </Button>
          {info?.canOpenFolder === true ? (
            <Button size="compact-sm" variant="default" onClick={() => attempt(openFolder)}>
              {t('log.folder')}
            </Button>
          ) : (
            <Button size="compact-sm" variant="default" onClick={() => void copyText(folder, t('log.pathCopied'))}>
              {t('log.copyPath')}
            </Button>
          )}
        </SettingRow>
      </div>
    </Panel>
  )
}
