import { BrowserWindow } from 'electron'
import { windowOptions, type WindowEnvironment } from './window-options.ts'

/** `unseen` until somebody asks for it: the application lives in the tray. */
export function createWindow(environment: WindowEnvironment, unseen: boolean): BrowserWindow {
  const window = new BrowserWindow(windowOptions(environment))
  if (unseen) {
    if (environment.place.isMaximized) window.once('show', () => window.maximize())
    return window
  }
  if (environment.place.isMaximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  return window
}

export function bringToFront(window: Pick<BrowserWindow, 'isMinimized' | 'restore' | 'show' | 'focus'>): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
