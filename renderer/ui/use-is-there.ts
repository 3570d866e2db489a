import { useCallback, useEffect, useRef } from 'react'

/**
 * Whether what asked is still on the page when the answer comes. A form that was closed, or left, while it was saved
 * closes nothing else and leads nowhere.
 */
export function useIsThere(): () => boolean {
  const isThere = useRef(false)
  useEffect(() => {
    isThere.current = true
    return () => {
      isThere.current = false
    }
  }, [])
  return useCallback(() => isThere.current, [])
}
