import type { IpcMain } from 'electron'
import ElectronStore from 'electron-store'
import type { SettingsFile } from '../../settings/settings.ts'
import { settingsFileOptions } from '../settings-file.ts'

export function createElectronSettings(ipcMain: Pick<IpcMain, 'removeAllListeners'>, dataFolder: string): SettingsFile {
  const { configName, ...options } = settingsFileOptions(dataFolder)
  const store = new ElectronStore<Record<string, unknown>>({ ...options, name: configName })
  // electron-store answers any frame that asks where its data lies; no page of ours has to know.
  ipcMain.removeAllListeners('electron-store-get-data')
  return { get: (name) => store.get(name), set: (name, value) => store.set(name, value) }
}
