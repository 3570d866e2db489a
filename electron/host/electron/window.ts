import { BrowserWindow, type BrowserWindowConstructorOptions, type Session } from 'electron'

/** One window, with every door between page and system shut: sandboxed, isolated, without Node. */
export interface WindowEnvironment {
  preload: string
  session: Session
  /** Developer tools are for development only. */
  packaged: boolean
}

export function windowOptions({ preload, session, packaged }: WindowEnvironment): BrowserWindowConstructorOptions {
  return {
    width: 1280,
    height: 832,
    minWidth: 720,
    minHeight: 480,
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

export function createWindow(environment: WindowEnvironment): BrowserWindow {
  const window = new BrowserWindow(windowOptions(environment))
  window.once('ready-to-show', () => window.show())
  return window
}

export function bringToFront(window: Pick<BrowserWindow, 'isMinimized' | 'restore' | 'show' | 'focus'>): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
