import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { noFilter } from '../../shared/activity.ts'
import { aService } from './recording.ts'

/** How often to kill; the whole run of a release asks for 100. */
const kills = Number(process.env['KEYWHEEL_JOURNAL_KILLS'] ?? 20)
/** What may be lost: half of it gathering, half of it being written. */
const flushMs = 200

/** What the recorder said it did: which request or batch, when, and the processor time its thread had had by then. */
interface Said {
  nth: number
  atMs: number
  threadMs: number
}

/**
 * How long the recorder stood still, as far as it could see: it tells every five milliseconds unless it does not run, and
 * a thread that has been handed a batch runs until that is written unless it waits for a processor or the disk. What
 * neither could see is only what happened after the last line.
 */
function stoodStillMs(told: readonly Said[], handed: readonly Said[], written: readonly Said[], killedAtMs: number) {
  const pauses = told.map(({ atMs }, index) => atMs - (told[index - 1]?.atMs ?? atMs))
  const last = { nth: 0, atMs: killedAtMs, threadMs: told.at(-1)?.threadMs ?? 0 }
  // The batch that is under way, and the one before, for which it had to wait.
  const waits = handed.map((batch, index) => {
    const until = written[index] ?? last
    return Math.max(0, until.atMs - batch.atMs - Math.max(0, until.threadMs - batch.threadMs))
  })
  return Math.max(0, ...pauses) + (waits.at(-1) ?? 0) + (waits.at(-2) ?? 0)
}

const compiled = mkdtempSync(join(tmpdir(), 'keywheel-compiled-'))
afterAll(() => rmSync(compiled, { recursive: true, force: true }))

const onePage = { filter: noFilter, position: null, direction: 'older', limit: 1 } as const

/** Lets a recorder run for a while, kills it, and says what it had told by when. */
async function recordUntilKilled(
  folder: string,
  from: number,
  afterMs: number,
): Promise<{ told: Said[]; handed: Said[]; written: Said[]; atMs: number }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'killed-recorder.ts'), folder, String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  })
  let printed = ''
  let killedAtMs = 0
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    if (printed === '') {
      setTimeout(() => {
        killedAtMs = Date.now()
        child.kill('SIGKILL')
      }, afterMs)
    }
    printed += chunk
  })
  const [, signal] = (await once(child, 'close')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  const lines = printed.split('\n').slice(0, -1)
  const of = (kind: string) =>
    lines
      .filter((line) => line.startsWith(kind))
      .map((line) => line.split(' ').map(Number))
      .map(([, nth = 0, atMs = 0, threadMs = 0]) => ({ nth, atMs, threadMs }))
  return { told: of('told'), handed: of('handed'), written: of('written'), atMs: killedAtMs }
}

describe('a journal that is killed while it writes', () => {
  it(`opens whole, with all that was acknowledged and nothing older than a flush missing (${kills} kills)`, async () => {
    const folder = temporaryFolder()
    let last = 0
    for (let kill = 0; kill < kills; kill += 1) {
      const { told, handed, written, atMs } = await recordUntilKilled(folder, last, 600 + Math.random() * 600)
      const service = aService(join(folder, 'journal.db'))
      const { kept, requests } = service.stored()
      expect(kept).toBe('file')
      // Positions are given without gaps, so nothing in the middle is missing.
      const { requests: newest } = service.requests(onePage)
      expect(requests).toBe(Number(newest[0]?.id.slice('request-'.length)))
      expect(requests).toBeGreaterThanOrEqual(written.at(-1)?.nth ?? last)
      const oldestMs = atMs - flushMs - stoodStillMs(told, handed, written, atMs)
      const mustBeThere = told.findLast((line) => line.atMs < oldestMs)?.nth ?? last
      expect(requests).toBeGreaterThanOrEqual(mustBeThere)
      last = requests
      service.close()
    }
    expect(readdirSync(folder).filter((name) => name.includes('corrupt'))).toEqual([])
    expect(last).toBeGreaterThan(kills)
  }, 600_000)
})
