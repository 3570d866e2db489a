// A damaged journal is set aside and a new one begun; nothing that is found is deleted or overwritten.
import { chmodSync, closeSync, existsSync, openSync, renameSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DamagedJournal } from './damaged-journal.ts'
import { migrate } from './schema.ts'
import { isDamage } from './sqlite-error.ts'

export interface OpenedDatabase {
  db: DatabaseSync
  kept: 'file' | 'memory'
  reason: 'newer-version' | 'cannot-open' | null
  /** The name that a damaged file was given. */
  setAside: string | null
}

/** Checked as a whole when it is small enough for that to be quick; damage elsewhere shows when it is read. */
const quickCheckBytes = 16 * 1024 * 1024

export function openDatabase(path: string, wallMs: number): OpenedDatabase {
  try {
    return { ...openFile(path), setAside: null }
  } catch (error) {
    if (!isDamage(error)) return { ...openMemory('cannot-open'), setAside: null }
  }
  try {
    const setAside = moveAside(path, wallMs)
    return { ...openFile(path), setAside }
  } catch {
    // Whatever the disk says: the dashboard works on without it, and says so.
    return { ...openMemory('cannot-open'), setAside: null }
  }
}

/** Moves the database and what SQLite keeps beside it; the parts belong together. */
export function moveAside(path: string, wallMs: number): string {
  const folder = dirname(path)
  const stem = basename(path, '.db')
  let name = `${stem}.corrupt-${Math.trunc(wallMs)}`
  for (let nth = 2; existsSync(join(folder, name)); nth += 1) name = `${stem}.corrupt-${Math.trunc(wallMs)}-${nth}`
  for (const part of ['', '-wal', '-shm']) {
    if (existsSync(path + part)) renameSync(path + part, join(folder, name + part))
  }
  return name
}

function openFile(path: string): Pick<OpenedDatabase, 'db' | 'kept' | 'reason'> {
  makePrivate(path)
  const db = new DatabaseSync(path, { timeout: 2_000 })
  try {
    // Has to be said before the first table is made, and would be written to a file that is not ours.
    if (statSync(path).size === 0) db.exec('PRAGMA auto_vacuum = INCREMENTAL')
    const state = migrateChecked(db, path)
    if (state === 'ready') {
      tune(db)
      return { db, kept: 'file', reason: null }
    }
    db.close()
    return openMemory(state === 'newer' ? 'newer-version' : 'cannot-open')
  } catch (error) {
    if (db.isOpen) db.close()
    throw error
  }
}

function migrateChecked(db: DatabaseSync, path: string) {
  if (statSync(path).size <= quickCheckBytes) {
    const [problem] = Object.values(db.prepare('PRAGMA quick_check(1)').get() ?? {})
    if (problem !== 'ok') throw new DamagedJournal()
  }
  const state = migrate(db)
  if (state === 'ready' && schemaOf(db) !== soundSchema()) throw new DamagedJournal()
  return state
}

/** What the tables were made by; a bit that flipped there makes every statement about them fail. */
function schemaOf(db: DatabaseSync): string {
  return JSON.stringify(db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name').all())
}

function soundSchema(): string {
  const { db } = openMemory('cannot-open')
  const schema = schemaOf(db)
  db.close()
  return schema
}

function openMemory(reason: 'newer-version' | 'cannot-open'): Pick<OpenedDatabase, 'db' | 'kept' | 'reason'> {
  const db = new DatabaseSync(':memory:')
  migrate(db)
  return { db, kept: 'memory', reason }
}

/** After a crash of the process nothing is lost that was committed; a power cut may take the last commits, never the file. */
function tune(db: DatabaseSync): void {
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8192; PRAGMA temp_store = MEMORY',
  )
}

/** SQLite gives the files beside it the same rights. */
function makePrivate(path: string): void {
  if (existsSync(path) && statSync(path).isDirectory()) throw new DamagedJournal()
  closeSync(openSync(path, 'a', 0o600))
  if (process.platform !== 'win32') chmodSync(path, 0o600)
}
