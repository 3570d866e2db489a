import { useEffect, useRef } from 'react'

/** The part of the page that is the view. */
export const contentId = 'content'

export const focusContent = (): void => document.getElementById(contentId)?.focus({ preventScroll: true })

/**
 * What had the focus goes with the page that it was on. Then the keyboard goes on in the new page, not at the top of the
 * window; whoever came by a link that is still there stays on it.
 */
export function useContentFocus(place: string | null): void {
  const before = useRef<string | null>(null)
  useEffect(() => {
    const came = before.current !== null && place !== null && before.current !== place
    before.current = place ?? before.current
    if (!came) return undefined
    // After a dialogue that closes has given the focus back.
    const frame = requestAnimationFrame(() => {
      if (document.activeElement === null || document.activeElement === document.body) focusContent()
    })
    return () => cancelAnimationFrame(frame)
  }, [place])
}
