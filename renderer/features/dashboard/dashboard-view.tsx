import { Button } from '@mantine/core'
import { IconChartDots3 } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../shared/model.ts'
import { JournalNotices } from '../../app/journal-notices.tsx'
import { liveFeed } from '../../app/live-feed.ts'
import { useModels } from '../../app/models-store.ts'
import { navigate } from '../../app/router.ts'
import { startSimulator } from '../../app/simulator.ts'
import { attempt } from '../../app/toast.tsx'
import { useDropped, useLiveNow } from '../../app/use-live.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatInteger } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import classes from './dashboard.module.css'
import { FailuresPanel } from './failures-panel.tsx'
import { FiguresRow } from './figures-row.tsx'
import { LanesPanel } from './lanes-panel.tsx'
import { SetbackList } from './setback-list.tsx'
import { TrafficBar } from './traffic-bar.tsx'
import { WheelPanel } from './wheel-panel.tsx'

export function DashboardView() {
  const models = useModels((store) => store.models)
  const loaded = useModels((store) => store.loaded)
  const filterId = useModels((store) => store.selectedId)
  const [chosenId, setChosenId] = useState<ModelView['id'] | null>(null)
  if (!loaded) return null
  if (models.length === 0) return <EmptyDashboard />
  const filtered = models.find((model) => model.id === filterId)
  const shown = filtered ?? models.find((model) => model.id === chosenId) ?? mostRecentlyUsed(models)
  if (!shown) return null
  return (
    <div className={classes['dashboard']}>
      <JournalNotices />
      <DroppedNotice />
      {shown.origin === 'simulator' ? <TrafficBar model={shown} /> : <QuietHint />}
      <FiguresRow modelId={filterId} />
      <div className={classes['signature']}>
        <WheelPanel model={shown} choices={filtered ? [] : models} onChoose={setChosenId} />
        <LanesPanel key={shown.id} model={shown} />
      </div>
      <div className={classes['signature']}>
        <FailuresPanel modelId={filterId} />
        <SetbackList modelId={filterId} />
      </div>
    </div>
  )
}

/** Until a person chooses, the wheel shows the model in use. */
function mostRecentlyUsed(models: readonly ModelView[]): ModelView | undefined {
  const usedAtMs = (model: ModelView) => liveFeed.history.pick(model.id)?.atMs ?? 0
  return models.toSorted((a, b) => usedAtMs(b) - usedAtMs(a))[0]
}

function EmptyDashboard() {
  const { t } = useTranslation('dashboard')
  return (
    <EmptyState icon={<IconChartDots3 size={26} />} title={t('empty.title')} text={t('empty.text')}>
      <Button onClick={() => attempt(startSimulator)}>{t('empty.simulator')}</Button>
      <Button variant="default" onClick={() => navigate('models', 'new')}>
        {t('empty.models')}
      </Button>
    </EmptyState>
  )
}

/** Shown while nothing was ever sent: the one next step. */
function QuietHint() {
  const { t } = useTranslation('dashboard')
  useLiveNow(1_000)
  if (liveFeed.history.attempts.next > 0) return null
  return (
    <Notice tone="plain" title={t('quiet.text')}>
      <Button size="xs" onClick={() => navigate('playground')}>
        {t('quiet.playground')}
      </Button>
    </Notice>
  )
}

/** What the figures miss is said beside them. */
function DroppedNotice() {
  const { t, i18n } = useTranslation('dashboard')
  const dropped = useDropped()
  if (dropped === 0) return null
  return (
    <Notice tone="warn" title={t('dropped', { count: dropped, formatted: formatInteger(dropped, i18n.language) })} />
  )
}
