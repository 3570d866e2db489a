import { ActionIcon, Button } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import {
  IconChevronLeft,
  IconChevronRight,
  IconPlayerPause,
  IconPlayerPlay,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react'
import { memo, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyStateKind } from '../../../shared/key.ts'
import type { ModelView } from '../../../shared/model.ts'
import { rangeMinutes, useTimeRange } from '../../app/time-range.ts'
import { usePick } from '../../app/use-live.ts'
import { KeyStateShape } from '../../ui/key-state-shape.tsx'
import { formatClock } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import classes from './lanes.module.css'
import { useDashboard } from './dashboard-store.ts'
import { LaneCanvas } from './lane-canvas.tsx'
import { scrub, togglePause, zoom } from './lane-controls.ts'
import { axisPx } from './lane-painter.ts'
import { rowHeightFor } from './lane-rows.ts'
import { LaneTable } from './lane-table.tsx'

const gutters = { narrow: 120, wide: 210 }
const gutterFor = (widthPx: number): number => (widthPx > 0 && widthPx < 620 ? gutters.narrow : gutters.wide)

const scrubShare = 0.25
const roomPx = { least: 240, most: 352 }

/** What the keys do there is said under the lanes, and read out with them. */
const keysId = 'lane-keys'

export function LanesPanel({ model }: { model: ModelView }) {
  const { t } = useTranslation('dashboard')
  return (
    <Panel title={t('lanes.title')} aside={<LaneControls />}>
      <Lanes model={model} />
      <p className={classes['legend']}>
        <span id={keysId}>{t('lanes.keys')}</span> <span>{t('lanes.legend')}</span>
      </p>
      <LaneTable model={model} />
    </Panel>
  )
}

function LaneControls() {
  const { t, i18n } = useTranslation('dashboard')
  const pausedAtMs = useDashboard((store) => store.pausedAtMs)
  const minutes = useTimeRange((store) => store.minutes)
  const paused = pausedAtMs !== null
  return (
    <div className={classes['controls']}>
      {paused && <span>{t('lanes.paused', { time: formatClock(pausedAtMs, i18n.language) })}</span>}
      <Button
        size="compact-xs"
        variant="default"
        leftSection={paused ? <IconPlayerPlay size={13} /> : <IconPlayerPause size={13} />}
        onClick={togglePause}
      >
        {paused ? t('lanes.resume') : t('lanes.pause')}
      </Button>
      <ActionIcon.Group>
        <Control name={t('lanes.earlier')} onClick={() => scrub(-scrubShare)}>
          <IconChevronLeft size={14} />
        </Control>
        <Control name={t('lanes.later')} disabled={!paused} onClick={() => scrub(scrubShare)}>
          <IconChevronRight size={14} />
        </Control>
      </ActionIcon.Group>
      <ActionIcon.Group>
        <Control name={t('lanes.zoomOut')} disabled={minutes === rangeMinutes.at(-1)} onClick={() => zoom('out')}>
          <IconZoomOut size={14} />
        </Control>
        <Control name={t('lanes.zoomIn')} disabled={minutes === rangeMinutes[0]} onClick={() => zoom('in')}>
          <IconZoomIn size={14} />
        </Control>
      </ActionIcon.Group>
    </div>
  )
}

interface ControlProps {
  name: string
  disabled?: boolean
  onClick: () => void
  children: ReactNode
}

function Control({ name, disabled = false, onClick, children }: ControlProps) {
  return (
    <ActionIcon size={26} variant="default" aria-label={name} title={name} disabled={disabled} onClick={onClick}>
      {children}
    </ActionIcon>
  )
}

function Lanes({ model }: { model: ModelView }) {
  const { t } = useTranslation('dashboard')
  const scroller = useRef<HTMLElement>(null)
  const { ref: frame, width } = useElementSize<HTMLDivElement>()
  const gutterPx = gutterFor(width)
  const rowHeightPx = rowHeightFor(model.keys.length, roomPx.most)
  const rowsPx = rowHeightPx * model.keys.length
  const heightPx = Math.max(roomPx.least, Math.min(roomPx.most, rowsPx))
  const scrollbarPx = rowsPx > heightPx ? 12 : 0
  return (
    <div ref={frame} className={classes['lanes']} style={{ height: heightPx + axisPx }}>
      <section
        ref={scroller}
        className={classes['scroller']}
        style={{ height: heightPx }}
        aria-label={t('lanes.region')}
        aria-describedby={keysId}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and is moved and zoomed by keys
        tabIndex={0}
      >
        <ol className={classes['names']} style={{ width: gutterPx, height: rowsPx }}>
          <LaneNames model={model} rowHeightPx={rowHeightPx} narrow={gutterPx < gutters.wide} />
        </ol>
      </section>
      <LaneCanvas
        model={model}
        widthPx={Math.max(0, Math.floor(width) - gutterPx - scrollbarPx)}
        heightPx={heightPx}
        rowHeightPx={rowHeightPx}
        scroller={scroller}
        gutterPx={gutterPx}
      />
    </div>
  )
}

function LaneNames({ model, rowHeightPx, narrow }: { model: ModelView; rowHeightPx: number; narrow: boolean }) {
  const pick = usePick(model.id)
  const currentId = pick?.keyId ?? model.currentKeyId
  return model.keys.map((key, index) => (
    <LaneName
      key={key.id}
      number={index + 1}
      digits={String(model.keys.length).length}
      label={key.label}
      mask={narrow || key.lastFour === '' ? '' : `…${key.lastFour}`}
      kind={key.state.kind}
      current={key.id === currentId}
      heightPx={rowHeightPx}
    />
  ))
}

interface LaneNameProps {
  number: number
  /** Of the largest number, so that the labels stand under one another. */
  digits: number
  label: string
  mask: string
  kind: KeyStateKind
  current: boolean
  heightPx: number
}

const LaneName = memo(function LaneName({ number, digits, label, mask, kind, current, heightPx }: LaneNameProps) {
  const { t } = useTranslation('key-state')
  return (
    <li className={classes['name']} style={{ height: heightPx }} data-current={current || undefined}>
      <span className={classes['shape']} style={{ color: `var(--kw-state-${kind})` }}>
        <KeyStateShape kind={kind} size={10} />
        <span className="kw-visually-hidden">{t(kind)}</span>
      </span>
      <span className={classes['number']} style={{ minWidth: `${digits}ch` }}>
        {number}
      </span>
      <span className={classes['label']} title={label}>
        {label}
      </span>
      {mask !== '' && <span className={classes['mask']}>{mask}</span>}
    </li>
  )
})
