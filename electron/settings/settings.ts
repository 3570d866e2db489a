import { defaultSettings, Settings, type SettingsChange } from '../../shared/settings.ts'

/** Where single settings are kept; what it holds may be lost or edited by hand, so it is never trusted. */
export interface SettingsFile {
  get(name: string): unknown
  set(name: string, value: unknown): void
}

/** The application's settings: each one that is missing or unusable in the file has its default. */
export function createSettings(file: SettingsFile) {
  const get = (): Settings => {
    const read = (name: keyof Settings) => {
      const parsed = Settings.shape[name].safeParse(file.get(name))
      return parsed.success ? parsed.data : defaultSettings[name]
    }
    return Settings.parse(Object.fromEntries(Settings.keyof().options.map((name) => [name, read(name)])))
  }
  return {
    get,
    set(change: SettingsChange): Settings {
      for (const [name, value] of Object.entries(change)) {
        if (value !== undefined) file.set(name, value)
      }
      return get()
    },
  }
}
