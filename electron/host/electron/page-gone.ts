import type { Clock } from '../../rotation/clock.ts'

/**
 * A page whose process died comes back locked, because whoever sits there now may be somebody else; one that dies again
 * and again is given up, so that it does not keep the machine busy.
 */
interface MortalPage {
  on(event: 'render-process-gone', listener: (event: unknown, details: { reason: string }) => void): unknown
  reload(): void
}

const maxReturns = 3
const withinMs = 60_000

export interface PageGoneDeps {
  clock: Pick<Clock, 'nowMs'>
  /** Before it comes back. */
  onGone: () => void
  giveUp: () => void
}

export function bringBackPage(page: MortalPage, { clock, onGone, giveUp }: PageGoneDeps): void {
  let returns: number[] = []
  page.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    onGone()
    const now = clock.nowMs()
    returns = returns.filter((atMs) => now - atMs < withinMs)
    if (returns.length >= maxReturns) return giveUp()
    returns.push(now)
    page.reload()
  })
}
