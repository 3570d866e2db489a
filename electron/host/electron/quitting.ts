import type { Clock } from '../../rotation/clock.ts'

/** Quitting waits until everything that was opened has been put away, the last first, and for nothing longer than 8 s. */
export interface Quitting {
  /** Puts something away when the application quits. */
  closeLater(close: () => Promise<void>): void
  /** Once somebody has asked to quit. */
  isEnding(): boolean
  /** Quits as ever, but for its last step: what nobody can go on from must not end as if all were well. */
  endWith(last: () => void): void
}

interface QuittingApp {
  on(event: 'before-quit', listener: (event: { preventDefault(): void }) => void): unknown
  quit(): void
}

/** The gateway lets answers under way end for five seconds. */
export const closeWithinMs = 8_000

export function waitBeforeQuit(app: QuittingApp, clock: Pick<Clock, 'schedule'>): Quitting {
  const closers: (() => Promise<void>)[] = []
  let last = () => app.quit()
  let state: 'open' | 'closing' | 'closed' = 'open'

  async function closeAll() {
    for (const close of closers.toReversed()) {
      // What cannot be closed must not keep the rest open.
      await close().catch(() => undefined)
    }
  }

  function end() {
    if (state === 'closed') return
    state = 'closed'
    last()
  }

  app.on('before-quit', (event) => {
    if (state === 'closed') return
    event.preventDefault()
    if (state === 'closing') return
    state = 'closing'
    const cancel = clock.schedule(closeWithinMs, end)
    void closeAll().then(() => {
      cancel()
      return end()
    })
  })
  return {
    closeLater: (close) => void closers.push(close),
    isEnding: () => state !== 'open',
    endWith(chosen) {
      last = chosen
      app.quit()
    },
  }
}
