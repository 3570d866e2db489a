/** The system's notifications: one of a kind replaces the one before, and a click brings the window to the front. */
import type { Notification } from 'electron'
import type { NotifyKind } from '../../../shared/notify.ts'
import type { Notice } from '../host.ts'

type Shown = Pick<Notification, 'show' | 'close'> & { on(event: 'click' | 'close', listener: () => void): unknown }

/** Electron's Notification, as far as it is used. */
export interface SystemNotification {
  new (options: { title: string; body: string }): Shown
  isSupported(): boolean
}

/** Some desktops take a notification's text for markup, and a name may come from a file of somebody else. */
const withoutMarkup = (text: string) => text.replaceAll('<', '‹').replaceAll('>', '›')

/** Says whether the person clicked it; undefined where the system shows none. */
export function createNotify(system: SystemNotification, onClick: () => void) {
  if (!system.isSupported()) return undefined
  const current = new Map<NotifyKind, () => void>()
  return ({ kind, title, text }: Notice): Promise<boolean> => {
    current.get(kind)?.()
    const notification = new system({ title: withoutMarkup(title), body: withoutMarkup(text) })
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const replace = () => {
      resolve(false)
      notification.close()
    }
    current.set(kind, replace)
    notification.on('click', () => {
      onClick()
      resolve(true)
    })
    notification.on('close', () => resolve(false))
    notification.show()
    return promise
  }
}
