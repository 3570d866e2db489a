import i18next, { changeLanguage as change, init, use as take, type ResourceLanguage } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { numberTexts } from './number-texts.ts'

export type Language = 'en' | 'zh-CN'

/** A language is loaded when it is first shown, so that nobody waits for the other one. */
const load: Record<Language, () => Promise<ResourceLanguage>> = {
  en: async () => (await import('./en.ts')).en,
  'zh-CN': async () => (await import('./zh-CN.ts')).zhCN,
}

export function systemLanguage(tags: readonly string[]): Language {
  const first = tags[0]?.toLowerCase() ?? 'en'
  return first === 'zh' || first.startsWith('zh-') ? 'zh-CN' : 'en'
}

async function ensureLoaded(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'shell')) return
  for (const [namespace, texts] of Object.entries(await load[language]())) {
    i18next.addResourceBundle(language, namespace, texts)
  }
}

export async function startI18n(language: Language): Promise<void> {
  take(numberTexts)
  await init({
    lng: language,
    fallbackLng: false,
    defaultNS: 'shell',
    resources: { [language]: await load[language]() },
    interpolation: { escapeValue: false, alwaysFormat: true },
    react: { useSuspense: false },
  })
  initReactI18next.init(i18next)
  document.documentElement.lang = language
}

export async function changeLanguage(language: Language): Promise<void> {
  await ensureLoaded(language)
  await change(language)
  document.documentElement.lang = language
}
