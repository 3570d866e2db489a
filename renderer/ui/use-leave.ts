import { useEffect, useState } from 'react'
import { askBeforeLeaving } from './unsaved.ts'

/** The tab asks before it is closed on something unsaved. */
export function useLeaveGuard(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return undefined
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [dirty])
}

interface Leaving {
  dirty: boolean
  /** It is being saved: what goes elsewhere then is the form itself. */
  busy: boolean
  onClose: () => void
}

/** Asks before something unsaved is left, by whichever way; to leave again is the answer. */
export function useLeave({ dirty, busy, onClose }: Leaving) {
  const [asked, setAsked] = useState(false)
  const asking = asked && dirty
  useLeaveGuard(dirty)
  useEffect(() => {
    if (!dirty || busy) return undefined
    return askBeforeLeaving(() => {
      setAsked(true)
      return asking
    })
  }, [dirty, busy, asking])
  const leave = () => (dirty && !asking ? setAsked(true) : onClose())
  return { asking, leave, stay: () => setAsked(false) }
}
