import { app as standInApp } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import { clipboard, ClipboardItem } from './clipboard.ts'
import { dialog, screen, shell } from './desktop.ts'
import { globalShortcut } from './global-shortcut.ts'
import { ipcMain as standInIpcMain } from './ipc-main.ts'
import { Menu } from './menu.ts'
import { MessageChannelMain } from './message-ports.ts'
import { nativeTheme } from './native-theme.ts'
import { Notification } from './notification.ts'
import { powerMonitor } from './power-monitor.ts'
import { safeStorage } from './safe-storage.ts'
import { protocol, session } from './session.ts'
import { strict } from './strict.ts'
import { nativeImage, Tray } from './tray.ts'

/** What `import … from 'electron'` finds when an application runs in the stand-in. */
const app = strict('app', standInApp)
const ipcMain = strict('ipcMain', standInIpcMain)

export {
  app,
  BrowserWindow,
  clipboard,
  ClipboardItem,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
}

/** Libraries that import Electron whole get the same objects. */
export default strict('electron', {
  app,
  BrowserWindow,
  clipboard,
  ClipboardItem,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
})
