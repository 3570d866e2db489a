/**
 * How many attempts ended in each cell of the lanes, kept up to date by those that ended since the last look, so that a
 * frame costs the same however many there are. Cells begin at whole multiples of their length: what is merged does not
 * flicker as time flows.
 */
import type { AttemptRing } from '../../app/live/attempt-ring.ts'
import type { OutcomeKind } from '../../../shared/outcome.ts'
import { outcomeKinds } from '../../../shared/outcome-kinds.ts'
import type { RowsLayout, TimeScale } from './lane-scale.ts'

/** A cell is as wide as a dot; more than so many of one sort in it can no longer be told apart. */
const cellPx = 7
export const dotsPerCell = 2
/** Of more failures in one cell no more ways onwards are drawn. */
const failuresKept = 6

/** What happened before the single attempts that are held: counts in buckets that begin at whole multiples of their length. */
export interface LanePast {
  bucketMs: number
  /** Single attempts are held from here on. */
  untilMs: number
  counts: readonly { key: number; bucket: number; kind: OutcomeKind; count: number }[]
}

/** Where counts are shown beside single attempts, both are counted in the same cells. */
export const cellMsFor = ({ fromMs, toMs, widthPx }: TimeScale, past: LanePast | null): number => {
  const exactMs = ((toMs - fromMs) / Math.max(1, widthPx)) * cellPx
  return past === null ? exactMs : Math.ceil(exactMs / past.bucketMs) * past.bucketMs
}

/** So many cells stand side by side. */
export const columnsIn = (widthPx: number): number => Math.max(1, Math.floor(widthPx / cellPx))

export interface Cell {
  served: number
  failed: number
  failedKind: OutcomeKind | null
}

export interface LaneCellsInput {
  ring: AttemptRing
  scale: TimeScale
  rows: RowsLayout
  /** The window goes on to now, and what ends later belongs to it; else nothing after its end has happened. */
  isLive: boolean
  past: LanePast | null
}

export class LaneCells {
  readonly cellMs: number
  readonly columns: number
  readonly windowMs: number
  private readonly ring: AttemptRing
  private readonly past: LanePast | null
  private readonly rows: number
  private readonly rowOfKey: Int32Array
  private readonly columnHeld: Float64Array
  private readonly served: Uint32Array
  private readonly failed: Uint32Array
  private readonly kinds: Uint8Array
  private readonly servedOrdinals: Float64Array
  private readonly failedOrdinals: Float64Array
  private seenEnds = 0
  private readonly untilMs: number
  /** Seen from a moment that has passed: what had begun and not yet ended. */
  private readonly unfinished: number[] = []

  constructor({ ring, scale, rows, isLive, past }: LaneCellsInput) {
    this.ring = ring
    this.past = past
    this.cellMs = cellMsFor(scale, past)
    this.windowMs = scale.toMs - scale.fromMs
    this.columns = Math.ceil(this.windowMs / this.cellMs) + 2
    this.rows = rows.count
    this.rowOfKey = rows.rowOfKey
    this.untilMs = isLive ? Infinity : scale.toMs
    const size = this.columns * this.rows
    this.columnHeld = new Float64Array(this.columns).fill(Number.NaN)
    this.served = new Uint32Array(size)
    this.failed = new Uint32Array(size)
    this.kinds = new Uint8Array(size)
    this.servedOrdinals = new Float64Array(size * dotsPerCell).fill(-1)
    this.failedOrdinals = new Float64Array(size * failuresKept).fill(-1)
    if (past !== null) this.takePast(past)
    this.takeHeld()
  }

  /** Whether these cells, moved on in time, are those of this window. */
  isFor({ ring, scale, rows, isLive, past }: LaneCellsInput): boolean {
    return (
      this.ring === ring &&
      this.past === past &&
      this.cellMs === cellMsFor(scale, past) &&
      this.windowMs === scale.toMs - scale.fromMs &&
      this.untilMs === (isLive ? Infinity : scale.toMs) &&
      this.rows === rows.count &&
      this.rowOfKey.length === rows.rowOfKey.length &&
      this.rowOfKey.every((row, key) => row === rows.rowOfKey[key])
    )
  }

  /** Takes what ended since; false when so much did that the ring no longer knows all of it. */
  catchUp(): boolean {
    if (this.untilMs !== Infinity) return true
    for (; this.seenEnds < this.ring.ends; this.seenEnds += 1) {
      const ordinal = this.ring.endedAs(this.seenEnds)
      if (ordinal === -1) return false
      this.take(ordinal)
    }
    return true
  }

  columnAt = (atMs: number): number => Math.floor(atMs / this.cellMs)

  /** -1 when nothing ended there. */
  indexOf(row: number, column: number): number {
    const slot = column % this.columns
    return this.columnHeld[slot] === column ? slot * this.rows + row : -1
  }

  cell(index: number): Cell {
    return {
      served: this.served[index] ?? 0,
      failed: this.failed[index] ?? 0,
      failedKind: outcomeKinds[(this.kinds[index] ?? 0) - 1] ?? null,
    }
  }

  hasFailures = (index: number): boolean => (this.failed[index] ?? 0) > 0
  isEmpty = (index: number): boolean => (this.served[index] ?? 0) + (this.failed[index] ?? 0) === 0

  servedIn = (index: number): Float64Array =>
    this.servedOrdinals.subarray(
      index * dotsPerCell,
      index * dotsPerCell + Math.min(dotsPerCell, this.served[index] ?? 0),
    )

  /** The first failures of a cell. */
  failedIn = (index: number): Float64Array =>
    this.failedOrdinals.subarray(
      index * failuresKept,
      index * failuresKept + Math.min(failuresKept, this.failed[index] ?? 0),
    )

  /** Those under way as it is seen from here. */
  running(): Iterable<number> {
    return this.untilMs === Infinity ? this.ring.running : this.unfinished
  }

  private takePast({ counts, bucketMs, untilMs }: LanePast): void {
    for (const { key, bucket, kind, count } of counts) {
      const row = this.rowOfKey[key] ?? -1
      // A bucket in which single attempts begin to be held is counted from those.
      if (row === -1 || (bucket + 1) * bucketMs > untilMs) continue
      const slot = this.claim(this.columnAt(bucket * bucketMs))
      if (slot !== -1) this.add(slot * this.rows + row, kind, count)
    }
  }

  private takeHeld(): void {
    const { ring, past } = this
    const fromMs = past === null ? -Infinity : Math.floor(past.untilMs / past.bucketMs) * past.bucketMs
    for (let ordinal = ring.first; ordinal < ring.next; ordinal += 1) {
      if (!(ring.endedAtMs(ordinal) < fromMs)) this.take(ordinal)
    }
    this.seenEnds = ring.ends
  }

  private take(ordinal: number): void {
    const { ring } = this
    const row = this.rowOfKey[ring.key(ordinal)] ?? -1
    if (row === -1) return
    const endedAtMs = ring.endedAtMs(ordinal)
    if (!(endedAtMs <= this.untilMs)) {
      if (ring.startedAtMs(ordinal) <= this.untilMs) this.unfinished.push(ordinal)
      return
    }
    const slot = this.claim(this.columnAt(endedAtMs))
    const kind = ring.kind(ordinal)
    if (slot === -1 || kind === null) return
    const index = slot * this.rows + row
    if (kind === 'served') keep(this.servedOrdinals, index * dotsPerCell, this.served[index] ?? 0, dotsPerCell, ordinal)
    else keep(this.failedOrdinals, index * failuresKept, this.failed[index] ?? 0, failuresKept, ordinal)
    this.add(index, kind, 1)
  }

  private add(index: number, kind: OutcomeKind, count: number): void {
    if (kind === 'served') this.served[index] = (this.served[index] ?? 0) + count
    else {
      this.failed[index] = (this.failed[index] ?? 0) + count
      this.kinds[index] = outcomeKinds.indexOf(kind) + 1
    }
  }

  /** The slot of a column, emptied when an older one stood there; -1 when a younger one does. */
  private claim(column: number): number {
    const slot = column % this.columns
    const held = this.columnHeld[slot] ?? Number.NaN
    if (held > column) return -1
    if (held !== column) {
      this.columnHeld[slot] = column
      const from = slot * this.rows
      this.served.fill(0, from, from + this.rows)
      this.failed.fill(0, from, from + this.rows)
      this.kinds.fill(0, from, from + this.rows)
      this.servedOrdinals.fill(-1, from * dotsPerCell, (from + this.rows) * dotsPerCell)
      this.failedOrdinals.fill(-1, from * failuresKept, (from + this.rows) * failuresKept)
    }
    return slot
  }
}

function keep(ordinals: Float64Array, from: number, held: number, most: number, ordinal: number): void {
  if (held < most) ordinals[from + held] = ordinal
}
