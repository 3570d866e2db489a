import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { closeWithinMs, waitBeforeQuit } from '../../../electron/host/electron/quitting.ts'
import { describeStartFailure, FolderHeldError } from '../../../electron/host/electron/start-failure.ts'
import { FakeClock } from '../../support/fake-clock.ts'

/** Quits as Electron does: asks first, and ends when nobody prevents it. */
class FakeApp extends EventEmitter {
  ended = false
  quit() {
    let prevented = false
    this.emit('before-quit', { preventDefault: () => void (prevented = true) })
    if (!prevented) this.ended = true
  }
}

function quittingApp() {
  const app = new FakeApp()
  const clock = new FakeClock()
  return { app, clock, quitting: waitBeforeQuit(app, clock) }
}

describe('quitting', () => {
  it('waits until everything is put away, what was opened last first', async () => {
    const { app, clock, quitting } = quittingApp()
    const order: string[] = []
    const slow = Promise.withResolvers<void>()
    quitting.closeLater(async () => void order.push('lock'))
    quitting.closeLater(() => slow.promise.then(() => void order.push('application')))
    app.quit()
    await clock.advance(10)
    expect(app.ended).toBe(false)
    slow.resolve()
    await clock.advance(10)
    expect(order).toEqual(['application', 'lock'])
    expect(app.ended).toBe(true)
  })

  it('closes nothing twice, however often it is asked', async () => {
    const { app, clock, quitting } = quittingApp()
    let closed = 0
    quitting.closeLater(async () => void (closed += 1))
    app.quit()
    app.quit()
    await clock.advance(1)
    app.quit()
    expect(closed).toBe(1)
  })

  it('puts the rest away when one thing cannot be', async () => {
    const { app, clock, quitting } = quittingApp()
    let released = false
    quitting.closeLater(async () => void (released = true))
    quitting.closeLater(() => Promise.reject(new Error('disk full')))
    app.quit()
    await clock.advance(1)
    expect([released, app.ended]).toEqual([true, true])
  })

  it('ends after five seconds even if something never closes', async () => {
    const { app, clock, quitting } = quittingApp()
    quitting.closeLater(() => new Promise(() => undefined))
    app.quit()
    await clock.advance(closeWithinMs - 1)
    expect(app.ended).toBe(false)
    await clock.advance(1)
    expect(app.ended).toBe(true)
  })
})

describe('why there is no window', () => {
  it('names the process that has the data folder', () => {
    expect(describeStartFailure(new FolderHeldError(4711), 'en-GB')).toContain('in process 4711')
    expect(describeStartFailure(new FolderHeldError(4711), 'zh-CN')).toContain('进程 4711')
  })

  it('shows the code of an error and nothing of its message', () => {
    const error = Object.assign(new Error('EACCES: /home/someone/sk-secret'), { code: 'EACCES' })
    expect(describeStartFailure(error, 'en')).toBe('Keywheel could not start (EACCES).')
    expect(describeStartFailure(new Error('sk-secret'), 'en')).toBe('Keywheel could not start (START_FAILED).')
    expect(describeStartFailure('sk-secret', 'de')).toBe('Keywheel could not start (START_FAILED).')
  })
})
