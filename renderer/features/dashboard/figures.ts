/** Figures are counted from the finished requests of the window, and agree with a recount of them. */
import type { RequestFact, RequestFacts } from '../../app/live/request-facts.ts'

export interface FigureWindow {
  /** Null counts every model. */
  modelId: string | null
  toMs: number
  windowMs: number
}

export interface Figures {
  /** Finished in the last minute. */
  perMinute: number
  finished: number
  served: number
  failed: number
  /** Of the answered and failed ones; a request that its client cancelled says nothing. Null when there are none. */
  successShare: number | null
  saved: number
  p50Ms: number | null
  p95Ms: number | null
  tokens: number
}

export interface FigureSeries {
  requests: number[]
  successShare: (number | null)[]
  saved: number[]
  p50Ms: (number | null)[]
  tokens: number[]
}

export const minuteMs = 60_000
const seriesBuckets = 30

export function figuresOf(facts: RequestFacts, { modelId, toMs, windowMs }: FigureWindow): Figures {
  const latencies: number[] = []
  const figures = { perMinute: 0, finished: 0, served: 0, failed: 0, saved: 0, tokens: 0 }
  const span = Math.max(windowMs, minuteMs)
  facts.forEach({ modelId, fromMs: toMs - span, toMs }, (fact) => {
    if (fact.endedAtMs >= toMs - minuteMs) figures.perMinute += 1
    if (fact.endedAtMs < toMs - windowMs) return
    figures.finished += 1
    figures.tokens += fact.tokens
    if (fact.saved) figures.saved += 1
    if (fact.result === 'failed') figures.failed += 1
    if (fact.result !== 'served') return
    figures.served += 1
    latencies.push(fact.durationMs)
  })
  const sorted = Float64Array.from(latencies).sort()
  return {
    ...figures,
    successShare: shareOf(figures.served, figures.failed),
    p50Ms: percentile(sorted, 0.5),
    p95Ms: percentile(sorted, 0.95),
  }
}

/** The nearest-rank percentile of numbers in ascending order. */
export function percentile(sorted: ArrayLike<number>, share: number): number | null {
  if (sorted.length === 0) return null
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null
}

interface Bucket {
  requests: number
  served: number
  failed: number
  saved: number
  tokens: number
  latencies: number[]
}

/**
 * One value a bucket, oldest first. Buckets begin at whole multiples of their length, so that old values stand still,
 * and only whole ones count: one that has just begun would look like a fall.
 */
export function seriesOf(facts: RequestFacts, { modelId, toMs, windowMs }: FigureWindow): FigureSeries {
  const bucketMs = windowMs / seriesBuckets
  const first = Math.floor(toMs / bucketMs) - seriesBuckets
  const buckets = Array.from({ length: seriesBuckets }, emptyBucket)
  facts.forEach({ modelId, fromMs: first * bucketMs, toMs }, (fact) => {
    const bucket = buckets[Math.floor(fact.endedAtMs / bucketMs) - first]
    if (bucket) addTo(bucket, fact)
  })
  return {
    requests: buckets.map((bucket) => bucket.requests),
    successShare: buckets.map((bucket) => shareOf(bucket.served, bucket.failed)),
    saved: buckets.map((bucket) => bucket.saved),
    p50Ms: buckets.map((bucket) => percentile(Float64Array.from(bucket.latencies).sort(), 0.5)),
    tokens: buckets.map((bucket) => bucket.tokens),
  }
}

const emptyBucket = (): Bucket => ({ requests: 0, served: 0, failed: 0, saved: 0, tokens: 0, latencies: [] })

function addTo(bucket: Bucket, fact: RequestFact): void {
  bucket.requests += 1
  bucket.tokens += fact.tokens
  if (fact.saved) bucket.saved += 1
  if (fact.result === 'failed') bucket.failed += 1
  if (fact.result !== 'served') return
  bucket.served += 1
  bucket.latencies.push(fact.durationMs)
}

const shareOf = (served: number, failed: number): number | null =>
  served + failed === 0 ? null : served / (served + failed)
