import type { ExportPart, ExportQuery, JournalEntry, RequestTexts } from '../../shared/activity.ts'
import { cell, type CellValue } from '../../shared/csv-cell.ts'
import type { AttemptView } from '../../shared/request.ts'
import type { Pages } from './pages.ts'
import type { Texts } from './texts/texts.ts'

const requestsPerPart = 200

/** What the filter shows as a file, newest first, a part at a time: whoever asks sets the pace. */
export function exportPart(pages: Pages, texts: Pick<Texts, 'of'>, query: ExportQuery): ExportPart {
  const { filter, format, position, written, withTexts = false } = query
  const page = pages.page({ filter, position, direction: 'older', limit: requestsPerPart })
  const isFirst = position === null
  const isLast = page.next === null
  const entries = page.requests.map((entry) => (withTexts ? { ...entry, texts: texts.of(entry.position) } : entry))
  return {
    text:
      format === 'csv'
        ? csv(entries, isFirst, withTexts)
        : (isFirst ? '{"requests":[' : '') + json(entries, written, isLast),
    requests: page.requests.length,
    next: page.next,
    progress: progressOf(page.range, page.next),
  }
}

function progressOf(range: { oldest: number; newest: number } | null, next: number | null): number {
  if (next === null || !range) return 1
  return (range.newest - next + 1) / (range.newest - range.oldest + 1)
}

type Entry = JournalEntry & { texts?: RequestTexts | null }
type Column = readonly [name: string, value: (entry: Entry, attempt: AttemptView | null) => CellValue]

const columns: readonly Column[] = [
  ['request', ({ id }) => id],
  ['started', ({ startedAtMs }) => time(startedAtMs)],
  ['ended', ({ endedAtMs }) => time(endedAtMs)],
  ['model', ({ modelName }) => modelName],
  ['client', ({ client }) => client],
  ['result', ({ result }) => result],
  ['failure', ({ failure }) => failure?.code],
  ['first_output_ms', ({ firstOutputMs }) => firstOutputMs],
  ['prompt_tokens', ({ usage }) => usage?.promptTokens],
  ['completion_tokens', ({ usage }) => usage?.completionTokens],
  ['tokens_estimated', ({ usage }) => (usage ? usage.estimated === true : null)],
  ['cost_usd', ({ costMicros }) => (costMicros === null ? null : (costMicros / 1_000_000).toFixed(6))],
  ['attempt', (_entry, attempt) => attempt?.number],
  ['key', (_entry, attempt) => attempt?.keyLabel],
  ['key_id', (_entry, attempt) => attempt?.keyId],
  ['attempt_started', (_entry, attempt) => time(attempt?.startedAtMs)],
  ['attempt_ms', (_entry, attempt) => attempt?.durationMs],
  ['outcome', (_entry, attempt) => attempt?.outcome?.kind],
  ['status', (_entry, attempt) => attempt?.outcome?.status],
  ['provider_code', (_entry, attempt) => attempt?.outcome?.providerCode],
  ['provider_message', (_entry, attempt) => attempt?.outcome?.providerMessage],
  ['retry_after_ms', (_entry, attempt) => attempt?.outcome?.retryAfterMs],
]

const textColumns: readonly Column[] = [
  ['prompt', ({ texts }) => texts?.asked?.text],
  ['answer', ({ texts }) => texts?.answered?.text],
]

/** RFC 4180: one line an attempt, and one for a request that had none. */
function csv(entries: readonly Entry[], isFirst: boolean, withTexts: boolean): string {
  const shown = withTexts ? [...columns, ...textColumns] : columns
  const lines = entries.flatMap((entry) => {
    const attempts = entry.attempts.length === 0 ? [null] : entry.attempts
    return attempts.map((attempt) => shown.map(([, value]) => cell(value(entry, attempt))).join(','))
  })
  const head = isFirst ? [shown.map(([name]) => name).join(',')] : []
  return [...head, ...lines].map((line) => `${line}\r\n`).join('')
}

const time = (atMs: number | null | undefined) =>
  atMs === null || atMs === undefined ? null : new Date(atMs).toISOString()

function json(entries: readonly Entry[], written: number, isLast: boolean): string {
  const lines = entries.map(
    (entry, nth) => `${written + nth === 0 ? '' : ','}\n${JSON.stringify(withoutPosition(entry))}`,
  )
  return lines.join('') + (isLast ? '\n]}\n' : '')
}

/** A position means something here only. */
const withoutPosition = (entry: Entry) => ({ ...entry, position: undefined })
