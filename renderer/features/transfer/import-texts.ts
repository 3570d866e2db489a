import type { TFunction } from 'i18next'
import type { ImportNotice } from '../../../shared/transfer.ts'
import type { Texts } from '../../i18n/en.ts'

export type TransferText = TFunction<'transfer'>

type NoticeCode = keyof Texts['transfer']['notice']
type IgnoreCode = keyof Texts['transfer']['ignored']

const otherCode = 'other'

/** Main may learn a code before the page has a sentence for it; it is then shown in general words, never hidden. */
function knownCode<C extends string>(code: string, exists: (key: string) => boolean, fallback: C): C {
  return exists(code) ? (code as C) : fallback
}

/** What is worth knowing, in one sentence. The name is a variable's or a model's; never a value. */
export function noticeText({ code, name }: ImportNotice, t: TransferText, exists: (key: string) => boolean): string {
  const known = knownCode<NoticeCode>(code, (key) => exists(`transfer:notice.${key}`), otherCode)
  return t(`notice.${known}`, { name: name ?? t('thisLine') })
}

export function ignoredText(reason: string, t: TransferText, exists: (key: string) => boolean): string {
  const code = reason.startsWith('api-base:') ? 'api-base' : reason
  return t(`ignored.${knownCode<IgnoreCode>(code, (key) => exists(`transfer:ignored.${key}`), otherCode)}`)
}

export function placeText({ line, column }: Pick<ImportNotice, 'line' | 'column'>, t: TransferText): string {
  if (line === null) return ''
  return column === null ? t('line', { line }) : t('lineColumn', { line, column })
}
