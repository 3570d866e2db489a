import { BrowserWindow } from 'electron'
import { windowOptions, type WindowEnvironment } from './window-options.ts'

export function createWindow(environment: WindowEnvironment): BrowserWindow {
  const window = new BrowserWindow(windowOptions(environment))
  if (environment.place.isMaximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  return window
}

export function bringToFront(window: Pick<BrowserWindow, 'isMinimized' | 'restore' | 'show' | 'focus'>): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
