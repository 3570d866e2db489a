import { useEffect, useMemo, useRef, useState } from 'react'
import type { RequestFilter } from '../../../shared/activity.ts'
import { client } from '../../app/client.ts'
import { liveFeed } from '../../app/live-feed.ts'
import type { RangeStart } from './use-range-start.ts'
import { createRequestWindow, type RequestStretch, type RequestWindow } from './request-window.ts'

const refreshEveryMs = 700

const notYet: RequestStretch = {
  entries: [],
  older: null,
  newer: null,
  range: null,
  loading: 'all',
  failed: false,
  shifted: 0,
}

interface Asked {
  filter: RequestFilter
  minutes: RangeStart['minutes']
}

/** The requests of a filter since a moment; while the newest are shown, they follow what happens. */
export function useRequests(
  filter: RequestFilter,
  since: RangeStart,
): { stretch: RequestStretch; requests: RequestWindow } {
  const [stretch, setStretch] = useState(notYet)
  const requests = useMemo(
    () => createRequestWindow({ fetchPage: (query) => client.activity.requests(query), onChange: setStretch }),
    [],
  )
  const { minutes, fromMs } = since
  const asked = useRef<Asked>(null)
  useEffect(() => {
    const before = asked.current
    asked.current = { filter, minutes }
    const isSame = before?.filter === filter && before.minutes === minutes
    // The same range that has moved on lets go of what it left behind; another one begins anew.
    if (!isSame) void requests.show({ ...filter, fromMs }, 'newest')
    else if (fromMs !== null) requests.slide(fromMs)
  }, [requests, filter, minutes, fromMs])
  useEffect(() => {
    let seen = liveFeed.history.version
    const timer = setInterval(() => {
      if (document.hidden || seen === liveFeed.history.version) return
      seen = liveFeed.history.version
      void requests.refresh()
    }, refreshEveryMs)
    return () => clearInterval(timer)
  }, [requests])
  return { stretch, requests }
}
