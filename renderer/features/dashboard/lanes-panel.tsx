import { ActionIcon, Button, SegmentedControl } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { IconChevronLeft, IconChevronRight, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { memo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyStateKind } from '../../../shared/key.ts'
import type { ModelView } from '../../../shared/model.ts'
import { liveFeed } from '../../app/live-feed.ts'
import { usePick } from '../../app/use-live.ts'
import { KeyStateShape } from '../../ui/key-state-shape.tsx'
import { formatClock } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import classes from './dashboard.module.css'
import { useDashboard, windowsMinutes } from './dashboard-store.ts'
import { LaneCanvas } from './lane-canvas.tsx'
import { axisPx } from './lane-painter.ts'
import { rowHeightFor } from './lane-rows.ts'
import { LaneTable } from './lane-table.tsx'

const gutters = { narrow: 120, wide: 210 }
const gutterFor = (widthPx: number): number => (widthPx > 0 && widthPx < 620 ? gutters.narrow : gutters.wide)

const roomPx = { least: 220, most: 352 }

export function LanesPanel({ model }: { model: ModelView }) {
  const { t } = useTranslation('dashboard')
  return (
    <Panel title={t('lanes.title')} aside={<LaneControls />}>
      <Lanes model={model} />
      <p className={classes['legend']}>{t('lanes.legend')}</p>
      <LaneTable model={model} />
    </Panel>
  )
}

function LaneControls() {
  const { t, i18n } = useTranslation('dashboard')
  const { windowMinutes, pausedAtMs, setWindow, pause, resume, scrub } = useDashboard()
  const paused = pausedAtMs !== null
  return (
    <div className={classes['laneControls']}>
      {paused && (
        <>
          <span>{t('lanes.paused', { time: formatClock(pausedAtMs, i18n.language) })}</span>
          <ActionIcon
            size="sm"
            variant="default"
            aria-label={t('lanes.earlier')}
            onClick={() => scrub(-0.25, liveFeed.nowMs())}
          >
            <IconChevronLeft size={14} />
          </ActionIcon>
          <ActionIcon
            size="sm"
            variant="default"
            aria-label={t('lanes.later')}
            onClick={() => scrub(0.25, liveFeed.nowMs())}
          >
            <IconChevronRight size={14} />
          </ActionIcon>
        </>
      )}
      <Button
        size="compact-xs"
        variant="default"
        leftSection={paused ? <IconPlayerPlay size={13} /> : <IconPlayerPause size={13} />}
        onClick={() => (paused ? resume() : pause(liveFeed.nowMs()))}
      >
        {paused ? t('lanes.resume') : t('lanes.pause')}
      </Button>
      <SegmentedControl
        size="xs"
        aria-label={t('window.label')}
        value={String(windowMinutes)}
        onChange={(value) => setWindow(windowsMinutes.find((minutes) => String(minutes) === value) ?? windowMinutes)}
        data={windowsMinutes.map((count) => ({ value: String(count), label: t('window.minutes', { count }) }))}
      />
    </div>
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
        className={classes['laneScroller']}
        style={{ height: heightPx }}
        aria-label={t('lanes.region')}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        tabIndex={rowsPx > heightPx ? 0 : undefined}
      >
        <ol className={classes['laneNames']} style={{ width: gutterPx, height: rowsPx }}>
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
  label: string
  mask: string
  kind: KeyStateKind
  current: boolean
  heightPx: number
}

const LaneName = memo(function LaneName({ number, label, mask, kind, current, heightPx }: LaneNameProps) {
  const { t } = useTranslation('key-state')
  return (
    <li className={classes['laneName']} style={{ height: heightPx }} data-current={current || undefined}>
      <span className={classes['laneShape']} style={{ color: `var(--kw-state-${kind})` }}>
        <KeyStateShape kind={kind} size={10} />
        <span className="kw-visually-hidden">{t(kind)}</span>
      </span>
      <span className={classes['laneNumber']}>{number}</span>
      <span className={classes['laneLabel']} title={label}>
        {label}
      </span>
      {mask !== '' && <span className={classes['laneMask']}>{mask}</span>}
    </li>
  )
})
