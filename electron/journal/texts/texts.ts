// What requests asked and were answered, where that is wanted: beside the requests, gone with them, and the oldest of it
// gone when it takes too much of the disk.
import type { DatabaseSync } from 'node:sqlite'
import type { RequestTexts } from '../../../shared/activity.ts'
import type { Exchange } from '../batch.ts'
import { answeredText } from './answered-text.ts'
import { askedText } from './asked-text.ts'
import { keptText } from './kept-text.ts'

const mostBytes = 512 << 20
/** Deleted at a time, so that writing waits only a moment. */
const perStep = 200

export interface Texts {
  /** Within the transaction of a batch, after its requests. What no request is known for is left out. */
  write: (exchange: Exchange) => void
  of: (row: number) => RequestTexts | null
  count: () => number
  /** True when there is more to forget. */
  step: (limitBytes?: number) => boolean
  forgetTo: (row: number) => void
  forgetAll: () => void
  /** What was written or forgotten since the transaction began was not. */
  rolledBack: () => void
}

export function createTexts(db: DatabaseSync): Texts {
  const rowOf = db.prepare('SELECT id FROM requests WHERE request_id = ?')
  const insert = db.prepare(
    `INSERT INTO texts (request, asked, asked_cut, answered, answered_cut, bytes) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (request) DO NOTHING`,
  )
  const find = db.prepare('SELECT asked, asked_cut, answered, answered_cut FROM texts WHERE request = ?')
  const counted = db.prepare('SELECT count(*) AS n FROM texts')
  const bytes = db.prepare('SELECT sum(bytes) AS n FROM texts')
  const oldest = db.prepare(`DELETE FROM texts WHERE request IN (SELECT request FROM texts ORDER BY request LIMIT ?)`)
  const all = db.prepare('DELETE FROM texts')
  const upTo = db.prepare('DELETE FROM texts WHERE request <= ?')
  /** Null when it has to be counted again. */
  let kept: number | null = null
  const count = () => (kept ??= Number(counted.get()?.['n']))
  const changedBy = (rows: number) => void (kept = kept === null ? null : kept + rows)
  const forgotten = ({ changes }: { changes: number | bigint }) => changedBy(-Number(changes))

  return {
    count,
    write({ id, asked, answered, secrets }) {
      const row = rowOf.get(id)
      if (!row) return
      const [question, answer] = [textOf(askedText, asked, secrets), textOf(answeredText, answered, secrets)]
      const size = Buffer.byteLength((question?.text ?? '') + (answer?.text ?? ''))
      const values = [question, answer].flatMap((said) => [said?.text ?? null, Number(said?.cut === true)])
      const { changes } = insert.run(Number(row['id']), ...values, size)
      changedBy(Number(changes))
    },
    of(row) {
      const found = find.get(row)
      if (!found) return null
      const said = (text: unknown, cut: unknown) => (typeof text === 'string' ? { text, cut: cut === 1 } : null)
      return {
        asked: said(found['asked'], found['asked_cut']),
        answered: said(found['answered'], found['answered_cut']),
      }
    },
    step(limitBytes = mostBytes) {
      if (Number(bytes.get()?.['n'] ?? 0) <= limitBytes) return false
      forgotten(oldest.run(perStep))
      return true
    },
    forgetTo: (row) => forgotten(upTo.run(row)),
    forgetAll: () => forgotten(all.run()),
    rolledBack: () => void (kept = null),
  }
}

/** Whatever somebody sent as a body: at worst there is nothing to keep of it. */
function textOf(read: (bytes: Uint8Array) => string | null, bytes: Uint8Array, secrets: readonly string[]) {
  const text = read(bytes)
  return text === null ? null : keptText(text, secrets)
}
