import type { DatabaseSync } from 'node:sqlite'
import { pragma } from './schema.ts'
import { secondMs, secondsKeptMs, stepsMs } from './sums.ts'
import type { Texts } from './texts/texts.ts'
import type { Writer } from './writer.ts'

export interface Retention {
  days: number
  attempts: number
}

const dayMs = 86_400_000
/** Deleted at a time, so that writing waits only a moment. */
const requestsPerStep = 2_000
const attemptsPerStep = 4_000
const pagesPerStep = 500
/** Sums are small, and what is left when the rows are gone. */
const sumsDays = 400

/** Forgets the oldest requests, a step at a time, and gives their room on the disk back. */
export function createRetention(db: DatabaseSync, writer: Pick<Writer, 'prune'>, texts: Texts) {
  const oldestOf = db.prepare('SELECT min(id) AS id FROM requests')
  const keptFrom = db.prepare('SELECT min(id) AS id FROM requests WHERE id < ? AND +started_at >= ?')
  const stepEnd = db.prepare('SELECT max(id) AS id FROM (SELECT id FROM requests ORDER BY id LIMIT ?)')
  const excessEnd = db.prepare('SELECT request AS id FROM attempts ORDER BY request, number LIMIT 1 OFFSET ?')
  const deleteAttempts = db.prepare('DELETE FROM attempts WHERE request <= ?')
  const deleteRequests = db.prepare('DELETE FROM requests WHERE id <= ?')
  const deleteStates = db.prepare('DELETE FROM key_states WHERE at < ?')
  const deleteSums = ['request_sums', 'latency_sums', 'attempt_sums'].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE step = ? AND at < ?`),
  )
  let attempts = count(db)

  const rowOf = (row: Record<string, unknown> | undefined): number | null =>
    row && row['id'] !== null ? Number(row['id']) : null

  /** The last of the next rows to delete; null when none has to go. */
  function nextEnd({ days, attempts: limit }: Retention, wallMs: number): number | null {
    if (attempts > limit) return rowOf(excessEnd.get(Math.min(attempts - limit, attemptsPerStep) - 1))
    const end = rowOf(stepEnd.get(requestsPerStep))
    if (end === null) return null
    const young = rowOf(keptFrom.get(end + 1, wallMs - days * dayMs))
    if (young === null) return end
    const oldest = rowOf(oldestOf.get())
    return oldest !== null && young > oldest ? young - 1 : null
  }

  function deleteTo(end: number): void {
    db.exec('BEGIN IMMEDIATE')
    try {
      const { changes } = deleteAttempts.run(end)
      deleteRequests.run(end)
      texts.forgetTo(end)
      writer.prune(end + 1)
      db.exec('COMMIT')
      attempts -= Number(changes)
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      texts.rolledBack()
      throw error
    }
  }

  return {
    /** True when there is more to do. */
    step(limits: Retention, wallMs: number): boolean {
      const end = nextEnd(limits, wallMs)
      if (end === null) return texts.step()
      deleteTo(end)
      return true
    },
    /** What is kept for its time alone, once in a while. */
    sweep({ days }: Retention, wallMs: number): void {
      deleteStates.run(wallMs - days * dayMs)
      for (const statement of deleteSums) {
        for (const step of stepsMs) statement.run(step, wallMs - (step === secondMs ? secondsKeptMs : sumsDays * dayMs))
      }
    },
    /** True when there is more to give back. */
    shrink(): boolean {
      if (pragma(db, 'freelist_count') === 0) return false
      db.exec(`PRAGMA incremental_vacuum(${pagesPerStep})`)
      return pragma(db, 'freelist_count') > pagesPerStep
    },
    attempts: () => attempts,
    added: (more: number) => void (attempts += more),
  }
}

const count = (db: DatabaseSync) => Number(db.prepare('SELECT count(*) AS n FROM attempts').get()?.['n'] ?? 0)
