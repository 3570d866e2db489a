import type { DatabaseSync, SQLInputValue } from 'node:sqlite'

/** A statement that inserts many rows costs half of as many statements; more of them gain nothing. */
const rowsPerStatement = 40

/** Gathers rows of one table and inserts them many at a time; what is left over at `flush`, one by one. */
export function createRows(db: DatabaseSync, table: string, columns: readonly string[], onConflict = '') {
  const width = columns.length
  const marks = `(${columns.map(() => '?').join(', ')})`
  const sql = (rows: number) =>
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array.from({ length: rows }, () => marks).join(', ')} ${onConflict}`
  const many = db.prepare(sql(rowsPerStatement))
  const one = db.prepare(sql(1))
  const values: SQLInputValue[] = Array.from({ length: width * rowsPerStatement }, () => null)
  let filled = 0

  return {
    /** Every column's value has to be added, in order. */
    add(value: SQLInputValue): void {
      values[filled] = value
      filled += 1
      if (filled < values.length) return
      many.run(...values)
      filled = 0
    },
    flush(): void {
      for (let at = 0; at < filled; at += width) one.run(...values.slice(at, at + width))
      filled = 0
    },
    forget: () => void (filled = 0),
  }
}

export type Rows = ReturnType<typeof createRows>
