export interface Size {
  width: number
  height: number
}

/** Amounts stand on zero, so that a steady line looks steady; of shares only what lies near to all can be told apart. */
export type SparklineScale = 'amount' | 'share'

/** A line from one known value to the next: what is not known between them is not drawn as a fall. */
export function sparklinePath(
  values: readonly (number | null)[],
  size: Size,
  scale: SparklineScale = 'amount',
): string {
  const step = values.length > 1 ? size.width / (values.length - 1) : 0
  const { least, most } = boundsOf(values, scale)
  const points = values.flatMap((value, index) => {
    if (value === null) return []
    const height = most === least ? 0 : (value - least) / (most - least)
    return [`${round(index * step)} ${round(size.height - 1.5 - height * (size.height - 3))}`]
  })
  const [first, ...rest] = points
  if (first === undefined) return ''
  // A lone point is a line of no length, which a round cap makes visible.
  return `M${first}${rest.length === 0 ? 'h0' : rest.map((point) => `L${point}`).join('')}`
}

const leastShare = 0.9

function boundsOf(values: readonly (number | null)[], scale: SparklineScale): { least: number; most: number } {
  const known = values.filter((value) => value !== null)
  if (scale === 'share') return { least: Math.min(leastShare, ...known), most: 1 }
  return { least: 0, most: Math.max(0, ...known) }
}

const round = (value: number): number => Math.round(value * 10) / 10
