/** From attempts to marks: where each attempt stands in the lanes, and where so many stand that they become one bar. */
import type { OutcomeKind } from '../../../shared/outcome.ts'
import type { AttemptRing } from '../../app/live/attempt-ring.ts'
import { dotsPerCell, type LaneCells } from './lane-cells.ts'
import { rowCentre, xOf, type RowsLayout, type TimeScale } from './lane-scale.ts'

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
  /** Where the attempt that took over began. */
  toX: number
  /** Where it stands now: its dot, or now while it runs. */
  untilX: number
  kind: OutcomeKind
}

export interface LaneMarks {
  attempts: AttemptMark[]
  bars: BarMark[]
  curves: CurveMark[]
}

/** More curves than this hide what they should show; the youngest are kept. */
const mostCurves = 250

interface Drawing {
  ring: AttemptRing
  scale: TimeScale
  rows: RowsLayout
  cells: LaneCells
  marks: LaneMarks
}

export function layOut(ring: AttemptRing, scale: TimeScale, rows: RowsLayout, cells: LaneCells): LaneMarks {
  const marks: LaneMarks = { attempts: [], bars: [], curves: [] }
  const drawing = { ring, scale, rows, cells, marks }
  for (const ordinal of cells.running()) addRunning(drawing, ordinal)
  for (let column = cells.columnAt(scale.toMs); column >= cells.columnAt(scale.fromMs); column -= 1) {
    for (let row = 0; row < rows.count; row += 1) {
      const index = cells.indexOf(row, column)
      if (index !== -1 && !cells.isEmpty(index)) addCell(drawing, { row, column, index })
    }
  }
  return marks
}

function addRunning({ ring, scale, rows, marks }: Drawing, ordinal: number): void {
  const row = rows.rowOfKey[ring.key(ordinal)] ?? -1
  if (row === -1 || !isVisible(rows, row)) return
  const fromX = xOf(scale, ring.startedAtMs(ordinal))
  marks.attempts.push({ ordinal, row, x: scale.widthPx, fromX, kind: null })
}

interface Place {
  row: number
  column: number
  index: number
}

function addCell(drawing: Drawing, place: Place): void {
  const { rows, cells, ring } = drawing
  const { row, index } = place
  const { served, failed, failedKind } = cells.cell(index)
  const servedDots = cells.servedIn(index)
  const failedDots = cells.failedIn(index)
  const mergesServed = served > dotsPerCell || !areHeld(ring, servedDots)
  const mergesFailed = failed > dotsPerCell || !areHeld(ring, failedDots)
  if (isVisible(rows, row)) {
    if (!mergesServed) for (const ordinal of servedDots) addDot(drawing, row, ordinal)
    if (!mergesFailed) for (const ordinal of failedDots) addDot(drawing, row, ordinal)
    const bar = { served: mergesServed ? served : 0, failed: mergesFailed ? failed : 0, failedKind }
    if (bar.served + bar.failed > 0) drawing.marks.bars.push({ ...barPlace(drawing, place), ...bar })
  }
  if (failed > 0) addCurves(drawing, row, failedDots, mergesFailed)
}

const isVisible = (rows: RowsLayout, row: number): boolean => row >= rows.firstVisible && row <= rows.lastVisible

/** What came from counts, or has been overwritten, is known only as a number. */
const areHeld = (ring: AttemptRing, ordinals: Float64Array): boolean => ordinals.every((ordinal) => ring.has(ordinal))

function addDot({ ring, scale, marks }: Drawing, row: number, ordinal: number): void {
  const endedAtMs = ring.endedAtMs(ordinal)
  if (endedAtMs < scale.fromMs) return
  // An event may be a moment ahead of the page's clock.
  const x = Math.min(scale.widthPx, xOf(scale, endedAtMs))
  marks.attempts.push({ ordinal, row, x, fromX: xOf(scale, ring.startedAtMs(ordinal)), kind: ring.kind(ordinal) })
}

function barPlace({ scale, cells }: Drawing, { row, column }: Place) {
  const fromMs = column * cells.cellMs
  const x = xOf(scale, fromMs)
  const widthPx = (cells.cellMs / (scale.toMs - scale.fromMs)) * scale.widthPx
  return { row, x, widthPx, fromMs, toMs: fromMs + cells.cellMs }
}

/** Of many failures in one cell that went to the same key, one curve says it. */
function addCurves(drawing: Drawing, row: number, ordinals: Float64Array, merged: boolean): void {
  const { curves } = drawing.marks
  const drawn = new Set<number>()
  for (const ordinal of ordinals) {
    if (curves.length >= mostCurves) return
    const curve = curveOf(drawing, row, ordinal)
    if (!curve || (merged && drawn.has(curve.toRow))) continue
    drawn.add(curve.toRow)
    curves.push(curve)
  }
}

function curveOf({ ring, scale, rows }: Drawing, row: number, ordinal: number): CurveMark | null {
  const next = ring.has(ordinal) ? ring.takenOverBy(ordinal) : -1
  const kind = ring.kind(ordinal)
  if (kind === null || !ring.has(next) || ring.startedAtMs(next) > scale.toMs) return null
  const toRow = rows.rowOfKey[ring.key(next)] ?? -1
  if (toRow === -1 || toRow === row) return null
  const isSeen = Math.max(row, toRow) >= rows.firstVisible && Math.min(row, toRow) <= rows.lastVisible
  const fromX = xOf(scale, ring.endedAtMs(ordinal))
  if (!isSeen || fromX < 0) return null
  const endedAtMs = ring.endedAtMs(next)
  const untilMs = endedAtMs <= scale.toMs ? endedAtMs : scale.toMs
  const toX = xOf(scale, ring.startedAtMs(next))
  return { fromRow: row, fromX, toRow, toX, untilX: Math.max(toX, xOf(scale, untilMs)), kind }
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

/** The radius of an attempt's dot. */
export const dotPx = 4.2

/** As tall as a dot for one, taller for more, and never so tall that lanes touch: each doubling adds the same height. */
export const barHeight = (count: number, rowHeightPx: number): number =>
  Math.min(rowHeightPx - 10, dotPx * 2 + Math.log2(Math.max(1, count)) * 2)
