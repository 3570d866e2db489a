/** From attempts to marks: where each attempt stands in the lanes, and where so many stand that they become one bar. */
import type { OutcomeKind } from '../../../shared/outcome.ts'
import type { AttemptRing } from '../../app/live/attempt-ring.ts'

export interface TimeScale {
  fromMs: number
  toMs: number
  widthPx: number
}

export const xOf = (scale: TimeScale, atMs: number): number =>
  ((atMs - scale.fromMs) / (scale.toMs - scale.fromMs)) * scale.widthPx

export const timeAt = (scale: TimeScale, x: number): number =>
  scale.fromMs + (x / scale.widthPx) * (scale.toMs - scale.fromMs)

export interface RowsLayout {
  /** The row of each key by its index in the history, or -1. */
  rowOfKey: Int32Array
  count: number
  heightPx: number
  /** Rows outside of this range are not drawn; curves into it are. */
  firstVisible: number
  lastVisible: number
  /** How far the rows are scrolled. */
  scrollPx: number
}

export const rowCentre = (rows: RowsLayout, row: number): number => (row + 0.5) * rows.heightPx - rows.scrollPx

export interface AttemptMark {
  ordinal: number
  row: number
  /** Where it ended, or where now is while it runs. */
  x: number
  /** Where it began; the tail between shows how long it took. */
  fromX: number
  /** Null while it runs. */
  kind: OutcomeKind | null
}

export interface BarMark {
  row: number
  x: number
  widthPx: number
  fromMs: number
  toMs: number
  served: number
  failed: number
  /** The kind of the failure that came last in it. */
  failedKind: OutcomeKind | null
}

export interface CurveMark {
  fromRow: number
  fromX: number
  toRow: number
  toX: number
  kind: OutcomeKind
}

export interface LaneMarks {
  attempts: AttemptMark[]
  bars: BarMark[]
  curves: CurveMark[]
}

/** A cell is as wide as a dot; more than so many of one sort in it can no longer be told apart. */
const cellPx = 7
const dotsPerCell = 2
/** Attempts stand in order of their start; one that started this long before the window may still end in it. */
const longestAttemptMs = 120_000

interface Cells {
  served: Uint32Array
  failed: Uint32Array
  lastFailure: (OutcomeKind | null)[]
  perRow: number
  first: number
  cellMs: number
}

export function layOut(ring: AttemptRing, scale: TimeScale, rows: RowsLayout): LaneMarks {
  const cells = countCells(ring, scale, rows)
  const marks: LaneMarks = { attempts: [], bars: barsOf(cells, scale, rows), curves: [] }
  const curvesDrawn = new Set<string>()
  forEachInWindow(ring, scale, rows, (ordinal, row, endMs, kind) => {
    const cell = kind === null ? -1 : cellOf(cells, row, endMs)
    const merged = cell !== -1 && isMerged(cells, cell, kind)
    const x = xOf(scale, endMs)
    if (!merged && row >= rows.firstVisible && row <= rows.lastVisible) {
      marks.attempts.push({ ordinal, row, x, fromX: xOf(scale, ring.startedAtMs(ordinal)), kind })
    }
    if (kind === null || kind === 'served') return
    const curve = curveOf(ring, scale, rows, { ordinal, row, x, kind })
    if (!curve) return
    // Of many failures in one cell that went to the same key, one curve says it.
    const name = merged ? `${cell} ${curve.toRow}` : ''
    if (merged && curvesDrawn.has(name)) return
    curvesDrawn.add(name)
    marks.curves.push(curve)
  })
  return marks
}

type Visit = (ordinal: number, row: number, endMs: number, kind: OutcomeKind | null) => void

/** Youngest first. Seen from a paused moment, what ended later still runs, and what began later is not there yet. */
function forEachInWindow(ring: AttemptRing, scale: TimeScale, rows: RowsLayout, visit: Visit): void {
  for (let ordinal = ring.next - 1; ordinal >= ring.first; ordinal -= 1) {
    const startedAtMs = ring.startedAtMs(ordinal)
    if (startedAtMs < scale.fromMs - longestAttemptMs) return
    if (startedAtMs > scale.toMs) continue
    const row = rows.rowOfKey[ring.key(ordinal)] ?? -1
    if (row === -1) continue
    const endedAtMs = ring.endedAtMs(ordinal)
    const ended = endedAtMs <= scale.toMs
    const endMs = ended ? endedAtMs : scale.toMs
    if (endMs < scale.fromMs) continue
    visit(ordinal, row, endMs, ended ? ring.kind(ordinal) : null)
  }
}

function countCells(ring: AttemptRing, scale: TimeScale, rows: RowsLayout): Cells {
  // Cells begin at whole multiples of their length, so that what is merged does not flicker as time flows.
  const cellMs = ((scale.toMs - scale.fromMs) / scale.widthPx) * cellPx
  const first = Math.floor(scale.fromMs / cellMs)
  const perRow = Math.floor(scale.toMs / cellMs) - first + 1
  const size = perRow * rows.count
  const cells: Cells = {
    served: new Uint32Array(size),
    failed: new Uint32Array(size),
    lastFailure: Array.from<OutcomeKind | null>({ length: size }).fill(null),
    perRow,
    first,
    cellMs,
  }
  forEachInWindow(ring, scale, rows, (_ordinal, row, endMs, kind) => {
    if (kind === null) return
    const cell = cellOf(cells, row, endMs)
    const counts = kind === 'served' ? cells.served : cells.failed
    counts[cell] = (counts[cell] ?? 0) + 1
    if (kind !== 'served') cells.lastFailure[cell] ??= kind
  })
  return cells
}

const cellOf = (cells: Cells, row: number, atMs: number): number =>
  row * cells.perRow + Math.floor(atMs / cells.cellMs) - cells.first

const isMerged = (cells: Cells, cell: number, kind: OutcomeKind | null): boolean =>
  ((kind === 'served' ? cells.served : cells.failed)[cell] ?? 0) > dotsPerCell

function barsOf(cells: Cells, scale: TimeScale, rows: RowsLayout): BarMark[] {
  const bars: BarMark[] = []
  for (let row = Math.max(0, rows.firstVisible); row <= Math.min(rows.lastVisible, rows.count - 1); row += 1) {
    for (let column = 0; column < cells.perRow; column += 1) {
      const cell = row * cells.perRow + column
      const served = cells.served[cell] ?? 0
      const failed = cells.failed[cell] ?? 0
      if (served <= dotsPerCell && failed <= dotsPerCell) continue
      const fromMs = (cells.first + column) * cells.cellMs
      bars.push({
        row,
        x: xOf(scale, fromMs),
        widthPx: cellPx,
        fromMs,
        toMs: fromMs + cells.cellMs,
        served: served > dotsPerCell ? served : 0,
        failed: failed > dotsPerCell ? failed : 0,
        failedKind: cells.lastFailure[cell] ?? null,
      })
    }
  }
  return bars
}

function curveOf(
  ring: AttemptRing,
  scale: TimeScale,
  rows: RowsLayout,
  from: { ordinal: number; row: number; x: number; kind: OutcomeKind },
): CurveMark | null {
  const next = ring.takenOverBy(from.ordinal)
  if (!ring.has(next) || ring.startedAtMs(next) > scale.toMs) return null
  const toRow = rows.rowOfKey[ring.key(next)] ?? -1
  if (toRow === -1 || toRow === from.row) return null
  const isSeen = Math.max(from.row, toRow) >= rows.firstVisible && Math.min(from.row, toRow) <= rows.lastVisible
  if (!isSeen) return null
  return { fromRow: from.row, fromX: from.x, toRow, toX: xOf(scale, ring.startedAtMs(next)), kind: from.kind }
}

export type Hit = { kind: 'attempt'; mark: AttemptMark } | { kind: 'bar'; mark: BarMark }

const reachPx = 9
const barReachPx = 14

/** What lies under the pointer: the nearest attempt within reach, else the bar. */
export function hitTest(marks: LaneMarks, rows: RowsLayout, x: number, y: number): Hit | null {
  let nearest: AttemptMark | null = null
  let nearestPx = reachPx
  for (const mark of marks.attempts) {
    const distance = Math.hypot(mark.x - x, rowCentre(rows, mark.row) - y)
    if (distance > nearestPx) continue
    nearest = mark
    nearestPx = distance
  }
  if (nearest) return { kind: 'attempt', mark: nearest }
  const bar = marks.bars.find(
    (mark) => x >= mark.x && x < mark.x + mark.widthPx && Math.abs(rowCentre(rows, mark.row) - y) <= barReachPx,
  )
  return bar ? { kind: 'bar', mark: bar } : null
}

/** Taller for more, and never so tall that lanes touch: each doubling adds the same height. */
export const barHeight = (count: number, rowHeightPx: number): number =>
  Math.min(rowHeightPx - 10, 6 + Math.log2(Math.max(1, count)) * 3)

/** Round times for the axis: some four to eight of them, whatever the window. */
export function ticksOf(scale: TimeScale): { stepMs: number; atMs: number[] } {
  const stepMs = [5, 10, 15, 30, 60, 120, 300, 600]
    .map((s) => s * 1000)
    .find((ms) => (scale.toMs - scale.fromMs) / ms <= 8)
  const step = stepMs ?? 3_600_000
  const atMs: number[] = []
  for (let tick = Math.ceil(scale.fromMs / step) * step; tick <= scale.toMs; tick += step) atMs.push(tick)
  return { stepMs: step, atMs }
}
