import { memo, useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../shared/model.ts'
import { liveFeed } from '../../app/live-feed.ts'
import { useLiveRead } from '../../app/use-live.ts'
import { reasonOf } from '../../ui/attempt-text.ts'
import { formatClock, formatDuration } from '../../ui/format.ts'
import { attemptRows, type AttemptRow } from './lane-table-rows.ts'

const shownRows = 100

/** The lanes as a table: what the canvas draws, for who cannot see it. */
export function LaneTable({ model }: { model: ModelView }) {
  const { t } = useTranslation('dashboard')
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
            <Row key={row.ordinal} row={row} label={labelOf(row.keyId)} nextLabel={labelOf(row.nextKeyId)} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface RowProps {
  row: AttemptRow
  label: string
  nextLabel: string
}

/** An attempt says something new when it ends and when another takes over, and is the same until then. */
const isSame = (before: RowProps, after: RowProps): boolean =>
  before.row.ordinal === after.row.ordinal &&
  before.row.kind === after.row.kind &&
  before.label === after.label &&
  before.nextLabel === after.nextLabel

const Row = memo(function Row({ row, label, nextLabel }: RowProps) {
  const { t, i18n } = useTranslation('attempts')
  const result =
    row.kind === null ? t('running') : row.failure ? reasonOf(row.failure, t, i18n.language) : t(`outcome.${row.kind}`)
  return (
    <tr>
      <td>{formatClock(row.startedAtMs, i18n.language)}</td>
      <td>{label}</td>
      <td>{result}</td>
      <td>{row.durationMs === null ? '' : formatDuration(row.durationMs, i18n.language)}</td>
      <td>{nextLabel}</td>
    </tr>
  )
}, isSame)
