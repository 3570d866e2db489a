import { randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { codeLifetimeMs, createOneTimeCodes } from '../../../electron/host/browser/one-time-codes.ts'
import { FakeClock } from '../../support/fake-clock.ts'

function start() {
  const clock = new FakeClock()
  const codes = createOneTimeCodes({ clock, random: randomBytes })
  let opened = 0
  const close = vi.fn<() => void>()
  const open = () => ({ token: `token-${(opened += 1)}`, close })
  return { clock, codes, open, close, redeem: (code: string) => codes.redeem(code, open) }
}

describe('A one-time code', () => {
  it('opens one session', () => {
    const { codes, redeem } = start()
    expect(redeem(codes.issue())).toBe('token-1')
  })

  it('holds at least 128 bits and fits into an address as it is', () => {
    const { codes } = start()
    const code = codes.issue()
    expect(code).toMatch(/^[\w-]+$/)
    expect(Buffer.from(code, 'base64url').length * 8).toBeGreaterThanOrEqual(128)
  })

  it('opens nothing a second time, and ends the session that it opened, because two had it', () => {
    const { codes, redeem, close } = start()
    const code = codes.issue()
    redeem(code)
    expect(close).not.toHaveBeenCalled()
    expect(redeem(code)).toBeNull()
    expect(close).toHaveBeenCalledOnce()
  })

  it('opens a session until its minute is over, and nothing from then on', async () => {
    const { clock, codes, redeem } = start()
    const [early, late] = [codes.issue(), codes.issue()]
    await clock.advance(codeLifetimeMs - 1)
    expect(redeem(early)).toBe('token-1')
    await clock.advance(1)
    expect(redeem(late)).toBeNull()
  })

  it('does not end a session once it is old', async () => {
    const { clock, codes, redeem, close } = start()
    const code = codes.issue()
    redeem(code)
    await clock.advance(codeLifetimeMs)
    redeem(code)
    expect(close).not.toHaveBeenCalled()
  })

  it('works beside others, one for each tab', () => {
    const { codes, redeem } = start()
    const issued = [codes.issue(), codes.issue(), codes.issue()]
    expect(issued.toReversed().map(redeem)).toEqual(['token-1', 'token-2', 'token-3'])
  })

  it('gives way when very many were asked for and none was used', () => {
    const { codes, redeem } = start()
    const first = codes.issue()
    const later = Array.from({ length: 32 }, () => codes.issue())
    expect(redeem(first)).toBeNull()
    expect(redeem(later[0] ?? '')).toBe('token-1')
  })

  it('is never opened by something else', () => {
    fc.assert(
      fc.property(fc.string(), (guess) => {
        const { codes, redeem } = start()
        const code = codes.issue()
        expect(redeem(guess)).toBeNull()
        expect(redeem(`${code}${guess || '='}`)).toBeNull()
        expect(redeem(code)).toBe('token-1')
      }),
    )
  })
})
