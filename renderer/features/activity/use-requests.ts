import { useEffect, useMemo, useState } from 'react'
import type { RequestFilter } from '../../../shared/activity.ts'
import { client } from '../../app/client.ts'
import { liveFeed } from '../../app/live-feed.ts'
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

/** The requests of a filter; while the newest are shown, they follow what happens. */
export function useRequests(filter: RequestFilter): { stretch: RequestStretch; requests: RequestWindow } {
  const [stretch, setStretch] = useState(notYet)
  const requests = useMemo(
    () => createRequestWindow({ fetchPage: (query) => client.activity.requests(query), onChange: setStretch }),
    [],
  )
  useEffect(() => void requests.show(filter, 'newest'), [requests, filter])
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
