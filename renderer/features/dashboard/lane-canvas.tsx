import { useEffect, useMemo, useRef, useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../shared/model.ts'
import { client } from '../../app/client.ts'
import { liveFeed } from '../../app/live-feed.ts'
import { formatClock, formatTimeOfDay } from '../../ui/format.ts'
import classes from './lanes.module.css'
import { axisPx } from './lane-painter.ts'
import { createLanePast } from './lane-past.ts'
import { periodText } from './lane-text.ts'
import { LaneTooltip } from './lane-tooltip.tsx'
import { startLaneView, type Hovered } from './lane-view.ts'

interface LaneCanvasProps {
  model: ModelView
  widthPx: number
  heightPx: number
  rowHeightPx: number
  scroller: RefObject<HTMLElement | null>
  gutterPx: number
}

const wholeMinuteMs = 60_000
/** A window that is being dragged or zoomed is asked for once it rests. */
const restMs = 150

function readPast() {
  let timer: ReturnType<typeof setTimeout> | undefined
  return createLanePast({
    history: liveFeed.history,
    attempts: (query) => client.activity.attempts(query),
    lanes: (query) => client.activity.lanes(query),
    wait(task) {
      clearTimeout(timer)
      timer = setTimeout(task, restMs)
    },
  })
}

export function LaneCanvas({ model, widthPx, heightPx, rowHeightPx, scroller, gutterPx }: LaneCanvasProps) {
  const { t, i18n } = useTranslation('dashboard')
  const { t: attempts } = useTranslation('attempts')
  const { language } = i18n
  const canvas = useRef<HTMLCanvasElement>(null)
  const [hovered, setHovered] = useState<Hovered | null>(null)

  // Models are listed again several times a second; a frame reads the newest without the canvas being set up again.
  const shown = useRef(model)
  useEffect(() => {
    shown.current = model
  }, [model])

  const past = useMemo(() => readPast(), [])

  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!canvas.current || !scroller.current || !context || widthPx <= 0) return undefined
    return startLaneView({
      canvas: canvas.current,
      context,
      area: scroller.current,
      size: { widthPx, heightPx, rowHeightPx },
      model: () => shown.current,
      past,
      periodLabel: ({ period }) => periodText(period, t, attempts, language),
      timeLabel: (atMs, stepMs) =>
        stepMs % wholeMinuteMs === 0 ? formatTimeOfDay(atMs, language) : formatClock(atMs, language),
      emptyText: t('lanes.waiting'),
      onHover: setHovered,
    })
  }, [widthPx, heightPx, rowHeightPx, scroller, past, t, attempts, language])

  return (
    <>
      <canvas
        ref={canvas}
        className={classes['canvas']}
        style={{ left: gutterPx, width: widthPx, height: heightPx + axisPx }}
        aria-hidden="true"
        data-testid="lanes"
      />
      {hovered && <LaneTooltip hovered={hovered} model={model} leftPx={gutterPx} widthPx={widthPx} />}
    </>
  )
}
