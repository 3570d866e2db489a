/**
 * Over SSH the page and main may run on machines whose clocks disagree. An event is never older than it is, so the
 * smallest age ever seen is the difference of the clocks plus the shortest way; below a second it is taken for none.
 */
export interface ClockOffset {
  heard(eventAtMs: number, receivedAtMs: number): void
  /** Milliseconds to take off the page's clock to read main's. */
  ms(): number
}

const ignoredBelowMs = 1_000

export function createClockOffset(): ClockOffset {
  let least = Infinity
  return {
    heard(eventAtMs, receivedAtMs) {
      least = Math.min(least, receivedAtMs - eventAtMs)
    },
    ms: () => (Number.isFinite(least) && Math.abs(least) >= ignoredBelowMs ? least : 0),
  }
}
