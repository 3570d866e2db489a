import { setTimeout as sleep } from 'node:timers/promises'
import type { App, Dialog, IpcMain, PowerMonitor, SafeStorage, Shell } from 'electron'
import type { Folders } from '../data-folder.ts'
import type { Clipboard } from '../../vault-access/clipboard-loan.ts'
import type { Host } from '../host.ts'
import { keyFileProtector } from '../key-file.ts'
import { createChooseFile } from './choose-file.ts'
import type { Desktop } from '../../desktop/desktop.ts'
import { createNotify, type SystemNotification } from './notifications.ts'
import { createOsProtector } from './os-protector.ts'
import { createElectronSettings } from './settings.ts'

/** What the application finds when it runs in Electron. The key file is here too: a vault may come from the browser host. */
export interface ElectronParts {
  app: Pick<App, 'getPreferredSystemLanguages' | 'getLocale'>
  ipcMain: Pick<IpcMain, 'removeAllListeners'>
  safeStorage: SafeStorage
  clipboard: Clipboard
  powerMonitor: Pick<PowerMonitor, 'on'>
  dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>
  shell: Pick<Shell, 'openPath'>
  notification: SystemNotification
  /** Called when a notification is clicked. */
  comeToFront: () => void
  homeFolder: string
  desktop: Desktop
  /** Tells when the page's process died. */
  onPageGone: (listener: () => void) => void
}

const loanSetting = 'clipboardLoan'

export function createElectronHost(folders: Folders, parts: ElectronParts): Host {
  const { app, ipcMain, safeStorage, clipboard, powerMonitor, dialog, shell, homeFolder } = parts
  const settings = createElectronSettings(ipcMain, folders.data)
  const notify = createNotify(parts.notification, parts.comeToFront)
  return {
    kind: 'electron',
    dataFolder: folders.data,
    homeFolder,
    locale: app.getPreferredSystemLanguages()[0] ?? app.getLocale(),
    canClearClipboard: true,
    clipboard: {
      ...clipboard,
      memory: {
        read: () => settings.get(loanSetting),
        write: (loan) => settings.set(loanSetting, loan),
      },
    },
    chooseFile: createChooseFile(dialog),
    // It answers with what went wrong, in words of the system.
    openFolder: async (path) => (await shell.openPath(path)) === '',
    ...(notify && { notify }),
    onAway(listener) {
      powerMonitor.on('suspend', listener)
      powerMonitor.on('lock-screen', listener)
      parts.onPageGone(listener)
    },
    desktop: parts.desktop,
    protectors: [createOsProtector(safeStorage, process.platform, sleep), keyFileProtector(folders, process.platform)],
    settings,
  }
}
