/** Slows guessing of passphrases in this process: five free misses, then 5 s, doubling to 5 min. A restart resets it. */
export interface Backoff {
  waitMs(): number
  miss(): void
  hit(): void
}

const freeMisses = 5
const firstWaitMs = 5_000
const longestWaitMs = 300_000

export function createBackoff(nowMs: () => number): Backoff {
  let misses = 0
  let untilMs = 0
  return {
    waitMs: () => (misses < freeMisses ? 0 : Math.max(0, untilMs - nowMs())),
    miss() {
      misses += 1
      if (misses < freeMisses) return
      untilMs = nowMs() + Math.min(firstWaitMs * 2 ** (misses - freeMisses), longestWaitMs)
    },
    hit() {
      misses = 0
    },
  }
}
