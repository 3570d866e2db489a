export interface Size {
  width: number
  height: number
}

/** The line of a series as runs of points: a value that is not known leaves a gap, and a flat line lies at the bottom. */
export function sparklinePath(values: readonly (number | null)[], size: Size): string {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return ''
  const least = Math.min(...known)
  const most = Math.max(...known)
  const range = most - least
  const step = values.length > 1 ? size.width / (values.length - 1) : 0
  let inRun = false
  let path = ''
  values.forEach((value, index) => {
    if (value === null) {
      inRun = false
      return
    }
    const height = range === 0 ? 0 : (value - least) / range
    path += `${inRun ? 'L' : 'M'}${round(index * step)} ${round(size.height - 1.5 - height * (size.height - 3))}`
    // A lone point is a line of no length, which a round cap makes visible.
    if (!inRun && (values[index + 1] ?? null) === null) path += 'h0'
    inRun = true
  })
  return path
}

const round = (value: number): number => Math.round(value * 10) / 10
