import { exists, type TFunction } from 'i18next'
import type { FailureData } from '../../../shared/failure.ts'
import type { Imported, ImportNotice, SourceFormat } from '../../../shared/transfer.ts'
import type { FailureText } from '../../app/failure-message.ts'
import type { Texts } from '../../i18n/en.ts'
import { formatSentences } from '../../ui/format.ts'

export type ImportText = TFunction<'import'>

type NoticeCode = keyof Texts['import']['notice']
type IgnoreCode = keyof Texts['import']['ignored']
type KeyReason = keyof Texts['import']['keyReason']
type ApiBaseCode = FailureData<'API_BASE_REFUSED'>['reason']

/** Main may learn a code before the page has a sentence for it; it is then told in general words, never hidden. */
const isNotice = (code: string): code is NoticeCode => exists(`import:notice.${code}`)
const isIgnored = (code: string): code is IgnoreCode => exists(`import:ignored.${code}`)
const isKeyReason = (code: string): code is KeyReason => exists(`import:keyReason.${code}`)
const isApiBase = (code: string): code is ApiBaseCode => exists(`failures:apiBase.${code}`)

/** What is worth knowing, in one sentence. The name is a variable's or a model's; never a value. */
export const noticeText = ({ code, name }: ImportNotice, t: ImportText): string =>
  t(`notice.${isNotice(code) ? code : 'other'}`, { name: name ?? t('thisLine') })

const apiBasePrefix = 'api-base:'

export function ignoredText(reason: string, t: ImportText, failureText: FailureText): string {
  const base = reason.startsWith(apiBasePrefix) ? reason.slice(apiBasePrefix.length) : ''
  if (isApiBase(base)) return failureText(`apiBase.${base}`)
  return t(`ignored.${isIgnored(reason) ? reason : 'other'}`)
}

/** Why something that stood among the keys is none. */
export const keyReasonText = (reason: string, t: ImportText): string =>
  t(`keyReason.${isKeyReason(reason) ? reason : 'other'}`)

export const formatText = (format: SourceFormat, t: ImportText): string => t(`format.${format}`)

export function placeText({ line, column }: Pick<ImportNotice, 'line' | 'column'>, t: ImportText): string {
  if (line === null) return ''
  return column === null ? t('line', { line }) : t('lineColumn', { line, column })
}

/** What an import has done, in one line. */
export function doneText({ models, keys, removed }: Imported, t: ImportText, language: string): string {
  const parts = [t('doneModels', { count: models }), t('doneKeys', { count: keys })]
  if (removed > 0) parts.push(t('doneRemoved', { count: removed }))
  return formatSentences(parts, language)
}
