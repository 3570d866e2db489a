import { describe, expect, it } from 'vitest'
import { clipboardMs, createClipboardLoan, type Clipboard } from '../../electron/vault-access/clipboard-loan.ts'
import { FakeClock } from '../support/fake-clock.ts'

const secret = 'sk-lent-0123456789abcdefghij'

/** A clipboard that outlives the application, and a memory that does as well. */
function aMachine() {
  let held = ''
  let noted: unknown
  const cleared = Promise.withResolvers<void>()
  const clipboard: Clipboard = {
    read: async () => held,
    write: async (text) => void (held = text),
    clear() {
      held = ''
      cleared.resolve()
    },
    memory: { read: () => noted, write: (loan) => void (noted = loan) },
  }
  const bugs: unknown[] = []
  const start = () => {
    const clock = new FakeClock()
    return { clock, loan: createClipboardLoan({ clipboard, clock, reportBug: (error) => bugs.push(error) }) }
  }
  return { clipboard, start, bugs, cleared: cleared.promise, held: () => held, noted: () => noted }
}

describe('a secret that was lent to the clipboard', () => {
  it('leaves it after half a minute, and no note of it is kept', async () => {
    const { start, held, noted } = aMachine()
    const { clock, loan } = start()
    await loan.lend(secret)
    expect([held(), noted()]).not.toContain(null)
    await clock.advance(clipboardMs)
    expect([held(), noted()]).toEqual(['', null])
  })

  it('and that a crash left there leaves it at the next start', async () => {
    const { start, held, cleared, bugs } = aMachine()
    await start().loan.lend(secret)
    start()
    await cleared
    expect([held(), bugs]).toEqual(['', []])
  })

  it('stays noted in a form that holds nothing of it', async () => {
    const { start, noted } = aMachine()
    await start().loan.lend(secret)
    const note = JSON.stringify(noted())
    for (const part of [secret, secret.slice(0, 6), secret.slice(-4), Buffer.from(secret).toString('base64')]) {
      expect(note).not.toContain(part)
    }
  })

  it('that a person has replaced since is not taken from them', async () => {
    const { clipboard, start, held } = aMachine()
    const { clock, loan } = start()
    await loan.lend(secret)
    await clipboard.write('a shopping list')
    await clock.advance(clipboardMs)
    expect(held()).toBe('a shopping list')
  })

  it('is lent even where nothing can be noted', async () => {
    const { clipboard, held } = aMachine()
    const full = {
      ...clipboard,
      memory: {
        read: () => undefined,
        write: () => {
          throw new Error('ENOSPC')
        },
      },
    }
    await createClipboardLoan({ clipboard: full, clock: new FakeClock(), reportBug: () => {} }).lend(secret)
    expect(held()).toBe(secret)
  })
})
