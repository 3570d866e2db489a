import { describe, expect, it } from 'vitest'
import { createExpiryReminder, remindWithinMs } from '../../../renderer/app/expiry-reminder.ts'
import type { KeyView } from '../../../shared/key.ts'
import { aKey, aModel } from '../support/views.ts'

const minuteMs = 60_000
const startMs = 1_000 * 24 * 3_600_000

function aPage() {
  const page = { nowMs: startMs, isOn: true }
  const told: string[] = []
  const reminder = createExpiryReminder({
    isOn: () => page.isOn,
    show: ({ kind, keyLabel, modelName }) => told.push(`${kind} ${modelName} ${keyLabel}`),
    wallMs: () => page.nowMs,
  })
  const look = (...keys: KeyView[]) => reminder.look([aModel({ keys })])
  return { page, told, look }
}

const lastDay = (id: string, expiresAtMs: number | null) => aKey(id, { expiresAtMs })

describe('the reminder of a last day', () => {
  it('comes when the day is near, and once', () => {
    const { page, told, look } = aPage()
    const key = lastDay('acct-1', startMs + remindWithinMs + 1)
    look(key)
    expect(told).toEqual([])
    page.nowMs += 1
    look(key)
    page.nowMs += minuteMs
    look(key)
    expect(told).toEqual(['expiring gpt-4o acct-1'])
  })

  it('tells of the nearest first, and of the next a minute later', () => {
    const { page, told, look } = aPage()
    const keys = [lastDay('later', startMs + 9 * minuteMs), lastDay('sooner', startMs + 8 * minuteMs)]
    look(...keys)
    look(...keys)
    expect(told).toEqual(['expiring gpt-4o sooner'])
    page.nowMs += minuteMs
    look(...keys)
    expect(told).toEqual(['expiring gpt-4o sooner', 'expiring gpt-4o later'])
  })

  it('comes again for another day', () => {
    const { page, told, look } = aPage()
    look(lastDay('acct-1', startMs + minuteMs))
    page.nowMs += 2 * minuteMs
    look(lastDay('acct-1', page.nowMs + minuteMs))
    expect(told).toHaveLength(2)
  })

  it.each([
    ['has no last day', null],
    ['has expired, which is told elsewhere', startMs],
    ['expires in a month', startMs + 10 * remindWithinMs],
  ])('leaves a key alone that %s', (_what, expiresAtMs) => {
    const { told, look } = aPage()
    look(lastDay('acct-1', expiresAtMs))
    expect(told).toEqual([])
  })

  it('is silent while it is switched off, and forgets nothing', () => {
    const { page, told, look } = aPage()
    page.isOn = false
    look(lastDay('acct-1', startMs + minuteMs))
    expect(told).toEqual([])
    page.isOn = true
    look(lastDay('acct-1', startMs + minuteMs))
    expect(told).toHaveLength(1)
  })
})
