import { randomBytes } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { createSessions, idleLimitMs } from '../../../electron/host/browser/sessions.ts'
import { FakeClock } from '../../support/fake-clock.ts'

function start() {
  const clock = new FakeClock()
  return { clock, sessions: createSessions({ clock, random: randomBytes }) }
}

describe('A session', () => {
  it('is found by its token, and by nothing else', () => {
    const { sessions } = start()
    const { token } = sessions.open()
    expect(sessions.find(token)).toBeDefined()
    for (const wrong of ['', token.slice(1), `${token}A`, token.toLowerCase(), 'A'.repeat(43)]) {
      expect(sessions.find(wrong)).toBeUndefined()
    }
  })

  it('has a token of 256 bits that may stand in a header and in a subprotocol', () => {
    const { token } = start().sessions.open()
    expect(token).toMatch(/^[\w-]{43}$/)
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  })

  it('is not what another session is', () => {
    const { sessions } = start()
    const [a, b] = [sessions.open(), sessions.open()]
    a.close()
    expect(sessions.find(a.token)).toBeUndefined()
    expect(sessions.find(b.token)).toBeDefined()
  })

  it('ends when nobody used it for twelve hours, and says so to whoever hangs on it', async () => {
    const { clock, sessions } = start()
    const { token } = sessions.open()
    const ended = vi.fn<() => void>()
    sessions.find(token)?.onEnd(ended)
    await clock.advance(idleLimitMs - 1)
    sessions.expire()
    expect(ended).not.toHaveBeenCalled()
    await clock.advance(1)
    sessions.expire()
    expect(ended).toHaveBeenCalledOnce()
    expect(sessions.find(token)).toBeUndefined()
  })

  it('is not found after its time even when nobody swept', async () => {
    const { clock, sessions } = start()
    const { token } = sessions.open()
    await clock.advance(idleLimitMs)
    expect(sessions.find(token)).toBeUndefined()
  })

  it('lives on with each use', async () => {
    const { clock, sessions } = start()
    const { token } = sessions.open()
    for (let day = 0; day < 4; day += 1) {
      await clock.advance(idleLimitMs - 1)
      sessions.find(token)?.touch()
    }
    expect(sessions.find(token)).toBeDefined()
  })

  it('tells nobody who no longer listens', () => {
    const { sessions } = start()
    const opened = sessions.open()
    const ended = vi.fn<() => void>()
    sessions.find(opened.token)?.onEnd(ended)()
    opened.close()
    expect(ended).not.toHaveBeenCalled()
  })

  it('gives way, least used first, when very many are open', async () => {
    const { clock, sessions } = start()
    const [first, second] = [sessions.open(), sessions.open()]
    await clock.advance(1)
    sessions.find(first.token)?.touch()
    for (let opened = 2; opened < 257; opened += 1) sessions.open()
    expect(sessions.find(second.token)).toBeUndefined()
    expect(sessions.find(first.token)).toBeDefined()
  })
})
