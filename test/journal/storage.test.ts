import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { migrate, migrations } from '../../electron/journal/schema.ts'
import type { JournalService } from '../../electron/journal/service.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { aRequestId } from '../support/events.ts'
import { aBatch, aJournalPath, aService, allPages, dayMs, logsOf, recordAll } from './recording.ts'
import { eventsOfAll, story, type Story } from './stories.ts'

const someStories = (count: number, seed = 1): Story[] => fc.sample(story, { numRuns: count, seed })

const window = { modelId: null, fromMs: dayMs - 3_600_000, toMs: dayMs + 3_600_000 }

/** Everything that a page asks for. */
function useAll(service: JournalService): void {
  recordAll(service, eventsOfAll(someStories(5, Math.floor(Math.random() * 1e6)), dayMs))
  allPages(service)
  service.figures({ window, wallMs: dayMs })
  service.failures(window)
  service.lanes({ modelId: 'model-0' as never, fromMs: window.fromMs, toMs: window.toMs, buckets: 100 })
  service.subjects()
  service.stored()
}

/** A journal of twenty requests that was closed, with no file beside it. */
function aClosedJournal(): string {
  const path = aJournalPath()
  const service = aService(path)
  recordAll(service, eventsOfAll(someStories(20), dayMs))
  service.close()
  return path
}

const asideIn = (path: string) => readdirSync(dirname(path)).filter((name) => name.startsWith('journal.corrupt-'))

describe('a damaged journal', () => {
  it.each<[string, (path: string) => void]>([
    ['of zero bytes in its middle', (path) => writeFileSync(path, Buffer.alloc(statSync(path).size))],
    ['cut in half', (path) => truncateSync(path, Math.floor(statSync(path).size / 2))],
    ['cut to a hundred bytes', (path) => truncateSync(path, 100)],
    ['that is a text', (path) => writeFileSync(path, 'not a database at all, but long enough to be looked at')],
    ['whose header is of another kind', (path) => writeFileSync(path, `KEYWHEEL${'x'.repeat(8_000)}`)],
  ])('%s is set aside, and a new one begun', (_what, damage) => {
    const path = aClosedJournal()
    damage(path)
    const bytes = readFileSync(path)
    const service = aService(path)
    useAll(service)
    const [aside = ''] = asideIn(path)
    expect(service.stored()).toMatchObject({ kept: 'file', setAside: aside })
    expect(readFileSync(join(dirname(path), aside)).equals(bytes)).toBe(true)
    expect(allPages(service)).toHaveLength(5)
  })

  it('in whose place there is a folder is set aside as well', () => {
    const path = aJournalPath()
    mkdirSync(path)
    const service = aService(path)
    useAll(service)
    expect(service.stored().setAside).toBe(asideIn(path)[0])
  })

  it.each<[string, (path: string) => void]>([
    ['deleted', () => undefined],
    ['replaced by a folder', (path) => mkdirSync(path)],
    ['replaced by another file', (path) => writeFileSync(path, 'not a database at all, but long enough')],
  ])('that is %s while it is written to is begun anew, so that what follows is kept', (_what, replace) => {
    const path = aJournalPath()
    const service = aService(path)
    recordAll(service, eventsOfAll(someStories(5), dayMs))
    for (const part of ['', '-wal', '-shm']) rmSync(path + part, { force: true })
    replace(path)
    recordAll(service, eventsOfAll(someStories(3, 2), dayMs))
    service.close()
    expect(allPages(aService(path))).toHaveLength(3)
  })

  it('is begun anew when it is empty, without a word', () => {
    const path = aJournalPath()
    writeFileSync(path, '')
    expect(aService(path).stored()).toMatchObject({ kept: 'file', setAside: null, requests: 0 })
  })

  it('with flipped bits anywhere is read as far as it can be, or set aside, and recording goes on', () => {
    const path = aClosedJournal()
    const whole = readFileSync(path)
    fc.assert(
      fc.property(fc.array(fc.nat(whole.length * 8 - 1), { minLength: 1, maxLength: 30 }), (bits) => {
        const damaged = aJournalPath()
        const bytes = Buffer.from(whole)
        for (const bit of bits) bytes[bit >> 3]! ^= 1 << (bit & 7)
        writeFileSync(damaged, bytes)
        const service = aService(damaged)
        // Whatever is damaged is found on the way, at the latest by reading all of it.
        expect(() => (useAll(service), useAll(service))).not.toThrow()
        recordAll(service, eventsOfAll(someStories(5), dayMs))
        expect(allPages(service).length).toBeGreaterThanOrEqual(5)
        service.close()
      }),
      { numRuns: 60 },
    )
  })
})

describe('a journal that is not ours to write', () => {
  it('because a newer version wrote it is not touched; what happens is kept in memory', () => {
    const path = aClosedJournal()
    const db = new DatabaseSync(path)
    db.exec('PRAGMA journal_mode = DELETE; PRAGMA user_version = 99')
    db.close()
    const bytes = readFileSync(path)
    const service = aService(path)
    useAll(service)
    expect(service.stored()).toMatchObject({ kept: 'memory', reason: 'newer-version', setAside: null, requests: 5 })
    service.clear()
    service.close()
    expect(readFileSync(path).equals(bytes)).toBe(true)
  })

  it('because it is another program’s database is not touched either', () => {
    const path = aJournalPath()
    const db = new DatabaseSync(path)
    db.exec('CREATE TABLE theirs (id INTEGER)')
    db.close()
    const bytes = readFileSync(path)
    const service = aService(path)
    useAll(service)
    expect(service.stored()).toMatchObject({ kept: 'memory', reason: 'cannot-open' })
    expect(readFileSync(path).equals(bytes)).toBe(true)
  })
})

describe('a full disk', () => {
  it('loses no request that was recorded, and takes up again when there is room', ({ skip }) => {
    const folder = temporaryFolder()
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' })
    } catch {
      skip('only root may mount a small disk')
    }
    onTestFinished(() => void execFileSync('umount', ['-l', folder]))
    const service = aService(join(folder, 'journal.db'))
    recordAll(service, eventsOfAll(someStories(20), dayMs))
    const before = allPages(service)
    const filler = join(folder, 'filler')
    for (let bytes = 1 << 19; bytes >= 1_024; bytes >>= 1) {
      try {
        writeFileSync(filler, Buffer.alloc(bytes), { flag: 'a' })
      } catch {
        // Until nothing more fits.
      }
    }
    const more = logsOf(eventsOfAll(fc.sample(story, { numRuns: 4_000, seed: 2 }), dayMs)).map((log, nth) => ({
      ...log,
      started: { ...log.started, requestId: aRequestId(`new-${nth}`) },
    }))
    expect(service.write(aBatch(more))).toEqual({ ok: false, trouble: 'disk-full' })
    expect(allPages(service)).toEqual(before)
    truncateSync(filler, 0)
    expect(service.write(aBatch(more.slice(0, 10)))).toMatchObject({
      ok: true,
      stored: { requests: before.length + 10 },
    })
  })
})

describe('the schema', () => {
  it.each(migrations.map((_sql, index) => index + 1))('of version %i is carried forward, and read', (version) => {
    const path = aJournalPath()
    writeFileSync(path, readFileSync(join(import.meta.dirname, '..', 'fixtures', 'journal', `version-${version}.db`)))
    const service = aService(path)
    expect(service.stored()).toMatchObject({ kept: 'file', setAside: null, requests: 12 })
    const entries = allPages(service)
    expect(entries).toHaveLength(12)
    expect(entries.flatMap(({ id }) => service.request(id)?.decisions ?? [])).not.toHaveLength(0)
    const { totals } = service.figures({ window, wallMs: dayMs })
    expect(totals.finished).toBe(entries.length)
    useAll(service)
  })

  it('goes forward one step at a time, each wholly or not at all', () => {
    const db = new DatabaseSync(':memory:')
    migrate(db)
    const steps = [...migrations, 'ALTER TABLE requests ADD COLUMN more TEXT', 'CREATE TABLE half (id); broken']
    expect(() => migrate(db, steps)).toThrow('syntax error')
    if (db.isTransaction) db.exec('ROLLBACK')
    expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: migrations.length + 1 })
    expect(db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'half'").get()).toBeUndefined()
    expect(migrate(db, steps.slice(0, -1))).toBe('ready')
  })
})

describe('retention', () => {
  const limits = { days: 30, attempts: 1_000_000 }
  const tidy = (service: JournalService, wallMs: number, over: Partial<typeof limits> = {}) => {
    while (service.tidy({ limits: { ...limits, ...over }, wallMs }));
  }

  it('forgets what is too old, and keeps its sums', () => {
    const service = aService()
    const old = recordAll(service, eventsOfAll(someStories(30), dayMs - 40 * 86_400_000))
    const before = service.figures({ window: { ...window, fromMs: window.fromMs - 50 * 86_400_000 }, wallMs: dayMs })
    tidy(service, dayMs)
    expect(service.stored()).toMatchObject({ requests: 0, attempts: 0 })
    expect(old.length).toBe(30)
    const after = service.figures({ window: { ...window, fromMs: window.fromMs - 50 * 86_400_000 }, wallMs: dayMs })
    expect(after.totals).toEqual(before.totals)
    expect(after.totals.finished).toBeGreaterThan(10)
  })

  it('keeps what is young enough', () => {
    const service = aService()
    recordAll(service, eventsOfAll(someStories(30), dayMs))
    const before = allPages(service)
    tidy(service, dayMs + 29 * 86_400_000)
    expect(allPages(service)).toEqual(before)
  })

  it('forgets the oldest beyond so many attempts, and gives the disk their room back', () => {
    const path = aJournalPath()
    const service = aService(path)
    for (let round = 0; round < 20; round += 1) {
      const named = eventsOfAll(someStories(100, round), dayMs + round * 1_000_000).map((event) =>
        'requestId' in event ? { ...event, requestId: `${round}-${event.requestId}` as never } : event,
      )
      recordAll(service, named)
    }
    const before = service.stored()
    tidy(service, dayMs, { attempts: 200 })
    const after = service.stored()
    expect(after.attempts).toBeLessThanOrEqual(200)
    expect(after.attempts).toBeGreaterThan(150)
    const entries = allPages(service)
    expect(entries.flatMap(({ attempts }) => attempts)).toHaveLength(after.attempts)
    service.close()
    const db = new DatabaseSync(path)
    expect(db.prepare('PRAGMA freelist_count').get()).toEqual({ freelist_count: 0 })
    db.close()
    expect(statSync(path).size).toBeLessThan(before.bytes)
  })
})
