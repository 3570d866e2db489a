import type { BrowserWindowConstructorOptions, Session } from 'electron'

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
    minWidth: 960,
    minHeight: 600,
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
