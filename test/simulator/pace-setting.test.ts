import { expect, it } from 'vitest'
import { readPace } from '../../electron/simulator/pace-setting.ts'

it('reads the paces that are set, and leaves the others as they are', () => {
  expect(readPace({ KEYWHEEL_SIMULATOR_PACE: 'retryAfterMs=2000, wordDelayMs=0' })).toEqual({
    retryAfterMs: 2_000,
    wordDelayMs: 0,
  })
  expect(readPace({})).toEqual({})
})

it.each(['retryAfterMs', 'retryAfterMs=-5', 'retryAfterMs=soon', 'unknown=5', '=5', '__proto__=5'])(
  'takes no notice of %s',
  (text) => {
    expect(readPace({ KEYWHEEL_SIMULATOR_PACE: text })).toEqual({})
  },
)
