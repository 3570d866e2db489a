/** The system's notifications: shown by main where it can, elsewhere as far as the browser lets the page show them. */
import { t } from 'i18next'
import { client } from './client.ts'
import { createExpiryReminder } from './expiry-reminder.ts'
import { createKeyNotices, type KeyNotice } from './key-notices.ts'
import { navigate } from './router.ts'
import { useSettings } from './settings-store.ts'
import { mayLeave } from '../ui/unsaved.ts'

export type NotificationPermissionState = 'granted' | 'denied' | 'default' | 'unsupported'

let isShownByMain = false

/** Said once, by the start: whether main shows notifications here. */
export const letMainNotify = (canNotify: boolean): void => void (isShownByMain = canNotify)

export const notificationPermission = (): NotificationPermissionState =>
  isShownByMain ? 'granted' : 'Notification' in window ? Notification.permission : 'unsupported'

/** Only in answer to a click: browsers refuse a question that nobody asked for. */
export const askForNotifications = async (): Promise<NotificationPermissionState> =>
  notificationPermission() === 'unsupported' ? 'unsupported' : Notification.requestPermission()

function show({ kind, modelId, modelName, keyLabel }: KeyNotice): void {
  if (notificationPermission() !== 'granted') return
  const names = { model: modelName, key: keyLabel }
  const title = t(`shell:notify.${kind}.title`, names)
  const text = t(`shell:notify.${kind}.text`, names)
  const lookAtIt = () => {
    if (mayLeave()) navigate('models', modelId)
  }
  if (isShownByMain) void showByMain({ kind, title, text }, lookAtIt)
  else showByPage({ kind, title, text }, lookAtIt)
}

interface Notice {
  kind: KeyNotice['kind']
  title: string
  text: string
}

async function showByMain(notice: Notice, onClick: () => void): Promise<void> {
  // A lost connection loses the click; the page says itself that it is lost.
  const answer = await client.app.notify(notice).catch(() => null)
  if (answer?.clicked === true) onClick()
}

function showByPage({ kind, title, text }: Notice, onClick: () => void): void {
  // One of a kind replaces the one before.
  const notification = new Notification(title, { body: text, tag: `keywheel-${kind}` })
  notification.addEventListener('click', () => {
    window.focus()
    onClick()
    notification.close()
  })
}

const isOn = (kind: KeyNotice['kind']) => useSettings.getState().settings.notify.includes(kind)

export const keyNotices = createKeyNotices({ isOn, show, nowMs: () => performance.now() })

export const expiryReminder = createExpiryReminder({ isOn: () => isOn('expiring'), show, wallMs: Date.now })
