import type { BrowserWindowConstructorOptions, Session } from 'electron'
import { smallestWindow, type WindowPlace } from './window-state.ts'

/** One window, with every door between page and system shut: sandboxed, isolated, without Node. */
export interface WindowEnvironment {
  preload: string
  session: Session
  /** Developer tools are for development only. */
  packaged: boolean
  place: WindowPlace
  /** What stands where the page has not been drawn yet. */
  backgroundColor: string
}

export function windowOptions({
  preload,
  session,
  packaged,
  place,
  backgroundColor,
}: WindowEnvironment): BrowserWindowConstructorOptions {
  return {
    ...place.bounds,
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    show: false,
    backgroundColor,
    // The commands of the menu are in the page's palette and the tray as well; Alt shows the bar.
    autoHideMenuBar: true,
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
