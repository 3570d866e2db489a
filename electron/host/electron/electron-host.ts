import { randomBytes } from 'node:crypto'
import type { App, IpcMain, SafeStorage } from 'electron'
import { createFileProtector } from '../../vault/file-protector.ts'
import { nodeFileSystem } from '../../vault/file-system.ts'
import type { Folders } from '../data-folder.ts'
import type { Host } from '../host.ts'
import { createOsProtector } from './os-protector.ts'
import { createElectronSettings } from './settings.ts'

/** What the application finds when it runs in Electron. The key file is here too: a vault may come from the browser host. */
export interface ElectronParts {
  app: Pick<App, 'getPreferredSystemLanguages' | 'getLocale'>
  ipcMain: Pick<IpcMain, 'removeAllListeners'>
  safeStorage: SafeStorage
}

export function createElectronHost(folders: Folders, { app, ipcMain, safeStorage }: ElectronParts): Host {
  const fileProtector = createFileProtector({
    fs: nodeFileSystem,
    keyFolder: folders.keys,
    dataFolder: folders.data,
    platform: process.platform,
    uid: process.getuid?.(),
    randomBytes,
  })
  return {
    kind: 'electron',
    dataFolder: folders.data,
    locale: app.getPreferredSystemLanguages()[0] ?? app.getLocale(),
    canClearClipboard: false,
    protectors: [createOsProtector(safeStorage, process.platform), fileProtector],
    settings: createElectronSettings(ipcMain, folders.data),
  }
}
