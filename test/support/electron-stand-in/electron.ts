import { app as standInApp } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import { clipboard } from './clipboard.ts'
import { dialog, Menu, screen, shell } from './desktop.ts'
import { ipcMain as standInIpcMain } from './ipc-main.ts'
import { MessageChannelMain } from './message-ports.ts'
import { Notification } from './notification.ts'
import { powerMonitor } from './power-monitor.ts'
import { safeStorage } from './safe-storage.ts'
import { protocol, session } from './session.ts'
import { strict } from './strict.ts'

/** What `import … from 'electron'` finds when an application runs in the stand-in. */
const app = strict('app', standInApp)
const ipcMain = strict('ipcMain', standInIpcMain)

export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
}

/** Libraries that import Electron whole get the same objects. */
export default strict('electron', {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
})
