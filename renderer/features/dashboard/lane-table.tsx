import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../shared/model.ts'
import { liveFeed } from '../../app/live-feed.ts'
import { useLiveRead } from '../../app/use-live.ts'
import { reasonOf } from '../../ui/attempt-text.ts'
import { formatDuration } from '../../ui/format.ts'
import { clockTime } from './lane-text.ts'
import { attemptRows } from './lane-table-rows.ts'

const shownRows = 100

/** The lanes as a table: what the canvas draws, for who cannot see it. */
export function LaneTable({ model }: { model: ModelView }) {
  const { t, i18n } = useTranslation('dashboard')
  const { t: attempts } = useTranslation('attempts')
  const read = useCallback(() => attemptRows(liveFeed.history, model, shownRows), [model])
  const rows = useLiveRead(read, 1_000)
  const labelOf = (keyId: string | null) => model.keys.find((key) => key.id === keyId)?.label ?? ''
  return (
    <div className="kw-visually-hidden">
      <table>
        <caption>{t('lanes.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('lanes.time')}</th>
            <th scope="col">{t('lanes.key')}</th>
            <th scope="col">{t('lanes.result')}</th>
            <th scope="col">{t('lanes.took')}</th>
            <th scope="col">{t('lanes.then')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.ordinal}>
              <td>{clockTime(row.startedAtMs, i18n.language)}</td>
              <td>{labelOf(row.keyId)}</td>
              <td>
                {row.kind === null
                  ? attempts('running')
                  : row.failure
                    ? reasonOf(row.failure, attempts, i18n.language)
                    : attempts(`outcome.${row.kind}`)}
              </td>
              <td>{row.durationMs === null ? '' : formatDuration(row.durationMs, i18n.language)}</td>
              <td>{labelOf(row.nextKeyId)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
