import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { BatchIds } from './batch-ids.ts'
import type { BatchReader } from './batch-reader.ts'
import { AttemptColumn as A, RequestColumn as R } from './batch.ts'
import { resultCodes } from './codes.ts'
import { createRows, type Rows } from './many-rows.ts'

/** What a request's row says beside its id; `requestValues` gives them in this order. */
const requestColumns = [
  'model',
  'client',
  'started_at',
  'stand_in',
  'ended_at',
  'first_output_ms',
  'result',
  'saved',
  'kinds',
  'attempts',
  'prompt_tokens',
  'completion_tokens',
  'estimated',
  'cost_micros',
  'failure_code',
  'failure',
] as const
/** Those of them that do not change. */
const fixed = 3

const attemptColumns = [
  'request',
  'number',
  'key',
  'started_at',
  'duration_ms',
  'probe',
  'outcome',
  'retry_after_ms',
  'decided_at',
  'strategy',
  'rule',
  'usable',
  'tried',
  'standing',
  'header_names',
  'header_values',
] as const

export const insertRequests = (db: DatabaseSync) =>
  createRows(db, 'requests', ['id', 'request_id', ...requestColumns], 'ON CONFLICT (request_id) DO NOTHING')

/** An attempt that was written while it was under way is written again when it has ended. */
export const insertAttempts = (db: DatabaseSync) =>
  createRows(
    db,
    'attempts',
    attemptColumns,
    `ON CONFLICT (request, number) DO UPDATE SET ${attemptColumns
      .slice(4)
      .map((name) => `${name} = excluded.${name}`)
      .join(', ')}`,
  )

export function updateRequest(db: DatabaseSync) {
  const changing = requestColumns.slice(fixed)
  const statement = db.prepare(`UPDATE requests SET ${changing.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`)
  return (row: number, values: readonly SQLInputValue[]) => void statement.run(...values.slice(fixed), row)
}

export function requestValues(reader: BatchReader, ids: BatchIds, costMicros: number | null): SQLInputValue[] {
  const standIn = reader.maybe(R.standIn)
  const failure = reader.maybe(R.failure)
  const failed = failure === null ? undefined : ids.failures[failure]
  return [
    ids.models[reader.of(R.model)]!,
    ids.clients[reader.of(R.client)]!.id,
    reader.of(R.startedAtMs),
    standIn === null ? null : ids.models[standIn]!,
    reader.maybe(R.endedAtMs),
    reader.maybe(R.firstOutputMs),
    reader.of(R.result),
    Number(isSaved(reader, ids)),
    kindsOf(reader, ids),
    reader.of(R.attempts),
    reader.maybe(R.promptTokens),
    reader.maybe(R.completionTokens),
    reader.of(R.estimated),
    costMicros,
    failed?.code ?? null,
    failed?.text ?? null,
  ]
}

export function addAttempt(rows: Rows, reader: BatchReader, ids: BatchIds, row: number): void {
  const outcome = reader.attemptMaybe(A.outcome)
  const standing = reader.attemptMaybe(A.standing)
  const headerNames = reader.attemptMaybe(A.headerNames)
  rows.add(row)
  rows.add(reader.attempt(A.number))
  rows.add(ids.keys[reader.attempt(A.key)]!.id)
  rows.add(reader.attempt(A.startedAtMs))
  rows.add(reader.attemptMaybe(A.durationMs))
  rows.add(reader.attempt(A.probe))
  rows.add(outcome === null ? null : ids.outcomes[outcome]!.id)
  for (const column of plainColumns) rows.add(reader.attemptMaybe(column))
  rows.add(standing === null ? null : ids.standings[standing]!)
  rows.add(headerNames === null ? null : ids.headerNames[headerNames]!)
  rows.add(reader.headerValues())
}

/** From `retry_after_ms` to `tried`. */
const plainColumns = [A.retryAfterMs, A.decidedAtMs, A.strategy, A.rule, A.usable, A.tried]

const served = resultCodes.codeOf('served')

/** A retry that the same key served is luck, not rotation. */
export function isSaved(reader: BatchReader, ids: BatchIds): boolean {
  if (reader.of(R.result) !== served || reader.of(R.attempts) < 2) return false
  let first: string | null = null
  let last: string | null = null
  while (reader.nextAttempt()) {
    last = ids.keys[reader.attempt(A.key)]!.keyId
    first ??= last
  }
  return first !== last
}

/** One bit for each kind of outcome that the request met. */
function kindsOf(reader: BatchReader, ids: BatchIds): number {
  let bits = 0
  while (reader.nextAttempt()) {
    const outcome = reader.attemptMaybe(A.outcome)
    if (outcome !== null) bits |= 1 << ids.outcomes[outcome]!.kind
  }
  return bits
}
