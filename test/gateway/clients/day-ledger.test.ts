import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openDayLedger } from '../../../electron/gateway/clients/day-ledger.ts'
import { FakeClock } from '../../support/fake-clock.ts'

const hourMs = 60 * 60 * 1000

/** A file in memory that outlives the ledgers over it. */
function aFile(text: string | null = null) {
  const file = { text, writes: 0 }
  return {
    file,
    read: () => Promise.resolve(file.text === null ? null : Buffer.from(file.text)),
    write(bytes: Uint8Array) {
      file.text = Buffer.from(bytes).toString()
      file.writes += 1
      return Promise.resolve()
    },
  }
}

async function aLedger(options: { file?: ReturnType<typeof aFile>; at?: Date } = {}) {
  const clock = new FakeClock()
  clock.wallOffsetMs = (options.at ?? new Date(2026, 0, 1, 12)).getTime()
  const file = options.file ?? aFile()
  const bugs: unknown[] = []
  const { wallMs, schedule } = clock
  const ledger = await openDayLedger({ file, wallMs, schedule, reportBug: (error) => bugs.push(error) })
  return { ledger, clock, file, bugs }
}

describe('the ledger of a day', () => {
  it('adds up what each client has used', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.nat(1000))), async (spent) => {
        const { ledger } = await aLedger()
        for (const [client, tokens] of spent) ledger.add(client, tokens)
        const sumOf = (client: string) => spent.reduce((sum, [who, tokens]) => sum + (who === client ? tokens : 0), 0)
        expect([ledger.of('a'), ledger.of('b')]).toEqual([sumOf('a'), sumOf('b')])
      }),
    )
  })

  it('starts anew at local midnight', async () => {
    const { ledger, clock } = await aLedger({ at: new Date(2026, 0, 1, 23) })
    ledger.add('a', 5)
    expect(ledger.endsAtMs()).toBe(new Date(2026, 0, 2).getTime())
    await clock.advance(hourMs - 1)
    expect(ledger.of('a')).toBe(5)
    await clock.advance(1)
    expect(ledger.of('a')).toBe(0)
    expect(ledger.endsAtMs()).toBe(new Date(2026, 0, 3).getTime())
  })

  it('is there again after a restart on the same day, and not on the next', async () => {
    const file = aFile()
    const first = await aLedger({ file, at: new Date(2026, 0, 1, 9) })
    first.ledger.add('a', 7)
    await first.ledger.close()
    expect((await aLedger({ file, at: new Date(2026, 0, 1, 22) })).ledger.of('a')).toBe(7)
    expect((await aLedger({ file, at: new Date(2026, 0, 2, 1) })).ledger.of('a')).toBe(0)
  })

  it('is written two seconds after it changed, once for all that changed meanwhile', async () => {
    const { ledger, clock, file } = await aLedger()
    for (let count = 0; count < 100; count += 1) ledger.add('a', 1)
    await clock.advance(1_999)
    expect(file.file.writes).toBe(0)
    await clock.advance(1)
    expect(file.file.writes).toBe(1)
    await ledger.close()
    expect(file.file.writes).toBe(1)
  })

  it.each(['', 'no JSON', '{}', '{"version":2}', '{"version":1,"dayStartMs":0,"tokens":{"a":-1}}', '[]'])(
    'takes a file that cannot be used for none: %s',
    async (text) => {
      const { ledger } = await aLedger({ file: aFile(text) })
      expect(ledger.of('a')).toBe(0)
    },
  )

  it('goes on counting when the file cannot be read or written', async () => {
    const file = {
      ...aFile(),
      read: () => Promise.reject(new Error('no')),
      write: () => Promise.reject(new Error('no')),
    }
    const { ledger, bugs } = await aLedger({ file })
    ledger.add('a', 3)
    await ledger.close()
    expect([ledger.of('a'), bugs.length]).toEqual([3, 1])
  })

  it('forgets clients that are no more', async () => {
    const { ledger } = await aLedger()
    ledger.add('a', 1)
    ledger.add('b', 2)
    ledger.keepOnly(new Set(['b']))
    expect([ledger.of('a'), ledger.of('b')]).toEqual([0, 2])
  })
})
