import { ActionIcon, Button, SegmentedControl } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { IconChevronLeft, IconChevronRight, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../shared/model.ts'
import { liveFeed } from '../../app/live-feed.ts'
import { usePick } from '../../app/use-live.ts'
import { KeyStateShape } from '../../ui/key-state-shape.tsx'
import { Panel } from '../../ui/panel.tsx'
import classes from './dashboard.module.css'
import { useDashboard, windowsMinutes } from './dashboard-store.ts'
import { LaneCanvas } from './lane-canvas.tsx'
import { axisPx } from './lane-painter.ts'
import { rowHeightFor } from './lane-rows.ts'
import { LaneTable } from './lane-table.tsx'
import { clockTime } from './lane-text.ts'

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
          <span>{t('lanes.paused', { time: clockTime(pausedAtMs, i18n.language) })}</span>
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
  const gutterPx = width > 0 && width < 620 ? 120 : 200
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
          <LaneNames model={model} rowHeightPx={rowHeightPx} narrow={gutterPx < 200} />
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
  const { t } = useTranslation('key-state')
  const pick = usePick(model.id)
  const currentId = pick?.keyId ?? model.currentKeyId
  return model.keys.map((key, index) => (
    <li
      key={key.id}
      className={classes['laneName']}
      style={{ height: rowHeightPx }}
      data-current={key.id === currentId || undefined}
    >
      <span className={classes['laneShape']} style={{ color: `var(--kw-state-${key.state.kind})` }}>
        <KeyStateShape kind={key.state.kind} size={10} />
        <span className="kw-visually-hidden">{t(key.state.kind)}</span>
      </span>
      <span className={classes['laneNumber']}>{index + 1}</span>
      <span className={classes['laneLabel']} title={key.label}>
        {key.label}
      </span>
      {!narrow && key.lastFour !== '' && <span className={classes['laneMask']}>…{key.lastFour}</span>}
    </li>
  ))
}
