import { describe, expect, it } from 'vitest'
import { refusedSwitch, refusedSwitches } from '../../../electron/host/electron/refused-switches.ts'
import { describeStartFailure, SwitchRefusedError } from '../../../electron/host/electron/start-failure.ts'

const given = (...names: string[]) => ({ hasSwitch: (name: string) => names.includes(name) })

describe('a packaged application', () => {
  it.each(refusedSwitches)('does not run with --%s', (name) => {
    expect(refusedSwitch(given('lang', name), true)).toBe(name)
  })

  it('runs with switches that open nothing', () => {
    expect(refusedSwitch(given('lang', 'password-store', 'force-device-scale-factor'), true)).toBeNull()
  })

  it('names the switch in the language of the system', () => {
    expect(describeStartFailure(new SwitchRefusedError('inspect'), 'en-GB')).toContain('--inspect')
    expect(describeStartFailure(new SwitchRefusedError('inspect'), 'zh-CN')).toContain('请去掉')
  })
})

it('debugging is what an application that is not packaged is for', () => {
  expect(refusedSwitch(given(...refusedSwitches), false)).toBeNull()
})
