import { Button, Switch } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { notifyKinds, type NotifyKind } from '../../../shared/notify.ts'
import { askForNotifications, notificationPermission } from '../../app/notifications.ts'
import { changeSettings } from '../../app/change-settings.ts'
import { useSettings } from '../../app/settings-store.ts'
import { attempt } from '../../app/toast.tsx'
import { Panel } from '../../ui/panel.tsx'
import classes from './settings.module.css'

/** What the person is told of while looking elsewhere; each kind has its switch. */
export function NotificationsPanel() {
  const { t } = useTranslation('settings')
  const notify = useSettings((store) => store.settings.notify)
  const [permission, setPermission] = useState(notificationPermission)
  const toggle = (kind: NotifyKind) =>
    changeSettings((now) => ({ notify: notifyKinds.filter((one) => now.notify.includes(one) !== (one === kind)) }))
  return (
    <Panel place="notifications" title={t('notify.title')}>
      <div className={classes['stack']}>
        <p className={classes['text']}>{t(`notify.permission.${permission}`)}</p>
        {permission === 'default' && (
          <div>
            <Button onClick={() => attempt(async () => setPermission(await askForNotifications()))}>
              {t('notify.allow')}
            </Button>
          </div>
        )}
        {notifyKinds.map((kind) => (
          <Switch
            key={kind}
            checked={notify.includes(kind)}
            onChange={() => toggle(kind)}
            label={t(`notify.kind.${kind}`)}
          />
        ))}
      </div>
    </Panel>
  )
}
