import { defaultSettings, Settings } from '../../shared/settings.ts'

/** What is left out, or undefined, stays as it is. */
export type SettingsToSet = { [Name in keyof Settings]?: Settings[Name] | undefined }

/** Where single settings are kept; what it holds may be lost or edited by hand, so it is never trusted. */
export interface SettingsFile {
  get(name: string): unknown
  set(name: string, value: unknown): void
}

/**
 * The application's settings: each one that is missing or unusable in the file has its default. On a disk that is full
 * or cannot be written, what is set holds until the application ends, and nothing that sets it fails.
 */
export function createSettings(file: SettingsFile) {
  const unkept = new Map<string, unknown>()
  const keep = (name: string, value: unknown) => {
    try {
      file.set(name, value)
      unkept.delete(name)
    } catch {
      unkept.set(name, value)
    }
  }
  const get = (): Settings => {
    const read = (name: keyof Settings) => {
      const parsed = Settings.shape[name].safeParse(unkept.has(name) ? unkept.get(name) : file.get(name))
      return parsed.success ? parsed.data : defaultSettings[name]
    }
    return Settings.parse(Object.fromEntries(Settings.keyof().options.map((name) => [name, read(name)])))
  }
  return {
    get,
    set(change: SettingsToSet): Settings {
      for (const [name, value] of Object.entries(change)) {
        if (value !== undefined) keep(name, value)
      }
      return get()
    },
  }
}

type AppSettings = ReturnType<typeof createSettings>

/** The same settings, where whatever follows them hears of every change. */
export function thenFollowed(settings: AppSettings, changed: (now: Settings) => void): AppSettings {
  return {
    get: settings.get,
    set(change) {
      const now = settings.set(change)
      changed(now)
      return now
    },
  }
}
