import { Button } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestFilter } from '../../../shared/activity.ts'
import { useLiveNow } from '../../app/use-live.ts'
import { Notice } from '../../ui/notice.tsx'
import classes from './activity.module.css'
import { RequestRow } from './request-row.tsx'
import type { RequestStretch, RequestWindow } from './request-window.ts'
import { ScaledScrollbar } from './scaled-scrollbar.tsx'

export const rowPx = 38
/** Pages are fetched before the end of what is loaded comes into sight. */
const fetchAheadRows = 40

interface RequestListProps {
  stretch: RequestStretch
  requests: RequestWindow
  filter: RequestFilter
  openId: string
  onOpen: (id: string) => void
}

export function RequestList({ stretch, requests, filter, openId, onOpen }: RequestListProps) {
  const { t } = useTranslation('activity')
  const nowMs = useLiveNow(1_000)
  const scroller = useRef<HTMLDivElement>(null)
  const { entries, loading, range } = stretch
  // oxlint-disable-next-line react/incompatible-library -- no function of it is handed on to what is memoized
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    getItemKey: (index) => entries[index]?.position ?? index,
    overscan: 8,
  })
  const shown = rows.getVirtualItems()
  useKeepPlace(scroller, stretch)
  useFetchAhead({ stretch, requests, first: shown[0]?.index ?? 0, last: shown.at(-1)?.index ?? -1 })
  const top = entries[Math.max(0, Math.floor((rows.scrollOffset ?? 0) / rowPx))]

  const jump = async (to: 'newest' | 'oldest' | number) => {
    await requests.show(filter, to)
    if (scroller.current) scroller.current.scrollTop = to === 'oldest' ? scroller.current.scrollHeight : 0
  }
  return (
    <div className={classes['tableFrame']}>
      {stretch.failed && (
        <Notice tone="warn" title={t('list.failed')}>
          <Button size="xs" variant="default" onClick={() => void jump('newest')}>
            {t('list.again')}
          </Button>
        </Notice>
      )}
      <div
        className={classes['table']}
        role="table"
        aria-label={t('table.label')}
        aria-rowcount={-1}
        aria-busy={loading === 'all'}
      >
        <div role="rowgroup" className={classes['heads']}>
          <Heads />
        </div>
        <div
          ref={scroller}
          className={classes['scroller']}
          role="rowgroup"
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
          tabIndex={0}
          data-testid="requests"
        >
          <div style={{ height: rows.getTotalSize(), position: 'relative' }} role="presentation">
            {shown.map((item) => {
              const request = entries[item.index]
              return (
                request && (
                  <RequestRow
                    key={item.key}
                    request={request}
                    topPx={item.start}
                    isOpen={request.id === openId}
                    nowMs={request.endedAtMs === null ? nowMs : startOfDay(nowMs)}
                    onOpen={onOpen}
                  />
                )
              )
            })}
          </div>
        </div>
      </div>
      {range && (
        <ScaledScrollbar
          range={range}
          position={top?.position ?? range.newest}
          rows={shown.length}
          rowPx={rowPx}
          onJump={(to) => void jump(to)}
        />
      )}
    </div>
  )
}

/** Rows that show no time passing only need to know which day it is. */
const startOfDay = (nowMs: number): number => new Date(nowMs).setHours(0, 0, 0, 0)

function Heads() {
  const { t } = useTranslation('activity')
  return (
    <div role="row" className={classes['headRow']}>
      <span role="columnheader">
        <span className="kw-visually-hidden">{t('table.open')}</span>
      </span>
      <span role="columnheader">{t('table.time')}</span>
      <span role="columnheader">{t('table.model')}</span>
      <span role="columnheader">{t('table.client')}</span>
      <span role="columnheader">{t('table.result')}</span>
      <span role="columnheader">{t('table.keys')}</span>
      <span role="columnheader" className={classes['number']}>
        {t('table.took')}
      </span>
      <span role="columnheader" className={classes['number']}>
        {t('table.tokens')}
      </span>
    </div>
  )
}

/** What is being read stays where it is when rows come in front of it or go; at the very top the newest may push. */
function useKeepPlace(scroller: { current: HTMLElement | null }, stretch: RequestStretch): void {
  useLayoutEffect(() => {
    const isAtTop = scroller.current?.scrollTop === 0
    if (!isAtTop && stretch.shifted !== 0) scroller.current?.scrollBy({ top: stretch.shifted * rowPx })
  }, [scroller, stretch])
}

interface FetchAhead {
  stretch: RequestStretch
  requests: RequestWindow
  first: number
  last: number
}

/** A page may hold little although there is more, so this also goes on while nothing is loaded. */
function useFetchAhead({ stretch, requests, first, last }: FetchAhead): void {
  const { entries, older, newer, loading, failed } = stretch
  useEffect(() => {
    if (loading !== null || failed) return
    if (older !== null && last >= entries.length - fetchAheadRows) void requests.loadOlder()
    else if (newer !== null && first <= fetchAheadRows) void requests.loadNewer()
  }, [entries, older, newer, loading, failed, first, last, requests])
}
