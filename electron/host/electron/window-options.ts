import type { BrowserWindowConstructorOptions, Session } from 'electron'
import { smallestWindow, type WindowPlace } from './window-state.ts'

/** One window, with every door between page and system shut: sandboxed, isolated, without Node. */
export interface WindowEnvironment {
  preload: string
  session: Session
  /** Developer tools are for development only. */
  packaged: boolean
  place: WindowPlace
}

export function windowOptions({
  preload,
  session,
  packaged,
  place,
}: WindowEnvironment): BrowserWindowConstructorOptions {
  return {
    ...place.bounds,
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    show: false,
    webPreferences: {
      preload,
      session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !packaged,
    },
  }
}
