import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createAppLog, type LogFields } from '../../electron/log/app-log.ts'
import { openLog } from '../../electron/log/open-log.ts'
import { createRotatingFile, olderPath } from '../../electron/log/rotating-file.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import type { LogLevel } from '../../shared/log.ts'
import { aModelId, anAttemptEnded, anAttemptStarted, aDecision } from '../support/events.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const canary = 'sk-canary-of-the-log-9f3aQ7x2LmNp'

function aLog(level: LogLevel = 'debug') {
  const lines: string[] = []
  const log = createAppLog({ write: (line) => lines.push(line), wallMs: () => 1_000, level })
  return { ...log, lines, read: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) }
}

const cooling = { kind: 'cooling', untilMs: 8_999.6, announced: true }

const stamped = (event: object) => ({ ...event, seq: 1, atMs: 1_000 }) as LiveEvent

describe('the application’s own log', () => {
  it('has one line of JSON an event, with its time and level', () => {
    const { log, read } = aLog()
    log('info', 'key-failed', { key: 'acct-1', status: 429 })
    expect(read()).toEqual([{ level: 'info', at_ms: 1_000, event: 'key-failed', key: 'acct-1', status: 429 }])
  })

  it('says nothing below its level, which can be changed', () => {
    const { log, setLevel, lines } = aLog('info')
    log('debug', 'key-used')
    setLevel('debug')
    log('debug', 'key-used')
    setLevel('silent')
    log('error', 'bug')
    expect(lines).toHaveLength(1)
  })

  it('has no field that is not on its list', () => {
    const { log, read } = aLog()
    log('info', 'odd', { key: 'acct-1', secret: canary, headers: { authorization: canary } } as LogFields)
    expect(read()).toEqual([{ level: 'info', at_ms: 1_000, event: 'odd', key: 'acct-1' }])
  })

  it.each([
    ['in what a provider said', { message: `Incorrect API key provided: ${canary}` }],
    ['where a label should be', { key: canary }],
    ['with Bearer before it', { message: `Authorization: Bearer ${canary}` }],
    ['behind an id of ours', { request: `4e3f6c2e-8a52-4b0a-9a39-d1f6a7c1b2e3 ${canary}` }],
  ])('has no key in it, %s', (_where, fields) => {
    const { log, lines } = aLog()
    log('info', 'key-failed', fields)
    expect(lines[0]).not.toContain(canary.slice(10))
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: 'key-failed' })
  })

  it('leaves ids of ours whole', () => {
    const { log, read } = aLog()
    const request = '4e3f6c2e-8a52-4b0a-9a39-d1f6a7c1b2e3'
    log('info', 'request-ended', { request })
    expect(read()[0]).toMatchObject({ request })
  })

  it('tells of a failed key at info, and of each use of one at debug', async () => {
    const clock = new FakeClock()
    const quiet = openLog({ folder: temporaryFolder(), clock, level: 'info' })
    const chatty = openLog({ folder: temporaryFolder(), clock, level: 'debug' })
    for (const log of [quiet, chatty]) {
      log.record(stamped(anAttemptStarted({ decision: aDecision() })))
      log.record(stamped(anAttemptEnded({ kind: 'rate-limited', status: 429 })))
    }
    const events = async (log: typeof quiet) => (await log.tail(10)).lines.map(({ event }) => event)
    expect(await events(quiet)).toEqual(['key-failed'])
    expect(await events(chatty)).toEqual(['key-used', 'key-failed'])
  })

  it('tells at info which key took over, with how many could have', async () => {
    const log = openLog({ folder: temporaryFolder(), clock: new FakeClock(), level: 'info' })
    log.record(stamped(anAttemptStarted({ number: 2, keyLabel: 'acct-2', decision: aDecision({ usable: 3 }) })))
    expect((await log.tail(10)).lines).toMatchObject([
      { level: 'info', event: 'key-rotated', fields: { key: 'acct-2', attempt: 2, usable: 3 } },
    ])
  })

  it('tells at info how many keys take turns for a model, and again only when that changes', async () => {
    const log = openLog({ folder: temporaryFolder(), clock: new FakeClock(), level: 'info' })
    const keys = ['a', 'b', 'c'].map((id) => ({ id, label: `acct-${id}` }))
    const model = { id: aModelId(), name: 'gpt-4o', keys }
    log.know([model])
    log.know([model])
    log.record(stamped(anAttemptStarted({ number: 2, keyLabel: 'acct-2', decision: aDecision({ usable: 2 }) })))
    log.record(stamped({ kind: 'key-state', modelId: aModelId(), keyId: 'b', state: cooling }))
    log.know([{ ...model, keys: keys.slice(1) }])
    expect((await log.tail(10)).lines).toMatchObject([
      { level: 'info', event: 'keys-ready', fields: { model: 'gpt-4o', keys: 3 } },
      { level: 'info', event: 'key-rotated', fields: { model: 'gpt-4o', key: 'acct-2', usable: 2 } },
      {
        level: 'info',
        event: 'key-state',
        fields: { model: 'gpt-4o', key: 'acct-b', state: 'cooling', untilMs: 9_000 },
      },
      { level: 'info', event: 'keys-ready', fields: { model: 'gpt-4o', keys: 2 } },
    ])
  })

  it('says where a bug is, and nothing of what its error says', async () => {
    const log = openLog({ folder: temporaryFolder(), clock: new FakeClock(), level: 'info' })
    log.bug(new TypeError(`cannot send ${canary}`))
    const [line] = (await log.tail(1)).lines
    expect(line).toMatchObject({ level: 'error', event: 'bug', fields: { error: 'TypeError' } })
    expect(line?.fields['at']).toMatch(/log\.test\.ts:\d+:\d+$/)
    expect(JSON.stringify(line)).not.toContain('cannot send')
  })
})

describe('its file', () => {
  const aFile = (limits = {}) => {
    const clock = new FakeClock()
    const path = join(temporaryFolder(), 'keywheel.log')
    return { clock, path, file: createRotatingFile({ path, schedule: clock.schedule, limits }) }
  }

  it('is written behind', async () => {
    const { path, file } = aFile()
    file.write('one\n')
    expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined()
    await file.close()
    expect(readFileSync(path, 'utf8')).toBe('one\n')
  })

  it.skipIf(process.platform === 'win32')('is closed to other users', async () => {
    const { path, file } = aFile()
    file.write('one\n')
    await file.close()
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('goes on in a new one when it is full, and keeps the one before', async () => {
    const { path, file } = aFile({ bytes: 100 })
    for (let nth = 0; nth < 30; nth += 1) {
      file.write(`line ${String(nth).padStart(2, '0')}\n`)
      await file.close()
    }
    expect(statSync(path).size).toBeLessThanOrEqual(100)
    expect(statSync(olderPath(path)).size).toBeLessThanOrEqual(100)
    expect((await file.tail(15)).at(-1)).toBe('line 29')
    expect(await file.tail(15)).toHaveLength(15)
  })

  it('loses lines rather than hold anybody up, and says how many', async () => {
    const { file } = aFile({ waitingLines: 3 })
    for (let nth = 0; nth < 10; nth += 1) file.write(`line ${nth}\n`)
    expect(await file.tail(10)).toEqual(['line 0', 'line 1', 'line 2', '{"event":"log-lines-lost","lines":7}'])
  })
})
