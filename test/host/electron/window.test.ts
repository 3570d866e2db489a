import { EventEmitter } from 'node:events'
import type { Session } from 'electron'
import { describe, expect, it } from 'vitest'
import { grantNothing } from '../../../electron/host/electron/permissions.ts'
import { windowOptions } from '../../../electron/host/electron/window-options.ts'
import { windowPlace } from '../../../electron/host/electron/window-state.ts'

const preferences = (packaged: boolean) =>
  windowOptions({
    preload: '/preload.cjs',
    session: {} as Session,
    packaged,
    place: windowPlace(undefined, []),
    backgroundColor: '#000000',
  }).webPreferences

describe('the window', () => {
  it.each([
    ['sandbox', true],
    ['contextIsolation', true],
    ['webSecurity', true],
    ['nodeIntegration', false],
    ['nodeIntegrationInWorker', false],
    ['nodeIntegrationInSubFrames', false],
    ['allowRunningInsecureContent', false],
    ['experimentalFeatures', false],
    ['webviewTag', false],
    ['navigateOnDragDrop', false],
    ['spellcheck', false],
  ] as const)('has %s %s', (name, value) => {
    expect(preferences(true)?.[name]).toBe(value)
    expect(preferences(false)?.[name]).toBe(value)
  })

  it('has developer tools only while it is not packaged', () => {
    expect(preferences(true)?.devTools).toBe(false)
    expect(preferences(false)?.devTools).toBe(true)
  })

  it('turns on no feature of the engine by name', () => {
    expect(preferences(true)).not.toHaveProperty('enableBlinkFeatures')
    expect(preferences(true)).not.toHaveProperty('additionalArguments')
  })
})

class FakeSession extends EventEmitter {
  readonly answers: Record<string, unknown> = {}
  setPermissionRequestHandler: Session['setPermissionRequestHandler'] = (handler) =>
    handler?.(null as never, 'media', (granted) => (this.answers['request'] = granted), null as never)
  setPermissionCheckHandler: Session['setPermissionCheckHandler'] = (handler) =>
    (this.answers['check'] = handler?.(null, 'media', 'app://bundle', null as never))
  setDevicePermissionHandler: Session['setDevicePermissionHandler'] = (handler) =>
    (this.answers['device'] = handler?.(null as never))
  setDisplayMediaRequestHandler: Session['setDisplayMediaRequestHandler'] = (handler) =>
    handler?.(null as never, (streams) => (this.answers['screen'] = streams))
}

it('grants the page no permission, no device and no screen', () => {
  const session = new FakeSession()
  grantNothing(session)
  expect(session.answers).toEqual({ request: false, check: false, device: false, screen: null })
})

it.each([
  ['blob:app://bundle/0b1c6f0e-5f5f-4f0e-9a5c-2f3f6f6a7b8c', true],
  ['blob:app://other/0b1c6f0e-5f5f-4f0e-9a5c-2f3f6f6a7b8c', false],
  ['blob:https://example.com/0b1c6f0e', false],
  ['blob:null/0b1c6f0e', false],
  ['data:text/plain,hello', false],
  ['app://bundle/index.html', false],
  ['https://example.com/file.env', false],
])('lets the page save a file of its own making, and nothing from elsewhere: %s', (address, saved) => {
  const session = new FakeSession()
  grantNothing(session)
  let prevented = false
  session.emit('will-download', { preventDefault: () => void (prevented = true) }, { getURL: () => address })
  expect(prevented).toBe(!saved)
})
