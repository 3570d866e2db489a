import type { DatabaseSync } from 'node:sqlite'
import type { FailureHistory, FigureHistory, Figures, Window } from '../../shared/activity.ts'
import type { OutcomeKind } from '../../shared/outcome.ts'
import { kindCodes } from './codes.ts'
import { percentileOf } from './latency-histogram.ts'
import { quarterMs, requestSums, stepsSince } from './sums.ts'

/** As many points as a small chart can show; more are not worth reading. */
const mostPoints = 120

const summed = requestSums.map((name) => `sum(${name}) AS ${name}`).join(', ')
const ofModel = "(?3 IS NULL OR model IN (SELECT id FROM names WHERE kind = 'model' AND ref = ?3))"

type Row = Record<string, unknown>

/** What the dashboard shows, from sums alone: it takes as long over a million requests as over a hundred. */
export interface CalendarDeps {
  wallMs: () => number
  midnightMs: (wallMs: number) => number
}

export function createFigures(db: DatabaseSync, { wallMs: wallNowMs, midnightMs }: CalendarDeps) {
  const within = `step = ?1 AND at >= ?2 AND at < ?4 AND ${ofModel}`
  const sums = db.prepare(`SELECT at, ${summed} FROM request_sums WHERE ${within} GROUP BY at`)
  const latencies = db.prepare(
    `SELECT at, bucket, sum(n) AS n FROM latency_sums WHERE ${within} GROUP BY at, bucket ORDER BY at, bucket`,
  )
  const failures = db.prepare(
    `SELECT at, kind, sum(n) AS n FROM attempt_sums WHERE ${within} AND kind <> 0 GROUP BY at, kind ORDER BY at, kind`,
  )

  function figuresIn({ modelId, fromMs, toMs }: Window, bucketMs: number, step: number): Figures[] {
    const buckets = Array.from({ length: Math.max(1, Math.ceil((toMs - fromMs) / bucketMs)) }, emptyBucket)
    const values = [step, fromMs, modelId, toMs] as const
    const bucketAt = (row: Row) => buckets[Math.floor((Number(row['at']) - fromMs) / bucketMs)]
    for (const row of sums.all(...values)) addSums(bucketAt(row), row)
    for (const row of latencies.all(...values)) addLatency(bucketAt(row), row)
    return buckets.map(figuresOf)
  }

  return {
    figures(window: Window, wallMs: number): FigureHistory {
      const { step, bucketMs } = stepFor(window, wallMs)
      const from = Math.floor(window.fromMs / bucketMs) * bucketMs
      const aligned = { ...window, fromMs: from }
      const day = { modelId: window.modelId, fromMs: midnightMs(wallMs), toMs: wallMs + 1 }
      return {
        fromMs: from,
        stepMs: bucketMs,
        totals: figuresIn(aligned, Infinity, step)[0] ?? figuresOf(emptyBucket()),
        today: figuresIn(day, Infinity, quarterMs)[0] ?? figuresOf(emptyBucket()),
        points: figuresIn(aligned, bucketMs, step),
      }
    },
    failures(window: Window): FailureHistory {
      const { step, bucketMs } = stepFor(window, wallNowMs())
      const from = Math.floor(window.fromMs / bucketMs) * bucketMs
      const length = Math.ceil((window.toMs - from) / bucketMs)
      const kinds = new Map<OutcomeKind, number[]>()
      for (const row of failures.all(step, from, window.modelId, window.toMs)) {
        const kind = kindCodes.nameOf(row['kind'])
        if (!kind) continue
        const counts = kinds.get(kind) ?? Array.from({ length }, () => 0)
        kinds.set(kind, counts)
        counts[Math.floor((Number(row['at']) - from) / bucketMs)]! += Number(row['n'])
      }
      return { fromMs: from, stepMs: bucketMs, kinds: [...kinds].map(([kind, counts]) => ({ kind, counts })) }
    },
  }
}

/** The finest sums that do not make more points than can be shown, and how many of them make a point. */
export function stepFor({ fromMs, toMs }: Pick<Window, 'fromMs' | 'toMs'>, wallMs: number) {
  const span = toMs - fromMs
  const steps = stepsSince(fromMs, wallMs)
  const step = steps.findLast((length) => span / length >= mostPoints / 2) ?? steps[0] ?? quarterMs
  return { step, bucketMs: Math.max(1, Math.ceil(span / step / mostPoints)) * step }
}

interface Bucket {
  sums: number[]
  /** By bucket of the histogram. */
  latencies: Map<number, number>
}

const emptyBucket = (): Bucket => ({ sums: requestSums.map(() => 0), latencies: new Map() })

function addSums(bucket: Bucket | undefined, row: Row): void {
  for (const [index, name] of requestSums.entries()) if (bucket) bucket.sums[index]! += Number(row[name])
}

function addLatency(bucket: Bucket | undefined, row: Row): void {
  const of = Number(row['bucket'])
  bucket?.latencies.set(of, (bucket.latencies.get(of) ?? 0) + Number(row['n']))
}

function figuresOf({ sums, latencies }: Bucket): Figures {
  const sum = (name: (typeof requestSums)[number]) => sums[requestSums.indexOf(name)] ?? 0
  const sorted = [...latencies].toSorted(([a], [b]) => a - b)
  return {
    finished: sum('finished'),
    served: sum('served'),
    failed: sum('failed'),
    cancelled: sum('cancelled'),
    saved: sum('saved'),
    p50Ms: percentileOf(sorted, 0.5),
    p95Ms: percentileOf(sorted, 0.95),
    promptTokens: sum('prompt_tokens'),
    completionTokens: sum('completion_tokens'),
    estimated: sum('estimated'),
    costMicros: sum('cost_micros'),
    unpriced: sum('unpriced'),
  }
}
