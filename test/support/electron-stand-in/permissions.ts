import { requireChromium, schemeMap } from './runtime.ts'
import type { StandInSession } from './session.ts'

/** DevTools' names of some permissions, and Electron's names of the same. */
const permissions = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  'clipboard-read': 'clipboard-read',
  'clipboard-write': 'clipboard-sanitized-write',
}

/** Asks the application's check handler beforehand, because headless Chromium does not ask at the time of use. */
export async function applyPermissions(session: StandInSession, address: string): Promise<void> {
  const { origin } = new URL(schemeMap.toBrowser(address))
  const { browser } = requireChromium('permissions').devTools
  for (const [name, permission] of Object.entries(permissions)) {
    const setting = session.isGranted(permission, schemeMap.fromBrowser(origin)) ? 'granted' : 'denied'
    await browser.send('Browser.setPermission', { origin, permission: { name }, setting })
  }
}
