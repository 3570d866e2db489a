import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './activity.module.css'
import { positionAt, shareOf, thumbOf, type PositionRange } from './scroll-scale.ts'

interface ScaledScrollbarProps {
  range: PositionRange
  /** What stands at the top of the list. */
  position: number
  /** The rows that are drawn, of which some may be out of sight. */
  rows: number
  rowPx: number
  onJump: (to: 'newest' | 'oldest' | number) => void
}

const keyStep = 0.02
const pageStep = 0.1
/** While it is dragged, the list is asked for no more often than this. */
const leastPauseMs = 120

/** Reaches any of millions of requests in one drag; the list itself only ever scrolls what is loaded. */
export function ScaledScrollbar({ range, position, rows, rowPx, onJump }: ScaledScrollbarProps) {
  const { t } = useTranslation('activity')
  const { ref: sized, height } = useElementSize<HTMLDivElement>()
  const element = useRef<HTMLDivElement>(null)
  const track = useMergedRef(sized, element)
  const [dragged, setDragged] = useState<number | null>(null)
  const jumpedAtMs = useRef(0)
  const share = dragged ?? shareOf(position, range)
  const inSight = Math.min(rows, Math.floor(height / rowPx))
  const thumb = thumbOf({ heightPx: height }, { share, rows: inSight }, range)

  const shareUnder = (event: PointerEvent): number => {
    const box = element.current?.getBoundingClientRect()
    return box ? (event.clientY - box.top - thumb.heightPx / 2) / Math.max(1, box.height - thumb.heightPx) : 0
  }
  const goTo = (wanted: number) => onJump(wanted <= 0 ? 'newest' : wanted >= 1 ? 'oldest' : positionAt(wanted, range))
  const press = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    setDragged(shareUnder(event))
  }
  const drag = (event: PointerEvent) => {
    if (dragged === null) return
    const wanted = Math.min(1, Math.max(0, shareUnder(event)))
    setDragged(wanted)
    if (event.timeStamp - jumpedAtMs.current < leastPauseMs) return
    jumpedAtMs.current = event.timeStamp
    goTo(wanted)
  }
  const release = () => {
    if (dragged !== null) goTo(dragged)
    setDragged(null)
  }
  const type = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowDown: keyStep,
      ArrowUp: -keyStep,
      PageDown: pageStep,
      PageUp: -pageStep,
      Home: -1,
      End: 1,
    }
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    goTo(share + step)
  }
  return (
    <div
      ref={track}
      className={classes['scrollTrack']}
      role="slider"
      aria-orientation="vertical"
      aria-label={t('list.scrollbar')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      tabIndex={0}
      onPointerDown={press}
      onPointerMove={drag}
      onPointerUp={release}
      onPointerCancel={() => setDragged(null)}
      onKeyDown={type}
    >
      <span
        className={classes['scrollThumb']}
        // There is nowhere to go while everything is shown.
        hidden={thumb.heightPx >= height}
        style={{ top: thumb.topPx, height: thumb.heightPx }}
      />
    </div>
  )
}
