const bucketMs = 5_000
const bucketCount = 13

/**
 * How much was spent in the last minute, in buckets of five seconds. It never forgets early: what was spent counts for
 * at least 60 and at most 65 seconds, so a limit is kept over any minute.
 */
export class RateWindow {
  readonly #amounts = new Float64Array(bucketCount)
  #newest = 0
  #used = 0

  used(nowMs: number): number {
    this.#roll(nowMs)
    return this.#used
  }

  /** A negative amount gives back what was set aside; it never makes the window owe. */
  add(atMs: number, nowMs: number, amount: number): void {
    this.#roll(nowMs)
    const bucket = Math.floor(atMs / bucketMs)
    if (bucket <= this.#newest - bucketCount) return
    const place = slotOf(Math.min(bucket, this.#newest))
    const change = Math.max(amount, -this.#amounts[place]!)
    this.#amounts[place]! += change
    this.#used += change
  }

  /** When less than `limit` will be in the window; now or earlier when it already is. */
  freeAtMs(nowMs: number, limit: number): number {
    this.#roll(nowMs)
    let left = this.#used
    let freeAtMs = nowMs
    for (let bucket = this.#newest - bucketCount + 1; left >= limit && bucket <= this.#newest; bucket += 1) {
      left -= this.#amounts[slotOf(bucket)]!
      freeAtMs = (bucket + bucketCount) * bucketMs
    }
    return freeAtMs
  }

  /** When the next spent amount is forgotten. */
  nextChangeMs(nowMs: number): number {
    return this.#used === 0 ? Infinity : this.freeAtMs(nowMs, this.#used)
  }

  #roll(nowMs: number): void {
    const bucket = Math.floor(nowMs / bucketMs)
    if (bucket <= this.#newest) return
    const forget = Math.min(bucket - this.#newest, bucketCount)
    for (let step = 1; step <= forget; step += 1) {
      const place = slotOf(this.#newest + step)
      this.#used -= this.#amounts[place]!
      this.#amounts[place] = 0
    }
    if (forget === bucketCount) this.#used = 0
    this.#newest = bucket
  }
}

function slotOf(bucket: number): number {
  return ((bucket % bucketCount) + bucketCount) % bucketCount
}
