import type { BrowserWindow } from 'electron'

/** Closing the window only hides it while the application lives in the tray, unless the application itself ends. */
type ClosedWindow = Pick<BrowserWindow, 'hide'> & {
  on(event: 'close', listener: (event: { preventDefault(): void }) => void): unknown
}
interface EndingApp {
  on(event: 'before-quit', listener: () => void): unknown
}

export function closeToTray(window: ClosedWindow, app: EndingApp, livesInTray: () => boolean): void {
  let isEnding = false
  app.on('before-quit', () => (isEnding = true))
  window.on('close', (event) => {
    if (isEnding || !livesInTray()) return
    event.preventDefault()
    window.hide()
  })
}
