import { useEffect, useRef, useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../shared/model.ts'
import { formatClock } from '../../ui/format.ts'
import classes from './dashboard.module.css'
import { axisPx } from './lane-painter.ts'
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

  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!canvas.current || !scroller.current || !context || widthPx <= 0) return undefined
    return startLaneView({
      canvas: canvas.current,
      context,
      area: scroller.current,
      size: { widthPx, heightPx, rowHeightPx },
      model: () => shown.current,
      periodLabel: ({ period }) => periodText(period, t, attempts, language),
      timeLabel: (atMs) => formatClock(atMs, language),
      emptyText: t('lanes.waiting'),
      onHover: setHovered,
    })
  }, [widthPx, heightPx, rowHeightPx, scroller, t, attempts, language])

  return (
    <>
      <canvas
        ref={canvas}
        className={classes['laneCanvas']}
        style={{ left: gutterPx, width: widthPx, height: heightPx + axisPx }}
        aria-hidden="true"
        data-testid="lanes"
      />
      {hovered && <LaneTooltip hovered={hovered} model={model} leftPx={gutterPx} widthPx={widthPx} />}
    </>
  )
}
