import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useState } from 'react'

/** A list that fits into a few screens is drawn whole, so that the browser's own search finds everything in it. */
const longFrom = 100
const overscan = 8

export interface ShownRows {
  isLong: boolean
  from: number
  to: number
  /** The space of the rows before and after those that are drawn. */
  abovePx: number
  belowPx: number
}

/** Which rows of a long list are drawn now, and what to tell where it scrolls. Every row has the same height. */
export function useShownRows(count: number, rowHeightPx: number): [ShownRows, (scroller: HTMLElement | null) => void] {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const isLong = count > longFrom
  // oxlint-disable-next-line react/incompatible-library -- no function of it is handed on to what is memoized
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => element,
    estimateSize: () => rowHeightPx,
    overscan,
    enabled: isLong,
    // Until the element has been measured a screenful is drawn, so that the first frame is not empty.
    initialRect: { width: 0, height: 800 },
  })
  // What was measured with another height, as another density has it, counts no more.
  useEffect(() => virtual.measure(), [virtual, rowHeightPx])
  if (!isLong) return [{ isLong, from: 0, to: count, abovePx: 0, belowPx: 0 }, setElement]
  const items = virtual.getVirtualItems()
  const from = items[0]?.index ?? 0
  const to = (items.at(-1)?.index ?? -1) + 1
  return [{ isLong, from, to, abovePx: from * rowHeightPx, belowPx: (count - to) * rowHeightPx }, setElement]
}
