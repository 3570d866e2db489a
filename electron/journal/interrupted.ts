import type { DatabaseSync } from 'node:sqlite'
import type { RequestFailure } from '../../shared/request.ts'
import { isRehearsed } from '../../shared/rehearsal-terms.ts'
import { resultCodes } from './codes.ts'
import { createSums } from './sums.ts'

/** Requests that ran when the application was killed have failed; when, nobody knows: their last word is taken. */
export function closeInterrupted(db: DatabaseSync): void {
  const rows = db
    .prepare(
      `SELECT r.id, r.model, r.client, r.started_at, n.label, c.label AS client_label,
         (SELECT max(a.started_at + coalesce(a.duration_ms, 0)) FROM attempts a WHERE a.request = r.id) AS last_at
       FROM requests r JOIN names n ON n.id = r.model JOIN names c ON c.id = r.client
       WHERE r.ended_at IS NULL`,
    )
    .all()
  if (rows.length === 0) return
  const close = db.prepare('UPDATE requests SET ended_at = ?, result = ?, failure_code = ?, failure = ? WHERE id = ?')
  const sums = createSums(db)
  db.exec('BEGIN IMMEDIATE')
  for (const row of rows) {
    const startedAtMs = Number(row['started_at'])
    const endedAtMs = Math.max(startedAtMs, Number(row['last_at'] ?? 0))
    const failure = interrupted(String(row['label']))
    close.run(endedAtMs, resultCodes.codeOf('failed'), failure.code, JSON.stringify(failure), Number(row['id']))
    if (isRehearsed({ client: String(row['client_label']) })) continue
    sums.addRequest({
      endedAtMs,
      durationMs: endedAtMs - startedAtMs,
      model: Number(row['model']),
      client: Number(row['client']),
      result: 'failed',
      saved: false,
      promptTokens: null,
      completionTokens: null,
      estimated: false,
      costMicros: null,
    })
  }
  sums.write()
  db.exec('COMMIT')
}

const interrupted = (model: string): RequestFailure => ({
  code: 'interrupted',
  model,
  host: null,
  outcome: null,
  keys: [],
  retryAtMs: null,
})
