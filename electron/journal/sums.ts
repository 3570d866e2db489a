// Sums are added to in the same transaction as the rows they count, so that they equal a recount of them.
import type { DatabaseSync, StatementSync } from 'node:sqlite'
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
  /** Its code. */
  kind: number
}

/** Adds up a batch in memory second by second, and writes one row a sum of each length. */
export function createSums(db: DatabaseSync) {
  const requests = createTally(requestSums.length)
  const latencies = createTally(1)
  const attempts = createTally(2)
  const writers = [
    { tally: requests, statement: db.prepare(additive('request_sums', requestKeys, requestSums)) },
    { tally: latencies, statement: db.prepare(additive('latency_sums', ['step', 'at', 'model', 'bucket'], ['n'])) },
    {
      tally: attempts,
      statement: db.prepare(additive('attempt_sums', ['step', 'at', 'model', 'key', 'kind'], ['n', 'duration_ms'])),
    },
  ]

  return {
    addRequest(request: FinishedRequest): void {
      const { endedAtMs, durationMs, model, client, result, promptTokens, completionTokens, costMicros } = request
      const sums = requests.rowOf(endedAtMs, model, client, 0)
      sums[0]! += 1
      sums[resultColumn[result]]! += 1
      sums[4]! += Number(request.saved)
      sums[5]! += promptTokens ?? 0
      sums[6]! += completionTokens ?? 0
      sums[7]! += Number(request.estimated)
      sums[8]! += costMicros ?? 0
      sums[9]! += Number(promptTokens !== null && costMicros === null)
      if (result === 'served') latencies.rowOf(endedAtMs, model, bucketOf(durationMs), 0)[0]! += 1
    },
    addAttempt({ endedAtMs, durationMs, model, key, kind }: FinishedAttempt): void {
      const sums = attempts.rowOf(endedAtMs, model, key, kind)
      sums[0]! += 1
      sums[1]! += durationMs
    },
    /** Within the transaction of the rows. */
    write(): void {
      for (const { tally, statement } of writers) tally.write(statement)
      this.forget()
    },
    forget(): void {
      for (const { tally } of writers) tally.forget()
    },
  }
}

/** Where `requestSums` counts what came of a request. */
const resultColumn: Record<FinishedRequest['result'], number> = { served: 1, failed: 2, cancelled: 3 }

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

/** Sums by second and up to three numbers, none of them larger than a name's id can be. */
function createTally(width: number) {
  const seconds = new Map<number, Map<number, Row>>()
  const hasKind = width === 2

  function rowOf(atMs: number, a: number, b: number, c: number): Float64Array {
    const second = Math.floor(atMs / secondMs)
    let rows = seconds.get(second)
    if (!rows) seconds.set(second, (rows = new Map<number, Row>()))
    const name = (a * mostIds + b) * mostKinds + c
    let row = rows.get(name)
    if (!row) rows.set(name, (row = { keys: hasKind ? [a, b, c] : [a, b], sums: new Float64Array(width) }))
    return row.sums
  }

  return {
    rowOf,
    write(statement: StatementSync): void {
      for (const step of stepsMs) {
        for (const [at, rows] of rolledUp(seconds, step)) {
          for (const { keys, sums } of rows.values()) statement.run(step, at, ...keys, ...sums)
        }
      }
    },
    forget: () => seconds.clear(),
  }
}

interface Row {
  keys: readonly number[]
  sums: Float64Array
}

/** Enough for every name that a machine will ever have: with it and a kind a number is still exact. */
const mostIds = 2 ** 24
const mostKinds = 16

function rolledUp(seconds: ReadonlyMap<number, ReadonlyMap<number, Row>>, step: number) {
  const steps = new Map<number, Map<number, Row>>()
  for (const [second, rows] of seconds) {
    const at = Math.floor((second * secondMs) / step) * step
    const into = steps.get(at) ?? new Map<number, Row>()
    steps.set(at, into)
    for (const [name, { keys, sums }] of rows) {
      const sum = into.get(name)
      if (sum) for (const [column, value] of sums.entries()) sum.sums[column]! += value
      else into.set(name, { keys, sums: sums.slice() })
    }
  }
  return steps
}
