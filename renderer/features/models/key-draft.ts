import type { KeyChange, KeyLimits, KeyView } from '../../../shared/key.ts'
import { typedNumber } from './typed-number.ts'

export const limitNames = ['requestsPerMinute', 'tokensPerMinute', 'requestsPerDay', 'concurrency'] as const
export type LimitName = (typeof limitNames)[number]

/** A key's terms as they stand in the form: text, also where the key has none or a number. */
export interface KeyDraft {
  label: string
  weight: string
  account: string
  /** `2026-11-24`: the last day on which it is used; empty for none. */
  lastDay: string
  note: string
  tags: readonly string[]
  limits: Record<LimitName, string>
}

const twoDigits = (value: number) => String(value).padStart(2, '0')

/** The day of a moment where the person is: `2026-11-24`. */
export function dayOf(atMs: number): string {
  const date = new Date(atMs)
  const year = String(date.getFullYear()).padStart(4, '0')
  return `${year}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`
}

/** The last millisecond of a day where the person is; NaN for a text that names none. */
export function endOfDayMs(day: string): number {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day.trim()) ?? []
  if (year === undefined) return Number.NaN
  const end = new Date(Number(year), Number(month) - 1, Number(date), 23, 59, 59, 999)
  // A day that no calendar has would be another one.
  return dayOf(end.getTime()) === day.trim() ? end.getTime() : Number.NaN
}

export function draftOfKey(key: KeyView): KeyDraft {
  const { label, weight, account, note, tags, limits, expiresAtMs } = key
  return {
    label,
    weight: String(weight),
    account,
    lastDay: expiresAtMs === null ? '' : dayOf(expiresAtMs),
    note,
    tags,
    limits: mapLimits((name) => String(limits[name] ?? '')),
  }
}

const mapLimits = <T>(make: (name: LimitName) => T): Record<LimitName, T> => ({
  requestsPerMinute: make('requestsPerMinute'),
  tokensPerMinute: make('tokensPerMinute'),
  requestsPerDay: make('requestsPerDay'),
  concurrency: make('concurrency'),
})

const limitIn = (text: string): number | null => (text.trim() === '' ? null : typedNumber(text))

/** Only what differs from the key as main has it now. */
export function changeOfKey(draft: KeyDraft, key: KeyView): KeyChange {
  const before = draftOfKey(key)
  const change: KeyChange = {}
  if (draft.label.trim() !== before.label) change.label = draft.label
  if (draft.weight.trim() !== before.weight) change.weight = typedNumber(draft.weight)
  if (draft.account.trim() !== before.account) change.account = draft.account
  if (draft.lastDay !== before.lastDay) change.expiresAtMs = draft.lastDay === '' ? null : endOfDayMs(draft.lastDay)
  if (draft.note.trim() !== before.note) change.note = draft.note
  if (draft.tags.join('\n') !== before.tags.join('\n')) change.tags = [...draft.tags]
  if (limitNames.some((name) => draft.limits[name].trim() !== before.limits[name])) {
    change.limits = mapLimits((name) => limitIn(draft.limits[name])) satisfies KeyLimits
  }
  return change
}

/** What has to be saved for the key to be again as it is now. */
export function undoOf(change: KeyChange, key: KeyView): KeyChange {
  const { label, weight, account, expiresAtMs, note, tags, limits } = key
  const now: Required<KeyChange> = { label, weight, account, expiresAtMs, note, tags, limits }
  return Object.fromEntries(Object.entries(now).filter(([field]) => field in change))
}
