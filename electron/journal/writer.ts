// A batch is written wholly or not at all; a request that has ended never changes again.
import type { DatabaseSync } from 'node:sqlite'
import { createBatchIds, type BatchIds } from './batch-ids.ts'
import { BatchReader } from './batch-reader.ts'
import {
  AttemptColumn as A,
  RequestColumn as R,
  type BatchTables,
  type PackedBatch,
  type RecordedKeyState,
} from './batch.ts'
import { resultCodes } from './codes.ts'
import { closeInterrupted } from './interrupted.ts'
import type { Prices } from './prices.ts'
import { addAttempt, insertAttempts, insertRequests, isSaved, requestValues, updateRequest } from './request-rows.ts'
import { createSums } from './sums.ts'
import type { Texts } from './texts/texts.ts'

/** A request that has a row and has not ended, with the attempts that have been counted. */
interface OpenRow {
  row: number
  attempts: number
  counted: ReadonlySet<number>
}

const nothingBefore: ReadonlySet<number> = new Set()
const served = resultCodes.codeOf('served')
const cancelled = resultCodes.codeOf('cancelled')

export interface Writer {
  /** How many attempts were new. */
  write: (batch: PackedBatch) => number
  /** Forgets what no row from this one on can refer to. */
  prune: (oldestRow: number) => void
}

export function createWriter(db: DatabaseSync, prices: Prices, texts: Pick<Texts, 'write' | 'rolledBack'>): Writer {
  const batchIds = createBatchIds(db, prices)
  const sums = createSums(db)
  const requests = insertRequests(db)
  const attempts = insertAttempts(db)
  const update = updateRequest(db)
  const find = db.prepare('SELECT id FROM requests WHERE request_id = ?')
  const last = db.prepare('SELECT max(id) AS id FROM requests')
  const keyState = db.prepare('INSERT INTO key_states (key, at, state) VALUES (?, ?, ?)')
  const open = new Map<string, OpenRow>()
  let nextRow = 0

  function write(batch: PackedBatch): number {
    const tables = JSON.parse(batch.tables) as BatchTables
    const staged = new Map<string, OpenRow | null>()
    let added = 0
    db.exec('BEGIN IMMEDIATE')
    try {
      nextRow = Number(last.get()?.['id'] ?? 0) + 1
      const ids = batchIds.of(tables, nextRow + batch.ids.length)
      const reader = new BatchReader(batch)
      while (reader.nextRequest()) added += writeRequest(reader, ids, staged)
      requests.flush()
      attempts.flush()
      for (const state of batch.keyStates) writeKeyState(state)
      for (const exchange of batch.exchanges) texts.write(exchange)
      sums.write()
      db.exec('COMMIT')
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      for (const cache of [sums, batchIds, requests, attempts]) cache.forget()
      texts.rolledBack()
      throw error
    }
    for (const [id, row] of staged) {
      if (row) open.set(id, row)
      else open.delete(id)
    }
    return added
  }

  function writeRequest(reader: BatchReader, ids: BatchIds, staged: Map<string, OpenRow | null>): number {
    const known = reader.of(R.wasSent) === 1 ? knownRow(reader.id()) : undefined
    // It has ended, and was recorded then.
    if (known === null) return 0
    const row = known ? known.row : nextRow
    const model = reader.maybe(R.standIn) ?? reader.of(R.model)
    const usage = reader.usage()
    const cost = usage && ids.costMicros(model, usage, reader.maybe(R.endedAtMs) ?? reader.of(R.startedAtMs))
    const values = requestValues(reader, ids, cost)
    if (known) update(row, values)
    else {
      nextRow += 1
      requests.add(row)
      requests.add(reader.id())
      for (const value of values) requests.add(value)
    }
    const hasEnded = reader.maybe(R.endedAtMs) !== null
    const counted = writeAttempts(reader, ids, row, known, !hasEnded)
    if (hasEnded) sumUp(reader, ids, usage, cost)
    const count = reader.of(R.attempts)
    if (known || !hasEnded) staged.set(reader.id(), hasEnded ? null : { row, attempts: count, counted })
    return count - (known?.attempts ?? 0)
  }

  /** Undefined when it has no row, and null when it has one that is closed. */
  function knownRow(id: string): OpenRow | null | undefined {
    const row = open.get(id)
    if (row) return row
    return find.get(id) ? null : undefined
  }

  function writeAttempts(
    reader: BatchReader,
    ids: BatchIds,
    row: number,
    known: OpenRow | undefined,
    isOpen: boolean,
  ): ReadonlySet<number> {
    const before = known?.counted ?? nothingBefore
    const counted = isOpen ? new Set(before) : nothingBefore
    const isRehearsal = ids.clients[reader.of(R.client)]!.isRehearsal
    while (reader.nextAttempt()) {
      const number = reader.attempt(A.number)
      if (before.has(number)) continue
      addAttempt(attempts, reader, ids, row)
      const outcome = reader.attemptMaybe(A.outcome)
      if (outcome === null) continue
      if (isOpen) (counted as Set<number>).add(number)
      // What was played is no figure of what happened.
      if (!isRehearsal) countAttempt(reader, ids, ids.outcomes[outcome]!.kind)
    }
    return counted
  }

  function countAttempt(reader: BatchReader, ids: BatchIds, kind: number): void {
    const durationMs = reader.attemptMaybe(A.durationMs) ?? 0
    sums.addAttempt({
      endedAtMs: reader.attempt(A.startedAtMs) + durationMs,
      durationMs,
      model: ids.models[reader.attempt(A.model)]!,
      key: ids.keys[reader.attempt(A.key)]!.id,
      kind,
    })
  }

  function sumUp(reader: BatchReader, ids: BatchIds, usage: ReturnType<BatchReader['usage']>, cost: number | null) {
    const client = ids.clients[reader.of(R.client)]!
    if (client.isRehearsal) return
    const result = reader.of(R.result)
    const endedAtMs = reader.of(R.endedAtMs)
    sums.addRequest({
      endedAtMs,
      durationMs: endedAtMs - reader.of(R.startedAtMs),
      model: ids.models[reader.of(R.model)]!,
      client: client.id,
      result: result === served ? 'served' : result === cancelled ? 'cancelled' : 'failed',
      saved: isSaved(reader, ids),
      promptTokens: usage?.promptTokens ?? null,
      completionTokens: usage?.completionTokens ?? null,
      estimated: reader.of(R.estimated) === 1,
      costMicros: cost,
    })
  }

  function writeKeyState({ modelId, keyId, label, atMs, state }: RecordedKeyState): void {
    keyState.run(batchIds.names.key(modelId, keyId, label), atMs, JSON.stringify(state))
  }

  closeInterrupted(db)
  return { write, prune: (oldestRow) => batchIds.prune(oldestRow) }
}
