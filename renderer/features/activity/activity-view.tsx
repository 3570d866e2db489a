import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconActivity } from '@tabler/icons-react'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { JournalNotices } from '../../app/journal-notices.tsx'
import { useModels } from '../../app/models-store.ts'
import { navigate, replaceRoute, useRoute } from '../../app/router.ts'
import { useSettings } from '../../app/settings-store.ts'
import { startSimulator } from '../../app/simulator.ts'
import { useTimeRange } from '../../app/time-range.ts'
import { attempt } from '../../app/toast.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import { asksForSomething, everyRequest, requestFilter, type ActivityFilter } from './activity-filter.ts'
import classes from './activity.module.css'
import { FilterBar } from './filter-bar.tsx'
import { ListActions } from './list-actions.tsx'
import { RequestDrawer } from './request-drawer.tsx'
import { RequestList } from './request-list.tsx'
import type { RequestStretch } from './request-window.ts'
import { useRangeStart } from './use-range-start.ts'
import { useRequests } from './use-requests.ts'

const typingRestMs = 250

/** The address names the request that is open; opening and closing one is no step to go back through. */
const openRequest = (id: string): void => replaceRoute('activity', id)

export function ActivityView() {
  const { t } = useTranslation('activity')
  const modelId = useModels((store) => store.selectedId)
  const recordsTexts = useSettings((store) => store.settings.journalTexts)
  const { id: openId } = useRoute()
  const [chosen, setChosen] = useState<ActivityFilter>(everyRequest)
  // Words are asked for once the typing rests; what is clicked is asked for at once.
  const [text] = useDebouncedValue(chosen.text, typingRestMs)
  const { result, outcome, keyId, client } = chosen
  const rested = useMemo(() => ({ result, outcome, keyId, client, text }), [result, outcome, keyId, client, text])
  const minutes = useTimeRange((store) => (store.everything ? null : store.minutes))
  const since = useRangeStart(minutes)
  const timeless = useMemo(() => requestFilter(rested, modelId), [rested, modelId])
  const { stretch, requests } = useRequests(timeless, since)
  const filter = useMemo(() => ({ ...timeless, fromMs: since.fromMs }), [timeless, since.fromMs])
  const change = useCallback((edit: Partial<ActivityFilter>) => setChosen((before) => ({ ...before, ...edit })), [])
  const showAll = () => {
    setChosen(everyRequest)
    useModels.getState().select(null)
    useTimeRange.getState().chooseEverything()
  }
  const isNarrowed = asksForSomething(rested) || modelId !== null || minutes !== null
  const isEmpty = isNothing(stretch)
  return (
    <div className={classes['activity']}>
      <JournalNotices />
      {recordsTexts && <Notice tone="warn" title={t('keptWithTexts')} />}
      {isEmpty && !isNarrowed ? (
        <NoRequests />
      ) : (
        <>
          <FilterBar filter={chosen} modelId={modelId} onChange={change} />
          {isEmpty ? (
            <EmptyState title={t('noMatch.title')} text={t('noMatch.text')}>
              <Button variant="default" onClick={showAll}>
                {t('filter.clear')}
              </Button>
            </EmptyState>
          ) : (
            <RequestList stretch={stretch} requests={requests} filter={filter} openId={openId} onOpen={openRequest} />
          )}
          <ListActions filter={filter} onCleared={() => void requests.show(filter, 'newest')} />
        </>
      )}
      {!recordsTexts && <p className={classes['kept']}>{t('kept')}</p>}
      <RequestDrawer id={openId} onClose={() => openRequest('')} />
    </div>
  )
}

const isNothing = ({ entries, loading, older, newer, failed }: RequestStretch): boolean =>
  entries.length === 0 && loading !== 'all' && older === null && newer === null && !failed

function NoRequests() {
  const { t } = useTranslation('activity')
  const hasModels = useModels((store) => store.models.length > 0)
  return (
    <EmptyState icon={<IconActivity size={26} />} title={t('empty.title')} text={t('empty.text')}>
      {hasModels ? (
        <Button onClick={() => navigate('playground')}>{t('empty.playground')}</Button>
      ) : (
        <Button onClick={() => attempt(startSimulator)}>{t('empty.simulator')}</Button>
      )}
    </EmptyState>
  )
}
