import type { DatabaseSync } from 'node:sqlite'

/** Texts that many rows share are kept once. `useRows` beyond its last note, a text in use is noted as such again. */
const useRows = 10_000
const cachedTexts = 5_000

interface Known {
  id: number
  notedRow: number
}

/** The ids of texts in one of the tables that hold them. */
export function createDictionary(db: DatabaseSync, table: 'outcomes' | 'standings' | 'header_names') {
  const find = db.prepare(`SELECT id, last_request FROM ${table} WHERE text = ?`)
  const insert = db.prepare(`INSERT INTO ${table} (text, last_request) VALUES (?, ?)`)
  const note = db.prepare(`UPDATE ${table} SET last_request = ? WHERE id = ?`)
  const unused = db.prepare(`DELETE FROM ${table} WHERE last_request < ?`)
  const known = new Map<string, Known>()

  const lookUp = (text: string, row: number): Known => {
    const found = find.get(text)
    if (found) return { id: Number(found['id']), notedRow: Number(found['last_request']) }
    return { id: Number(insert.run(text, row).lastInsertRowid), notedRow: row }
  }

  return {
    /** The text's id, for use by this row. */
    idOf(text: string, row: number): number {
      const entry = known.get(text) ?? lookUp(text, row)
      if (row - entry.notedRow >= useRows) {
        note.run(row, entry.id)
        entry.notedRow = row
      }
      if (!known.has(text)) known.set(text, entry)
      const oldest = known.keys().next()
      if (known.size > cachedTexts && !oldest.done) known.delete(oldest.value)
      return entry.id
    },
    /** Deletes what no row from this one on can use. */
    prune(oldestRow: number): void {
      if (Number(unused.run(oldestRow - useRows).changes) > 0) known.clear()
    },
    forget: () => known.clear(),
  }
}

export type Dictionary = ReturnType<typeof createDictionary>
