import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { createNotify } from '../../../electron/host/electron/notifications.ts'

function desktop(isSupported = true) {
  const shown: SystemNotice[] = []
  const window = { isInFront: false }
  class SystemNotice extends EventEmitter {
    static isSupported = () => isSupported
    readonly options: { title: string; body: string }
    isClosed = false
    constructor(options: { title: string; body: string }) {
      super()
      this.options = options
    }
    show(): void {
      shown.push(this)
    }
    close(): void {
      this.isClosed = true
      this.emit('close')
    }
  }
  const notify = createNotify(SystemNotice, () => void (window.isInFront = true))
  return { shown, window, notify }
}

const rejected = { kind: 'rejected', title: 'acct-1 was rejected', text: 'Its provider refuses it.' } as const

it('shows a notice, and brings the window to the front when it is clicked', async () => {
  const { shown, window, notify } = desktop()
  const clicked = notify!(rejected)
  expect(shown.map(({ options }) => options)).toEqual([{ title: rejected.title, body: rejected.text }])
  expect(window.isInFront).toBe(false)
  shown[0]!.emit('click')
  expect(await clicked).toBe(true)
  expect(window.isInFront).toBe(true)
})

it('puts one of a kind in the place of the one before, and leaves the other kinds alone', async () => {
  const { shown, notify } = desktop()
  const first = notify!(rejected)
  void notify!({ ...rejected, kind: 'exhausted' })
  void notify!(rejected)
  expect(shown.map(({ isClosed }) => isClosed)).toEqual([true, false, false])
  expect(await first).toBe(false)
})

it('ends when the person puts the notice aside', async () => {
  const { shown, window, notify } = desktop()
  const clicked = notify!(rejected)
  shown[0]!.close()
  expect(await clicked).toBe(false)
  expect(window.isInFront).toBe(false)
})

it('shows a name as text where the desktop would take it for markup', () => {
  const { shown, notify } = desktop()
  void notify!({ ...rejected, title: '<img src=x> was rejected' })
  expect(shown[0]!.options.title).toBe('‹img src=x› was rejected')
})

it('is left out where the system shows no notifications', () => {
  expect(desktop(false).notify).toBeUndefined()
})
