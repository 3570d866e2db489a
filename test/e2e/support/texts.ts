import { join } from 'node:path'
import { readTexts } from '../../renderer/support/texts.ts'

export const languages = ['en', 'zh-CN'] as const
export type Language = (typeof languages)[number]

const folder = join(import.meta.dirname, '..', '..', '..', 'renderer', 'i18n')

/** What the page says under a key, `namespace:key`, with its blanks filled in; a plural is named by its form. */
export function textsOf(language: Language) {
  const texts = readTexts(join(folder, language))
  return (name: string, values: Readonly<Record<string, string | number>> = {}): string => {
    const [namespace = '', key = ''] = name.split(':')
    const text = texts.get(namespace)?.get(key)
    if (text === undefined) throw new Error(`There is no text ${name} in ${language}`)
    return text.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (_, blank: string) => String(values[blank] ?? ''))
  }
}
