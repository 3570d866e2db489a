// Each pane stays at its end while it grows there, unless somebody has scrolled away from it.
import { useCallback, useLayoutEffect, useRef, type MouseEvent, type SyntheticEvent, type UIEvent } from 'react'

/** So near to the end counts as at the end. */
const followWithinPx = 80

/** A movement that follows so soon is by hand; any other comes of what is laid out anew. A dragged bar is slow. */
const handMs = 1_000
const dragMs = 10_000

const scrollers = new WeakMap<Element, () => HTMLElement | null>()

/** Called once a frame for all panes, when everything is laid out: nothing has to be laid out for it in between. */
const observer = new ResizeObserver((entries) => {
  const growing = new Set(entries.map(({ target }) => scrollers.get(target)?.()))
  const ends = [...growing].flatMap((element) => (element ? [{ element, top: element.scrollHeight }] : []))
  for (const { element, top } of ends) element.scrollTop = top
})

/** A new message, `last`, is gone to wherever one is. */
export function useFollowEnd(last: string | undefined) {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const newest = useRef(last)
  /** The message whose end somebody has scrolled away from. */
  const left = useRef<string | null>(null)
  useLayoutEffect(() => {
    newest.current = last
  }, [last])
  useLayoutEffect(() => {
    const [outer, inner] = [scroller.current, content.current]
    if (!outer || !inner) return undefined
    for (const element of [outer, inner]) {
      scrollers.set(element, () => (left.current === (newest.current ?? '') ? null : outer))
      observer.observe(element)
    }
    return () => [outer, inner].forEach((element) => observer.unobserve(element))
  }, [])
  const handUntilMs = useRef(0)
  const onHand = useCallback(({ type, timeStamp, target, currentTarget }: SyntheticEvent) => {
    // Only its bar is pressed on the scroller itself.
    if (type === 'pointerdown' && target !== currentTarget) return
    handUntilMs.current = timeStamp + (type === 'pointerdown' ? dragMs : handMs)
  }, [])
  const leave = useCallback(() => {
    left.current = newest.current ?? ''
  }, [])
  const onScroll = useCallback(
    ({ currentTarget: element, timeStamp }: UIEvent<HTMLElement>) => {
      const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < followWithinPx
      if (isAtEnd) left.current = null
      else if (timeStamp < handUntilMs.current) leave()
    },
    [leave],
  )
  /** What somebody unfolds stays where it is, although it grows. */
  const onClickCapture = useCallback(
    ({ target }: MouseEvent) => {
      if (target instanceof Element && target.closest('summary, [aria-expanded]')) leave()
    },
    [leave],
  )
  const byHand = { onWheel: onHand, onTouchMove: onHand, onKeyDown: onHand, onPointerDown: onHand }
  return { scroller, content, listeners: { ...byHand, onScroll, onClickCapture } }
}
