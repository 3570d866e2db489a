/** A latency is known within 5 %: each bucket reaches from its lower bound to a tenth more. */
const growth = 1.1

export function bucketOf(ms: number): number {
  return ms < 1 ? 0 : 1 + Math.floor(Math.log(ms) / Math.log(growth) + 1e-9)
}

/** The geometric middle of a bucket. */
export function bucketMs(bucket: number): number {
  return bucket === 0 ? 0.5 : growth ** (bucket - 1) * Math.sqrt(growth)
}

/** The nearest-rank percentile; buckets in ascending order. */
export function percentileOf(buckets: readonly (readonly [bucket: number, n: number])[], share: number): number | null {
  const total = buckets.reduce((sum, [, n]) => sum + n, 0)
  let left = Math.max(1, Math.ceil(share * total))
  for (const [bucket, n] of buckets) {
    left -= n
    if (left <= 0) return bucketMs(bucket)
  }
  return null
}
