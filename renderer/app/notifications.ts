/** The system's notifications, as far as the browser lets the page show them. */
import { t } from 'i18next'
import { createKeyNotices, type KeyNotice } from './key-notices.ts'
import { navigate } from './router.ts'
import { useSettings } from './settings-store.ts'

export type NotificationPermissionState = 'granted' | 'denied' | 'default' | 'unsupported'

export const notificationPermission = (): NotificationPermissionState =>
  'Notification' in window ? Notification.permission : 'unsupported'

/** Only in answer to a click: browsers refuse a question that nobody asked for. */
export const askForNotifications = async (): Promise<NotificationPermissionState> =>
  notificationPermission() === 'unsupported' ? 'unsupported' : Notification.requestPermission()

function show({ kind, modelId, modelName, keyLabel }: KeyNotice): void {
  if (notificationPermission() !== 'granted') return
  const names = { model: modelName, key: keyLabel }
  const notification = new Notification(t(`shell:notify.${kind}.title`, names), {
    body: t(`shell:notify.${kind}.text`, names),
    // One of a kind replaces the one before.
    tag: `keywheel-${kind}`,
  })
  notification.addEventListener('click', () => {
    window.focus()
    navigate('models', modelId)
    notification.close()
  })
}

export const keyNotices = createKeyNotices({
  isOn: (kind) => useSettings.getState().settings.notify.includes(kind),
  show,
  nowMs: () => performance.now(),
})
