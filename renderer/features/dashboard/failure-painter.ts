/** Draws the failures; a kind that shares its colour with another is told apart by its hatching. */
import type { OutcomeKind } from '../../../shared/outcome.ts'
import { formatClock, formatInteger, formatTimeOfDay } from '../../ui/format.ts'
import type { FailureStack } from './failure-stack.ts'
import { readLaneColours, type LaneColours } from './lane-colours.ts'
import { ticksOf, xOf } from './lane-scale.ts'

interface FailureFrame {
  stack: FailureStack
  window: { fromMs: number; toMs: number }
  widthPx: number
  heightPx: number
  language: string
}

const axisPx = 20
/** The place for the counts beside the bars. */
export const countsPx = 22
const minuteMs = 60_000
const hatched: readonly OutcomeKind[] = ['broken-stream']

export function paintFailures(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D, frame: FailureFrame): void {
  const ratio = window.devicePixelRatio
  const { stack, widthPx, heightPx } = frame
  canvas.width = Math.round(widthPx * ratio)
  canvas.height = Math.round((heightPx + axisPx) * ratio)
  canvas.style.height = `${heightPx + axisPx}px`
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  const colours = readLaneColours(canvas)
  paintCounts(context, frame, colours)
  context.translate(countsPx, 0)
  paintGrid(context, frame, colours)
  context.beginPath()
  context.rect(0, 0, widthPx - countsPx, heightPx)
  context.clip()
  for (const { kind, x, y, widthPx: width, heightPx: height } of stack.parts) {
    context.fillStyle = colours.outcome[kind]
    context.fillRect(x, y, width, height)
    if (hatched.includes(kind)) hatch(context, { x, y, width, height }, colours.panel)
  }
}

function paintCounts(
  context: CanvasRenderingContext2D,
  { heightPx, language, stack }: FailureFrame,
  colours: LaneColours,
): void {
  context.font = `11px ${colours.font}`
  context.fillStyle = colours.dim
  context.textBaseline = 'middle'
  context.textAlign = 'right'
  for (const share of gridShares) {
    const count = stack.most * (1 - share)
    const label = formatInteger(count, language)
    if (stack.parts.length > 0 && Number.isInteger(count)) context.fillText(label, countsPx - 6, heightPx * share + 6)
  }
  context.textAlign = 'left'
}

function paintGrid(context: CanvasRenderingContext2D, frame: FailureFrame, colours: LaneColours): void {
  const { window, heightPx, language } = frame
  const widthPx = frame.widthPx - countsPx
  context.strokeStyle = colours.line
  for (const share of gridShares) {
    const y = Math.round(heightPx * share) + 0.5
    line(context, 0, y, widthPx, y)
  }
  line(context, 0, heightPx + 0.5, widthPx, heightPx + 0.5)
  const scale = { ...window, widthPx }
  const { atMs, stepMs } = ticksOf(scale)
  const timeOf = stepMs % minuteMs === 0 ? formatTimeOfDay : formatClock
  let freeFromPx = 0
  for (const at of atMs) {
    const label = timeOf(at, language)
    const width = context.measureText(label).width
    const left = Math.min(xOf(scale, at) - width / 2, widthPx - width)
    if (left < freeFromPx) continue
    context.fillText(label, left, heightPx + 12)
    freeFromPx = left + width + 12
  }
}

const gridShares = [0, 0.5]

interface Rect {
  x: number
  y: number
  width: number
  height: number
}

const hatchPx = 4

function hatch(context: CanvasRenderingContext2D, { x, y, width, height }: Rect, colour: string): void {
  context.save()
  context.beginPath()
  context.rect(x, y, width, height)
  context.clip()
  context.strokeStyle = colour
  for (let at = -height; at < width; at += hatchPx) line(context, x + at, y + height, x + at + height, y)
  context.restore()
}

function line(context: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  context.lineWidth = 1
  context.beginPath()
  context.moveTo(x1, y1)
  context.lineTo(x2, y2)
  context.stroke()
}
