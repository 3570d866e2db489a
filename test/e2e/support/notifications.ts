import type { Page } from '@playwright/test'

const recorder = `
  window.shownNotifications = []
  window.Notification = class extends EventTarget {
    static permission = 'granted'
    constructor(title, { body }) {
      super()
      shownNotifications.push(title + ' ' + body)
    }
    close() {}
  }
`

/** The system's notifications as the browser would show them, for a headless one shows none: asks what was shown so far. */
export async function recordNotifications(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(recorder)
  return () => page.evaluate<string[]>('shownNotifications')
}
