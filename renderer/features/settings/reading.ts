interface Scrolled {
  top: number
  /** How much of it is to be seen. */
  height: number
  /** How much of it there is. */
  length: number
}

/** What stands this little below the line counts as read. */
const slack = 12

/**
 * Which part is being read, by where each begins. The line of reading goes down the window as the page goes up, so that
 * the last parts come to it as well, although they never reach the top.
 */
export function readIndex(tops: readonly number[], { top, height, length }: Scrolled): number {
  const most = length - height
  const line = most <= 0 ? 0 : top + (Math.min(top, most) / most) * height
  return Math.max(
    0,
    tops.findLastIndex((begins) => begins <= line + slack),
  )
}
