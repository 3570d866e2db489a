// Sums are added to in the same transaction as the rows they count, so that they equal a recount of them.
import type { DatabaseSync } from 'node:sqlite'
import type { OutcomeKind } from '../../shared/outcome.ts'
import { kindCodes } from './codes.ts'
import { bucketOf } from './latency-histogram.ts'

export const secondMs = 1_000
export const minuteMs = 60_000
/** Every zone's midnight falls on one. */
export const quarterMs = 900_000
export const stepsMs = [secondMs, minuteMs, quarterMs, 21_600_000] as const

/** Seconds are for the last minutes only; the longer steps say what is older. */
export const secondsKeptMs = 20 * minuteMs

/** The steps that still count everything since then. */
export const stepsSince = (fromMs: number, wallMs: number): readonly number[] =>
  fromMs >= wallMs - secondsKeptMs ? stepsMs : stepsMs.filter((step) => step !== secondMs)

export interface FinishedRequest {
  endedAtMs: number
  durationMs: number
  model: number
  client: number
  result: 'served' | 'failed' | 'cancelled'
  saved: boolean
  promptTokens: number | null
  completionTokens: number | null
  estimated: boolean
  costMicros: number | null
}

export interface FinishedAttempt {
  endedAtMs: number
  durationMs: number
  model: number
  key: number
  kind: OutcomeKind
}

/** Adds up a batch in memory, and writes one row a sum. */
export function createSums(db: DatabaseSync) {
  const requests = db.prepare(additive('request_sums', requestKeys, requestSums))
  const latencies = db.prepare(additive('latency_sums', ['step', 'at', 'model', 'bucket'], ['n']))
  const attempts = db.prepare(additive('attempt_sums', ['step', 'at', 'model', 'key', 'kind'], ['n', 'duration_ms']))
  const tallies = [createTally(requestSums.length), createTally(1), createTally(2)] as const
  const [requestTally, latencyTally, attemptTally] = tallies

  return {
    addRequest(request: FinishedRequest): void {
      const { endedAtMs, durationMs, model, client, result, saved, promptTokens, completionTokens, costMicros } =
        request
      const sums = [
        1,
        Number(result === 'served'),
        Number(result === 'failed'),
        Number(result === 'cancelled'),
        Number(saved),
        promptTokens ?? 0,
        completionTokens ?? 0,
        Number(request.estimated),
        costMicros ?? 0,
        Number(promptTokens !== null && costMicros === null),
      ]
      for (const step of stepsMs) {
        const at = Math.floor(endedAtMs / step) * step
        requestTally.add([step, at, model, client], sums)
        if (result === 'served') latencyTally.add([step, at, model, bucketOf(durationMs)], [1])
      }
    },
    addAttempt({ endedAtMs, durationMs, model, key, kind }: FinishedAttempt): void {
      for (const step of stepsMs) {
        const at = Math.floor(endedAtMs / step) * step
        attemptTally.add([step, at, model, key, kindCodes.codeOf(kind)], [1, durationMs])
      }
    },
    /** Within the transaction of the rows. */
    write(): void {
      requestTally.drain((row) => void requests.run(...row))
      latencyTally.drain((row) => void latencies.run(...row))
      attemptTally.drain((row) => void attempts.run(...row))
    },
    forget(): void {
      for (const tally of tallies) tally.drain(() => undefined)
    },
  }
}

const requestKeys = ['step', 'at', 'model', 'client']
/** The columns that add up, in the table's order. */
export const requestSums = [
  'finished',
  'served',
  'failed',
  'cancelled',
  'saved',
  'prompt_tokens',
  'completion_tokens',
  'estimated',
  'cost_micros',
  'unpriced',
] as const

function additive(table: string, keys: readonly string[], sums: readonly string[]): string {
  const columns = [...keys, ...sums]
  const marks = columns.map(() => '?').join(', ')
  const added = sums.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})
    ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${added}`
}

function createTally(width: number) {
  const rows = new Map<string, number[]>()
  return {
    add(key: readonly number[], values: readonly number[]): void {
      const name = key.join(' ')
      const row = rows.get(name)
      if (!row) rows.set(name, [...key, ...values])
      else for (let index = 0; index < width; index += 1) row[key.length + index]! += values[index]!
    },
    drain(write: (row: readonly number[]) => void): void {
      const drained = [...rows.values()]
      rows.clear()
      for (const row of drained) write(row)
    },
  }
}
