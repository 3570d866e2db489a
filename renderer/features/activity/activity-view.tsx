import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { IconActivity, IconSearch } from '@tabler/icons-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '../../../shared/request.ts'
import { liveFeed } from '../../app/live-feed.ts'
import { useModels } from '../../app/models-store.ts'
import { hrefOf, navigate, useRoute } from '../../app/router.ts'
import { startSimulator } from '../../app/simulator.ts'
import { attempt } from '../../app/toast.tsx'
import { useLiveNow, useLiveRead } from '../../app/use-live.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatInteger } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { matchesFilter, outcomeFilters, type OutcomeFilter } from './activity-filter.ts'
import classes from './activity.module.css'
import { RequestRow } from './request-row.tsx'

const pageRows = 100

const readRecent = () => liveFeed.history.requests.recent()

export function ActivityView() {
  const { t } = useTranslation('activity')
  const requests = useLiveRead(readRecent, 500)
  const modelId = useModels((store) => store.selectedId)
  const { id: openId } = useRoute()
  const [outcome, setOutcome] = useState<OutcomeFilter>('all')
  const [text, setText] = useState('')
  if (requests.length === 0) return <NoRequests />
  const matching = requests.filter((request) => matchesFilter(request, { outcome, text, modelId }))
  const isMissing = openId !== '' && !requests.some((request) => request.id === openId)
  const clear = () => {
    setOutcome('all')
    setText('')
  }
  return (
    <div className={classes['activity']}>
      <search className={classes['filters']} aria-label={t('filter.label')}>
        <SegmentedControl
          size="xs"
          aria-label={t('filter.outcome')}
          value={outcome}
          onChange={(value) => setOutcome(outcomeFilters.find((filter) => filter === value) ?? 'all')}
          data={outcomeFilters.map((value) => ({ value, label: t(`filter.${value}`) }))}
        />
        <TextInput
          className={classes['search']}
          aria-label={t('filter.search')}
          placeholder={t('filter.search')}
          leftSection={<IconSearch size={14} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </search>
      {isMissing && <Notice tone="plain" title={t('missing', { id: openId })} />}
      {matching.length === 0 ? (
        <EmptyState title={t('noMatch.title')} text={t('noMatch.text')}>
          <Button variant="default" onClick={clear}>
            {t('filter.clear')}
          </Button>
        </EmptyState>
      ) : (
        <Requests requests={matching} total={requests.length} openId={openId} />
      )}
      <p className={classes['kept']}>{t('kept')}</p>
    </div>
  )
}

interface RequestsProps {
  requests: readonly RequestView[]
  total: number
  openId: string
}

/** The address names the request that is open, so that it can be linked to and gone back from. */
function Requests({ requests, total, openId }: RequestsProps) {
  const { t, i18n } = useTranslation('activity')
  const nowMs = useLiveNow(500)
  const [rows, setRows] = useState(pageRows)
  const toggle = useCallback(
    (id: string) => {
      // Opening and closing rows is no step to go back through.
      window.history.replaceState(window.history.state, '', hrefOf('activity', id === openId ? '' : id))
      window.dispatchEvent(new HashChangeEvent('hashchange'))
    },
    [openId],
  )
  const shown = requests.filter((request, index) => index < rows || request.id === openId)
  const isStill = (request: RequestView) => request.endedAtMs !== null
  return (
    <div className={classes['tableFrame']}>
      <table className={classes['table']} aria-label={t('table.label')}>
        <thead>
          <tr>
            <th aria-hidden="true" />
            <th scope="col">{t('table.time')}</th>
            <th scope="col">{t('table.model')}</th>
            <th scope="col">{t('table.client')}</th>
            <th scope="col">{t('table.result')}</th>
            <th scope="col">{t('table.keys')}</th>
            <th scope="col" className={classes['number']}>
              {t('table.took')}
            </th>
            <th scope="col" className={classes['number']}>
              {t('table.tokens')}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((request) => (
            <RequestRow
              key={request.id}
              request={request}
              isOpen={request.id === openId}
              nowMs={isStill(request) ? 0 : nowMs}
              onToggle={toggle}
            />
          ))}
        </tbody>
      </table>
      <footer className={classes['foot']}>
        <span>
          {t('counted', {
            count: total,
            shown: formatInteger(shown.length, i18n.language),
            formatted: formatInteger(total, i18n.language),
          })}
        </span>
        {requests.length > rows && (
          <Button size="xs" variant="default" onClick={() => setRows(rows + pageRows)}>
            {t('more')}
          </Button>
        )}
      </footer>
    </div>
  )
}

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
