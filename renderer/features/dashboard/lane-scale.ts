/** The lanes' two axes: time to the right, one row a key. */
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

const tickStepsMs = [5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 10_800, 14_400].map((s) => s * 1_000)
const mostTicks = 8

/** Round times for the axis: some four to eight of them, whatever the window. */
export function ticksOf(scale: TimeScale): { stepMs: number; atMs: number[] } {
  const windowMs = scale.toMs - scale.fromMs
  const stepMs = tickStepsMs.find((ms) => windowMs / ms <= mostTicks) ?? 86_400_000
  const atMs: number[] = []
  for (let tick = Math.ceil(scale.fromMs / stepMs) * stepMs; tick <= scale.toMs; tick += stepMs) atMs.push(tick)
  return { stepMs, atMs }
}
