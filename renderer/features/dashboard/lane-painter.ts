/** Draws one frame of the lanes. It decides nothing: where each mark stands was computed before. */
import type { OutcomeKind } from '../../../shared/outcome.ts'
import type { LaneColours } from './lane-colours.ts'
import { barHeight, dotPx, type AttemptMark, type CurveMark, type LaneMarks } from './lane-geometry.ts'
import { fitText, type PeriodBar } from './lane-periods.ts'
import { rowCentre, xOf, type RowsLayout, type TimeScale } from './lane-scale.ts'

export interface LaneFrame {
  scale: TimeScale
  rows: RowsLayout
  /** The whole canvas, with the edge right of now. */
  widthPx: number
  heightPx: number
  marks: LaneMarks
  periods: readonly PeriodBar[]
  ticks: readonly { x: number; label: string }[]
  periodLabel: (bar: PeriodBar) => string
  colours: LaneColours
  /** The attempt under the pointer. */
  hoveredOrdinal: number | null
  /** Said where there is nothing to show. */
  emptyText: string
}

/** The place kept for the axis under the lanes. */
export const axisPx = 22
const ringPx = 5.6
const tailFromPx = 3

export function paintLanes(context: CanvasRenderingContext2D, frame: LaneFrame): void {
  const { widthPx, heightPx } = frame
  context.clearRect(0, 0, widthPx, heightPx + axisPx)
  paintAxis(context, frame)
  context.save()
  context.beginPath()
  context.rect(0, 0, widthPx, heightPx)
  context.clip()
  paintRows(context, frame)
  for (const bar of frame.periods) paintPeriod(context, frame, bar)
  for (const curve of frame.marks.curves) paintCurve(context, frame, curve)
  for (const bar of frame.periods) paintPeriodLabel(context, frame, bar)
  paintBars(context, frame)
  paintAttempts(context, frame)
  if (frame.marks.attempts.length + frame.marks.bars.length + frame.periods.length === 0) paintEmpty(context, frame)
  context.restore()
}

function paintEmpty(context: CanvasRenderingContext2D, { emptyText, colours, widthPx, heightPx }: LaneFrame): void {
  context.font = `12px ${colours.font}`
  context.fillStyle = colours.dim
  context.textBaseline = 'middle'
  const width = context.measureText(emptyText).width
  context.clearRect((widthPx - width) / 2 - 8, heightPx / 2 - 12, width + 16, 24)
  context.fillText(emptyText, (widthPx - width) / 2, heightPx / 2)
}

function paintAxis(context: CanvasRenderingContext2D, { ticks, heightPx, colours, widthPx }: LaneFrame): void {
  context.font = `11px ${colours.font}`
  context.textBaseline = 'middle'
  let freeFromPx = 0
  for (const { x, label } of ticks) {
    context.strokeStyle = colours.line
    context.lineWidth = 1
    line(context, Math.round(x) + 0.5, 0, Math.round(x) + 0.5, heightPx + 3)
    const width = context.measureText(label).width
    const left = Math.min(x - width / 2, widthPx - width)
    if (left < freeFromPx) continue
    context.fillStyle = colours.dim
    context.fillText(label, left, heightPx + 12)
    freeFromPx = left + width + 12
  }
}

function paintRows(context: CanvasRenderingContext2D, { rows, widthPx, colours }: LaneFrame): void {
  context.strokeStyle = colours.line
  context.lineWidth = 1
  for (let row = rows.firstVisible; row <= rows.lastVisible; row += 1) {
    const y = Math.round(rowCentre(rows, row)) + 0.5
    line(context, 0, y, widthPx, y)
  }
}

const labelInsetPx = 14

function paintPeriod(context: CanvasRenderingContext2D, frame: LaneFrame, bar: PeriodBar): void {
  const { colours, rows } = frame
  const height = Math.min(20, rows.heightPx - 8)
  const y = rowCentre(rows, bar.row)
  const colour = colours.state(bar.state)
  context.fillStyle = colours.panel
  roundRect(context, bar.x, y - height / 2, bar.widthPx, height)
  context.globalAlpha = 0.2
  context.fillStyle = colour
  roundRect(context, bar.x, y - height / 2, bar.widthPx, height)
  context.globalAlpha = 1
}

/** The label keeps clear of the curves that cross it. */
function paintPeriodLabel(context: CanvasRenderingContext2D, frame: LaneFrame, bar: PeriodBar): void {
  const { colours, rows } = frame
  const room = bar.widthPx - labelInsetPx - 6
  if (room <= 20) return
  context.font = `11px ${colours.font}`
  context.textBaseline = 'middle'
  const text = fitText(frame.periodLabel(bar), room, (part) => context.measureText(part).width)
  const y = rowCentre(rows, bar.row) + 0.5
  context.strokeStyle = colours.panel
  context.lineWidth = 3
  context.globalAlpha = 0.6
  context.strokeText(text, bar.x + labelInsetPx, y)
  context.globalAlpha = 1
  context.fillStyle = colours.state(bar.state)
  context.fillText(text, bar.x + labelInsetPx, y)
}

const landingPx = 12

/** From the ring down or up, and into the line of the attempt that took over, as one track joins another. */
function paintCurve(context: CanvasRenderingContext2D, { rows, colours }: LaneFrame, curve: CurveMark): void {
  const fromY = rowCentre(rows, curve.fromRow)
  const toY = rowCentre(rows, curve.toRow)
  const down = Math.sign(toY - fromY)
  const { fromX, toX, untilX } = curve
  const joinX = Math.min(toX + landingPx, untilX)
  const bend = Math.min(landingPx + 4, Math.abs(toY - fromY) * 0.5)
  context.strokeStyle = colours.outcome[curve.kind]
  context.lineWidth = 1.6
  context.beginPath()
  context.moveTo(fromX, fromY + down * ringPx)
  context.bezierCurveTo(fromX, toY - down * bend * 2, toX, fromY + down * bend, toX, toY - down * bend)
  context.quadraticCurveTo(toX, toY, joinX, toY)
  context.stroke()
}

function paintBars(context: CanvasRenderingContext2D, { marks, rows, colours }: LaneFrame): void {
  for (const bar of marks.bars) {
    const y = rowCentre(rows, bar.row)
    if (bar.served > 0) {
      const height = barHeight(bar.served, rows.heightPx)
      context.fillStyle = colours.outcome.served
      // Square: a screen may hold a thousand of them, and a round corner costs many times as much.
      context.fillRect(bar.x + 0.5, y - height / 2, bar.widthPx - 1, height)
    }
    if (bar.failed > 0) {
      const height = barHeight(bar.failed, rows.heightPx)
      context.strokeStyle = colours.outcome[bar.failedKind ?? 'upstream-failed']
      context.lineWidth = 1.5
      context.strokeRect(bar.x + 1, y - height / 2, bar.widthPx - 2, height)
    }
  }
}

/** Failures lie on top: one of them says more than the answers around it. */
function paintAttempts(context: CanvasRenderingContext2D, frame: LaneFrame): void {
  const { attempts } = frame.marks
  for (const mark of attempts) paintAttemptTail(context, frame, mark)
  for (const mark of attempts) if (mark.kind === 'served' || mark.kind === null) paintAttempt(context, frame, mark)
  for (const mark of attempts) if (mark.kind !== 'served' && mark.kind !== null) paintAttempt(context, frame, mark)
}

function paintAttempt(context: CanvasRenderingContext2D, frame: LaneFrame, mark: AttemptMark): void {
  const { rows, colours, hoveredOrdinal } = frame
  const { x, kind } = mark
  const y = rowCentre(rows, mark.row)
  if (kind === null) paintRunning(context, x, y, colours)
  else if (kind === 'served') {
    context.fillStyle = colours.outcome.served
    disc(context, x, y, dotPx)
  } else paintRing(context, { x, y, kind, colour: colours.outcome[kind], panel: colours.panel })
  if (mark.ordinal !== hoveredOrdinal) return
  context.strokeStyle = colours.text
  context.lineWidth = 1.5
  circle(context, x, y, ringPx + 3.5)
}

/** How long it took: from its beginning to its end. */
function paintAttemptTail(context: CanvasRenderingContext2D, { rows, colours }: LaneFrame, mark: AttemptMark): void {
  if (mark.x - mark.fromX <= tailFromPx) return
  context.globalAlpha = 0.5
  context.strokeStyle = mark.kind === null ? colours.accent : colours.outcome[mark.kind]
  context.lineWidth = 2.5
  const y = rowCentre(rows, mark.row)
  line(context, Math.max(0, mark.fromX), y, mark.x, y)
  context.globalAlpha = 1
}

function paintRunning(context: CanvasRenderingContext2D, x: number, y: number, colours: LaneColours): void {
  context.fillStyle = colours.panel
  disc(context, x - 4, y, dotPx)
  context.strokeStyle = colours.accent
  context.lineWidth = 1.5
  circle(context, x - 4, y, dotPx - 1)
}

interface Ring {
  x: number
  y: number
  kind: OutcomeKind
  colour: string
  panel: string
}

/** A failure is a ring; a sign inside tells the kinds apart without their colours. */
function paintRing(context: CanvasRenderingContext2D, { x, y, kind, colour, panel }: Ring): void {
  context.fillStyle = panel
  disc(context, x, y, ringPx + 1)
  context.strokeStyle = colour
  context.lineWidth = 1.8
  if (kind === 'exhausted') context.setLineDash([2.2, 2.2])
  circle(context, x, y, ringPx)
  context.setLineDash([])
  if (kind === 'rejected' || kind === 'not-allowed') {
    line(context, x - 2.2, y - 2.2, x + 2.2, y + 2.2)
    line(context, x - 2.2, y + 2.2, x + 2.2, y - 2.2)
  } else if (kind === 'cancelled') line(context, x - 2.4, y, x + 2.4, y)
  else if (kind !== 'rate-limited' && kind !== 'exhausted') line(context, x - 2.2, y + 2.2, x + 2.2, y - 2.2)
}

function line(context: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  context.beginPath()
  context.moveTo(x1, y1)
  context.lineTo(x2, y2)
  context.stroke()
}

function circle(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath()
  context.arc(x, y, radius, 0, Math.PI * 2)
  context.stroke()
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath()
  context.arc(x, y, radius, 0, Math.PI * 2)
  context.fill()
}

function roundRect(context: CanvasRenderingContext2D, x: number, y: number, width: number, height: number): void {
  context.beginPath()
  context.roundRect(x, y, width, height, 4)
  context.fill()
}

export const tickMarks = (scale: TimeScale, atMs: readonly number[], label: (atMs: number) => string) =>
  atMs.map((at) => ({ x: xOf(scale, at), label: label(at) }))
