/** Joins the live history, the geometry and the canvas: what a frame shows, and what lies under the pointer. */
import type { ModelView } from '../../../shared/model.ts'
import { liveFeed } from '../../app/live-feed.ts'
import { navigate } from '../../app/router.ts'
import { useDashboard } from './dashboard-store.ts'
import { minuteMs } from './figures.ts'
import { animateLanes } from './lane-animation.ts'
import { readLaneColours } from './lane-colours.ts'
import { hitTest, layOut, ticksOf, type Hit, type LaneMarks, type RowsLayout, type TimeScale } from './lane-geometry.ts'
import { axisPx, paintLanes, tickMarks } from './lane-painter.ts'
import { periodBars, type PeriodBar } from './lane-periods.ts'
import { rowsFor } from './lane-rows.ts'

export interface Hovered {
  hit: Hit
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
  periodLabel: (bar: PeriodBar) => string
  timeLabel: (atMs: number) => string
  emptyText: string
  onHover: (hovered: Hovered | null) => void
}

/** So much lies right of now, for the half of a mark that stands there. */
const edgePx = 8

/** Draws until it is stopped. */
export function startLaneView(options: LaneViewOptions): () => void {
  const { canvas, context, area, size, model, onHover } = options
  fitToScreen(canvas, context, size.widthPx, size.heightPx + axisPx)
  let colours = readLaneColours(canvas)
  const still = matchMedia('(prefers-reduced-motion: reduce)')
  let drawn: { marks: LaneMarks; rows: RowsLayout } | null = null
  let pointer: { x: number; y: number } | null = null

  const hitAt = (x: number, y: number): Hit | null =>
    drawn && x >= 0 && y <= size.heightPx ? hitTest(drawn.marks, drawn.rows, x, y) : null

  const draw = () => {
    const scale = scaleNow(Math.max(1, size.widthPx - edgePx))
    const view = { heightPx: size.rowHeightPx, viewportPx: size.heightPx, scrollPx: area.scrollTop }
    const rows = rowsFor(liveFeed.history, model(), view)
    const marks = layOut(liveFeed.history.attempts, scale, rows)
    drawn = { marks, rows }
    const hit = pointer && hitAt(pointer.x, pointer.y)
    paintLanes(context, {
      scale,
      rows,
      widthPx: size.widthPx,
      heightPx: size.heightPx,
      marks,
      periods: periodsIn(model(), rows, scale),
      ticks: tickMarks(scale, ticksOf(scale).atMs, options.timeLabel),
      periodLabel: options.periodLabel,
      colours,
      emptyText: options.emptyText,
      hoveredOrdinal: hit?.kind === 'attempt' ? hit.mark.ordinal : null,
    })
  }

  const animation = animateLanes({
    feed: liveFeed,
    msPerPixel: () => (useDashboard.getState().pausedAtMs === null ? windowMs() / Math.max(1, size.widthPx) : Infinity),
    draw,
    reducedMotion: () => still.matches,
  })
  const unsubscribe = useDashboard.subscribe(animation.touch)
  const schemeWatcher = new MutationObserver(() => {
    colours = readLaneColours(canvas)
    animation.touch()
  })
  schemeWatcher.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] })

  const find = (event: MouseEvent): Hovered | null => {
    const box = canvas.getBoundingClientRect()
    pointer = { x: event.clientX - box.left, y: event.clientY - box.top }
    const hit = hitAt(pointer.x, pointer.y)
    return hit && { hit, ...pointer }
  }
  const move = (event: MouseEvent) => {
    const found = find(event)
    area.style.cursor = found?.hit.kind === 'attempt' ? 'pointer' : ''
    onHover(found)
    animation.touch()
  }
  const leave = () => {
    pointer = null
    onHover(null)
    animation.touch()
  }
  const open = (event: MouseEvent) => {
    const hit = find(event)?.hit
    if (hit?.kind === 'attempt') navigate('activity', liveFeed.history.attempts.requestId(hit.mark.ordinal))
  }
  const listening = new AbortController()
  const { signal } = listening
  area.addEventListener('mousemove', move, { signal })
  area.addEventListener('mouseleave', leave, { signal })
  area.addEventListener('click', open, { signal })
  area.addEventListener('scroll', animation.touch, { signal })

  return () => {
    animation.stop()
    unsubscribe()
    schemeWatcher.disconnect()
    listening.abort()
  }
}

const windowMs = () => useDashboard.getState().windowMinutes * minuteMs

function scaleNow(widthPx: number): TimeScale {
  const toMs = useDashboard.getState().pausedAtMs ?? liveFeed.nowMs()
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
