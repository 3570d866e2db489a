/** A scrollbar for a list that is never loaded whole: its thumb stands for a position among all positions there are. */
export interface PositionRange {
  oldest: number
  newest: number
}

/** From 0 at the newest to 1 at the oldest. */
export function shareOf(position: number, { oldest, newest }: PositionRange): number {
  if (newest <= oldest) return 0
  return Math.min(1, Math.max(0, (newest - position) / (newest - oldest)))
}

export const positionAt = (share: number, { oldest, newest }: PositionRange): number =>
  Math.round(newest - Math.min(1, Math.max(0, share)) * (newest - oldest))

const leastThumbPx = 28

/** As tall as its share of everything, and never too small to be taken hold of. */
export function thumbOf(
  track: { heightPx: number },
  shown: { share: number; rows: number },
  range: PositionRange,
): { topPx: number; heightPx: number } {
  const all = Math.max(1, range.newest - range.oldest + 1)
  const heightPx = Math.max(leastThumbPx, Math.min(track.heightPx, (shown.rows / all) * track.heightPx))
  return { topPx: shown.share * Math.max(0, track.heightPx - heightPx), heightPx }
}
