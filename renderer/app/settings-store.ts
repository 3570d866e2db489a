import { create } from 'zustand'
import type { Settings, SettingsChange } from '../../shared/settings.ts'
import { changeLanguage, systemLanguage, type Language } from '../i18n/i18n.ts'
import { client } from './client.ts'

interface SettingsStore {
  settings: Settings
  /** Reads what main holds; until then the page looks as it did the last time. */
  load: () => Promise<void>
  change: (edit: SettingsChange) => Promise<void>
}

/** Until main has answered. Written here, because a schema at run time would be code made from a string. */
const untilKnown: Settings = {
  theme: 'system',
  language: 'system',
  density: 'normal',
  simulator: false,
  idleLockMinutes: 15,
  lockVaultOnIdle: false,
  gateway: { on: false, port: 4141 },
  proxy: { mode: 'off', url: '', user: '', direct: [] },
  logLevel: 'info',
  journalDays: 30,
  journalAttempts: 2_000_000,
  formulas: false,
  journalTexts: false,
  notify: [],
  presentation: false,
  closeToTray: false,
  panicShortcut: true,
  contentProtection: false,
}

const shownKey = 'keywheel:shown'

/** Only how the page looked last time, so that its first frame is in the right theme and language. */
function rememberedLooks(storage: Pick<Storage, 'getItem'>): Pick<Settings, 'theme' | 'language'> {
  const [theme, language] = (storage.getItem(shownKey) ?? '').split(' ')
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : untilKnown.theme,
    language: language === 'en' || language === 'zh-CN' ? language : untilKnown.language,
  }
}

export const shownLanguage = (chosen: Settings['language'], tags: readonly string[]): Language =>
  chosen === 'system' ? systemLanguage(tags) : chosen

async function show(settings: Settings): Promise<void> {
  document.documentElement.dataset['density'] = settings.density
  window.localStorage.setItem(shownKey, `${settings.theme} ${settings.language}`)
  await changeLanguage(shownLanguage(settings.language, navigator.languages))
}

export const useSettings = create<SettingsStore>((set) => {
  const take = async (settings: Settings) => {
    await show(settings)
    set({ settings })
  }
  return {
    settings: { ...untilKnown, ...rememberedLooks(window.localStorage) },
    load: async () => take(await client.settings.get()),
    change: async (edit) => take(await client.settings.set(edit)),
  }
})
