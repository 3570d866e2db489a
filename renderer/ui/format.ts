/** Numbers, times and spans in the reader's language. Spans are kept to one unit, 19 seconds, 3 minutes, 2 hours, where a second one would tell nothing. */
import { dateTimeFormat, listFormat, numberFormat, relativeTimeFormat } from './intl.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

type SpanUnit = 'second' | 'minute' | 'hour' | 'day'

function inOneUnit(ms: number): { value: number; unit: SpanUnit } {
  if (ms < 90_000) return { value: Math.ceil(ms / 1000), unit: 'second' }
  if (ms < 90 * minuteMs) return { value: Math.ceil(ms / minuteMs), unit: 'minute' }
  if (ms < 36 * hourMs) return { value: Math.ceil(ms / hourMs), unit: 'hour' }
  return { value: Math.ceil(ms / dayMs), unit: 'day' }
}

/** In a sentence the unit is written out; in a table it is as short as the language allows. */
export type Wording = 'long' | 'short' | 'narrow'

type UnitDisplay = 'long' | 'short'

const isChinese = (language: string): boolean => language.startsWith('zh')

/** A number stands apart from the Chinese word after it, as it does in the texts around it: "19 秒". */
const apart = (text: string): string => text.replaceAll(/(\d)(?=\p{Script=Han})/gu, '$1\u00a0')

/** Seconds by their sign, "19 s": English alone would write "19 sec", or "19s" without the space that SI asks for. */
function formatUnit(value: number, unit: SpanUnit, unitDisplay: UnitDisplay, language: string, digits = 0): string {
  const isSign = unit === 'second' && unitDisplay === 'short'
  if (isSign) return formatSeconds(value, language, { maximumFractionDigits: digits })
  return apart(
    numberFormat(language, { style: 'unit', unit, unitDisplay, maximumFractionDigits: digits }).format(value),
  )
}

function formatSeconds(value: number, language: string, digits: Intl.NumberFormatOptions): string {
  const options = { style: 'unit', unit: 'second', unitDisplay: 'narrow', ...digits } as const
  const parts = numberFormat(language, options).formatToParts(value)
  return apart(parts.map(({ type, value: text }) => (type === 'unit' && text === 's' ? '\u00a0s' : text)).join(''))
}

/**
 * A span of time that lies ahead, rounded up so that a countdown never shows zero too early. Under ten minutes the
 * seconds stand beside the minutes: who waits for 91 seconds is not told of two minutes.
 */
export function formatSpan(ms: number, language: string, unitDisplay: UnitDisplay = 'short'): string {
  const { value, unit } = inOneUnit(Math.max(0, ms))
  const said = (count: number, of: SpanUnit) => formatUnit(count, of, unitDisplay, language)
  if (unit !== 'minute' || value > 10) return said(value, unit)
  const seconds = Math.ceil(ms / 1000)
  const rest = seconds % 60
  if (rest === 0) return said(seconds / 60, 'minute')
  return [said(Math.floor(seconds / 60), 'minute'), said(rest, 'second')].join('\u00a0')
}

/** "2 seconds ago", "in 19 seconds", "now"; or "2s ago". */
export function formatRelative(atMs: number, nowMs: number, language: string, style: Wording = 'long'): string {
  const distance = atMs - nowMs
  const { value, unit } = inOneUnit(Math.abs(distance))
  // Written out, Chinese would say 秒钟 here and 秒 everywhere else.
  const wording = isChinese(language) ? 'short' : style
  const format = relativeTimeFormat(language, { numeric: 'auto', style: wording })
  return apart(format.format(distance < 0 ? -value : value, unit))
}

export const formatInteger = (value: number, language: string): string => numberFormat(language, {}).format(value)

/** What something costs, by a price list: always an estimate, and marked as one. "~$0.42"; a fraction of a cent is said as such. */
export function formatCost(dollars: number, language: string): string {
  const currency = { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' } as const
  const least = 0.01
  if (dollars > 0 && dollars < least) {
    return `<${numberFormat(language, { ...currency, minimumFractionDigits: 2 }).format(least)}`
  }
  return `~${numberFormat(language, { ...currency, maximumFractionDigits: 2 }).format(dollars)}`
}

/** The same for one answer, where a fraction of a cent is what there is to compare: "~$0.00031". */
export function formatSmallCost(dollars: number, language: string): string {
  const currency = { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' } as const
  const digits = dollars > 0 && dollars < 1 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 2 }
  return `~${numberFormat(language, { ...currency, ...digits }).format(dollars)}`
}

/** A share between 0 and 1. Only a whole 100 % is shown as 100 %: 0.9996 stays 99.9 %. */
export function formatShare(share: number, language: string): string {
  const shown = share < 1 ? Math.min(share, 0.999) : 1
  return numberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(shown)
}

/** How long a call took: "402 ms", "1.3 s". */
export function formatDuration(ms: number, language: string): string {
  if (ms < 1000) {
    const format = numberFormat(language, { style: 'unit', unit: 'millisecond', unitDisplay: 'short' })
    return apart(format.format(Math.round(ms)))
  }
  return formatUnit(ms / 1000, 'second', 'short', language, ms < 100_000 ? 1 : 0)
}

/** Two durations with one unit between them: "412 · 980 ms", "2.0 · 4.1 s". */
export function formatDurations(lowMs: number, highMs: number, language: string): string {
  const inSeconds = highMs >= 1_000
  const digits = inSeconds ? 1 : 0
  const plain = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  const low = numberFormat(language, plain).format(inSeconds ? lowMs / 1_000 : lowMs)
  if (!inSeconds) return `${low} · ${formatDuration(highMs, language)}`
  return `${low} · ${formatSeconds(highMs / 1_000, language, plain)}`
}

const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const

/** The time of day to the second: "23:04:11". */
export const formatClock = (atMs: number, language: string): string => dateTimeFormat(language, clock).format(atMs)

const timeOfDay = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

/** The time of day to the minute: "23:04". */
export const formatTimeOfDay = (atMs: number, language: string): string =>
  dateTimeFormat(language, timeOfDay).format(atMs)

const moment = { dateStyle: 'medium', timeStyle: 'short' } as const

/** A day and the time on it: "24 Nov 2026, 23:04". */
export const formatMoment = (atMs: number, language: string): string => dateTimeFormat(language, moment).format(atMs)

const dayAndClock = { month: 'short', day: 'numeric', ...clock } as const

/** The time of day, and the day when it is another one: "23:04:11", "24 Nov, 23:04:11". */
export function formatShortMoment(atMs: number, nowMs: number, language: string): string {
  const isToday = new Date(atMs).toDateString() === new Date(nowMs).toDateString()
  return dateTimeFormat(language, isToday ? clock : dayAndClock).format(atMs)
}

const han = /\p{Script=Han}/u

/** Several things, with an "and" before the last: "a, b and c". The Chinese "和" stands apart from what is not Chinese. */
export function formatList(items: Iterable<string>, language: string): string {
  const parts = listFormat(language, { type: 'conjunction' }).formatToParts(items)
  if (!isChinese(language)) return parts.map(({ value }) => value).join('')
  const said = parts.map(({ type, value }, index) => {
    if (type === 'element' || value !== '和') return value
    const before = han.test(parts[index - 1]?.value.at(-1) ?? '') ? '' : ' '
    return `${before}${value}${han.test(parts[index + 1]?.value[0] ?? '') ? '' : ' '}`
  })
  return said.join('')
}

/** Several things side by side, of which more may follow: "a, b, c", "a、b、c". */
export const formatRow = (items: readonly string[], language: string): string =>
  items.join(isChinese(language) ? '、' : ', ')

/** Whole sentences, one after the other; a Chinese full stop has its space with it. */
export const formatSentences = (sentences: readonly string[], language: string): string =>
  sentences.filter((sentence) => sentence !== '').join(isChinese(language) ? '' : ' ')
