import Conf from 'conf'
import type { SettingsFile } from '../settings/settings.ts'

/**
 * How the settings are kept, in the words that conf and electron-store share: both hosts use the same file. Settings
 * may be lost, so a damaged file is replaced; nothing that may not be lost belongs in it.
 */
export const settingsFileOptions = (dataFolder: string) => ({
  cwd: dataFolder,
  configName: 'settings',
  configFileMode: 0o600,
  clearInvalidConfig: true,
  accessPropertiesByDotNotation: false,
})

export function createSettingsFile(dataFolder: string): SettingsFile {
  const conf = new Conf<Record<string, unknown>>(settingsFileOptions(dataFolder))
  return { get: (name) => conf.get(name), set: (name, value) => conf.set(name, value) }
}
