/** Arcs go clockwise from the top in rotation order, do not overlap, and share the circle by weight. Degrees, 0 at the top. */
export interface Arc {
  fromDeg: number
  toDeg: number
  midDeg: number
}

export interface Point {
  x: number
  y: number
}

/** Even a key of weight 0 stays visible: it gets this part of an equal share. */
const leastShare = 0.2
const widestGapDeg = 5

export function arcsOf(weights: readonly number[]): Arc[] {
  const count = weights.length
  if (count === 0) return []
  const total = weights.reduce((sum, weight) => sum + Math.max(0, weight), 0)
  const equal = 1 / count
  const shares = weights.map((weight) =>
    Math.max(total === 0 ? equal : Math.max(0, weight) / total, equal * leastShare),
  )
  const shareSum = shares.reduce((sum, share) => sum + share, 0)
  const gapDeg = count === 1 ? 0 : Math.min(widestGapDeg, (360 / count) * 0.25)
  let edgeDeg = 0
  return shares.map((share) => {
    const sweepDeg = (share / shareSum) * 360
    const gap = Math.min(gapDeg, sweepDeg * 0.4)
    const arc = { fromDeg: edgeDeg + gap / 2, toDeg: edgeDeg + sweepDeg - gap / 2, midDeg: edgeDeg + sweepDeg / 2 }
    edgeDeg += sweepDeg
    return arc
  })
}

/** With one key the arc is the whole circle, and its label belongs at the top. */
export const labelDeg = (arc: Arc): number => (arc.toDeg - arc.fromDeg >= 359.9 ? 0 : arc.midDeg)

export function pointAt(centre: Point, radius: number, deg: number): Point {
  const angle = ((deg - 90) * Math.PI) / 180
  return { x: centre.x + radius * Math.cos(angle), y: centre.y + radius * Math.sin(angle) }
}

export function arcPath(centre: Point, radius: number, fromDeg: number, toDeg: number): string {
  const sweep = Math.min(360, Math.max(0, toDeg - fromDeg))
  const from = pointAt(centre, radius, fromDeg)
  if (sweep >= 359.9) {
    const half = pointAt(centre, radius, fromDeg + 180)
    return `M${at(from)}A${radius} ${radius} 0 1 1 ${at(half)}A${radius} ${radius} 0 1 1 ${at(from)}`
  }
  const to = pointAt(centre, radius, fromDeg + sweep)
  return `M${at(from)}A${radius} ${radius} 0 ${sweep > 180 ? 1 : 0} 1 ${at(to)}`
}

const at = ({ x, y }: Point): string => `${x.toFixed(2)} ${y.toFixed(2)}`

/** What is left of a wait, from 1 (just begun) to 0 (over). A wait whose beginning nobody saw counts as whole. */
export function shareLeft(fromMs: number, untilMs: number, nowMs: number): number {
  if (nowMs >= untilMs) return 0
  if (!Number.isFinite(fromMs) || fromMs >= untilMs) return 1
  return Math.min(1, (untilMs - nowMs) / (untilMs - fromMs))
}

/** The angle nearest to the last one that points the same way, so that the pointer never turns the long way round. */
export function turnTo(lastDeg: number, targetDeg: number): number {
  const difference = (((targetDeg - lastDeg) % 360) + 540) % 360
  return lastDeg + difference - 180
}

export type LabelDensity = 'words' | 'full' | 'number' | 'none'

/** At more arcs than these there is no room for words. */
export const wordedKeys = 6

/** How much can be written at an arc before the labels touch. */
export function labelDensity(count: number): LabelDensity {
  if (count <= wordedKeys) return 'words'
  if (count <= 12) return 'full'
  return count <= 32 ? 'number' : 'none'
}

/** Strokes get thinner where arcs get short, so that a dot-sized arc still reads as an arc. */
export function strokeWidth(count: number): number {
  if (count <= 12) return 9
  return count <= 60 ? 8 : 7
}

/** A round cap adds half the stroke at each end; an arc too short for that keeps its exact ends. */
export function capInsetDeg(arc: Arc, radius: number, stroke: number): number {
  const capDeg = (stroke / 2 / radius) * (180 / Math.PI)
  const sweepDeg = arc.toDeg - arc.fromDeg
  return sweepDeg >= 359.9 || sweepDeg < capDeg * 4 ? 0 : capDeg
}
