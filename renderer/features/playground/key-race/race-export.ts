import { cell, type CellValue } from '../../../../shared/csv-cell.ts'
import type { RaceCall } from '../../../../shared/key-race.ts'
import { valueOf } from './race-figures.ts'

const columns: readonly (readonly [name: string, value: (call: RaceCall) => CellValue])[] = [
  ['key', ({ keyLabel }) => keyLabel],
  ['key_id', ({ keyId }) => keyId],
  ['round', ({ round }) => round],
  ['request', ({ requestId }) => requestId],
  ['result', ({ failure }) => failure?.code ?? 'served'],
  ['status', ({ outcome }) => outcome?.status],
  ['provider_code', ({ outcome }) => outcome?.providerCode],
  ['provider_message', ({ outcome }) => outcome?.providerMessage],
  ['first_output_ms', ({ firstOutputMs }) => firstOutputMs],
  ['duration_ms', ({ durationMs }) => durationMs],
  ['waited_ms', ({ waitedMs }) => waitedMs],
  ['attempts', ({ attempts }) => attempts],
  ['tokens_per_second', (call) => valueOf(call, 'speed')],
  ['prompt_tokens', ({ usage }) => usage?.promptTokens],
  ['completion_tokens', ({ usage }) => usage?.completionTokens],
  ['tokens_estimated', ({ usage }) => (usage ? usage.estimated === true : null)],
  ['cost_usd', ({ cost }) => (cost === null ? null : (cost.micros / 1_000_000).toFixed(6))],
  ['headers', ({ headers }) => headers.map(([name, value]) => `${name}: ${value}`).join('; ')],
]

/** One line a call. */
export function raceCsv(calls: readonly RaceCall[]): string {
  const head = columns.map(([name]) => name).join(',')
  const lines = calls.map((call) => columns.map(([, value]) => cell(value(call))).join(','))
  return [head, ...lines].map((line) => `${line}\r\n`).join('')
}

export const raceJson = (model: string, calls: readonly RaceCall[]): string =>
  `${JSON.stringify({ model, calls }, null, 2)}\n`
