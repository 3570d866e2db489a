/** Joins history, geometry and canvas: what a frame shows, and what lies under the pointer. */
import type { ModelView } from '../../../shared/model.ts'
import type { AttemptRing } from '../../app/live/attempt-ring.ts'
import { liveFeed } from '../../app/live-feed.ts'
import { useTimeRange } from '../../app/time-range.ts'
import { useDashboard } from './dashboard-store.ts'
import { animateLanes } from './lane-animation.ts'
import { LaneCells } from './lane-cells.ts'
import { readLaneColours } from './lane-colours.ts'
import { rightEdgeMs, windowMs } from './lane-controls.ts'
import { hitTest, layOut, type Hit, type LaneMarks } from './lane-geometry.ts'
import { axisPx, paintLanes, tickMarks } from './lane-painter.ts'
import type { LanePastReader } from './lane-past.ts'
import { periodBars, type PeriodBar } from './lane-periods.ts'
import { followPointer, type Place } from './lane-pointer.ts'
import { rowsFor } from './lane-rows.ts'
import { ticksOf, type RowsLayout, type TimeScale } from './lane-scale.ts'

export interface Hovered {
  hit: Hit
  /** Which the ordinals of the hit belong to. */
  ring: AttemptRing
  x: number
  y: number
}

export interface LaneViewOptions {
  canvas: HTMLCanvasElement
  context: CanvasRenderingContext2D
  /** The element that scrolls the rows, and that hears the pointer. */
  area: HTMLElement
  size: { widthPx: number; heightPx: number; rowHeightPx: number }
  model: () => ModelView
  past: LanePastReader
  periodLabel: (bar: PeriodBar) => string
  timeLabel: (atMs: number, stepMs: number) => string
  emptyText: string
  onHover: (hovered: Hovered | null) => void
}

interface Drawn {
  ring: AttemptRing
  marks: LaneMarks
  rows: RowsLayout
}

/** So much lies right of now, for the half of a mark that stands there. */
const edgePx = 8

/** Draws until it is stopped. */
export function startLaneView(options: LaneViewOptions): () => void {
  const { canvas, context, area, size, model, onHover } = options
  fitToScreen(canvas, context, size.widthPx, size.heightPx + axisPx)
  const widthPx = Math.max(1, size.widthPx - edgePx)
  let colours = readLaneColours(canvas)
  const still = matchMedia('(prefers-reduced-motion: reduce)')
  const cells = createCellCache(options.past)
  let drawn: Drawn | null = null
  let pointer: Place | null = null

  const hitAt = ({ x, y }: Place): Hit | null =>
    drawn && x >= 0 && y >= 0 && y <= size.heightPx ? hitTest(drawn.marks, drawn.rows, x, y) : null

  const draw = () => {
    const scale = scaleNow(widthPx)
    const view = { heightPx: size.rowHeightPx, viewportPx: size.heightPx, scrollPx: area.scrollTop }
    const rows = rowsFor(liveFeed.history, model(), view)
    const { ring, counted } = cells(model(), scale, rows)
    const marks = layOut(ring, scale, rows, counted)
    drawn = { ring, marks, rows }
    const hit = pointer && hitAt(pointer)
    const { atMs, stepMs } = ticksOf(scale)
    paintLanes(context, {
      scale,
      rows,
      widthPx: size.widthPx,
      heightPx: size.heightPx,
      marks,
      periods: periodsIn(model(), rows, scale),
      ticks: tickMarks(scale, atMs, (tick) => options.timeLabel(tick, stepMs)),
      periodLabel: options.periodLabel,
      colours,
      emptyText: options.emptyText,
      hoveredOrdinal: hit?.kind === 'attempt' ? hit.mark.ordinal : null,
    })
  }

  const animation = animateLanes({
    feed: liveFeed,
    msPerPixel: () => (useDashboard.getState().pausedAtMs === null ? windowMs() / widthPx : Infinity),
    draw,
    reducedMotion: () => still.matches,
  })
  const unsubscribe = [useDashboard.subscribe(animation.touch), useTimeRange.subscribe(animation.touch)]
  const schemeWatcher = new MutationObserver(() => {
    colours = readLaneColours(canvas)
    animation.touch()
  })
  schemeWatcher.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] })
  const leavePointer = followPointer({
    canvas,
    area,
    widthPx,
    hitAt,
    requestIdOf: (ordinal) => drawn?.ring.requestId(ordinal) ?? '',
    onPlace(place, hit) {
      pointer = place
      onHover(place && hit && drawn ? { hit, ring: drawn.ring, ...place } : null)
      animation.touch()
    },
  })
  area.addEventListener('scroll', animation.touch)

  return () => {
    animation.stop()
    for (const stop of unsubscribe) stop()
    schemeWatcher.disconnect()
    leavePointer()
    area.removeEventListener('scroll', animation.touch)
  }
}

/** When it is counted anew, so much of the window may lie between what was told and what is held. */
const mayMiss = 0.05

/** The counts of the last frame, moved on; counted anew where the window, the rows or the source changed. */
function createCellCache(past: LanePastReader) {
  let counted: LaneCells | null = null
  return (model: ModelView, scale: TimeScale, rows: RowsLayout) => {
    const isLive = useDashboard.getState().pausedAtMs === null
    let source = past.sourceOf({ modelId: model.id, scale, isLive })
    const isSame = counted?.isFor({ ...source, scale, rows, isLive }) === true && counted.catchUp()
    if (!counted || !isSame) {
      const heldFromMs = liveFeed.history.heldFromMs(model.id)
      const missedMs = heldFromMs - (source.past?.untilMs ?? Infinity)
      if (isLive && counted && missedMs > windowMs() * mayMiss) {
        past.again()
        source = past.sourceOf({ modelId: model.id, scale, isLive })
      }
      counted = new LaneCells({ ...source, scale, rows, isLive })
    }
    return { ring: source.ring, counted }
  }
}

function scaleNow(widthPx: number): TimeScale {
  const toMs = rightEdgeMs()
  return { fromMs: toMs - windowMs(), toMs, widthPx }
}

/** One canvas pixel is one pixel of the screen, so that lines are sharp on any display. */
function fitToScreen(
  canvas: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
  widthPx: number,
  heightPx: number,
): void {
  const ratio = window.devicePixelRatio
  canvas.width = Math.round(widthPx * ratio)
  canvas.height = Math.round(heightPx * ratio)
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
}

const periodsIn = (model: ModelView, rows: RowsLayout, scale: TimeScale): PeriodBar[] =>
  model.keys
    .slice(rows.firstVisible, rows.lastVisible + 1)
    .flatMap((key, index) => periodBars(rows.firstVisible + index, liveFeed.history.periods(model.id, key.id), scale))
