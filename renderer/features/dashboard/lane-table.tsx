import { memo, useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../shared/model.ts'
import { liveFeed } from '../../app/live-feed.ts'
import { useLiveRead } from '../../app/use-live.ts'
import { reasonOf, type AttemptText } from '../../ui/attempt-text.ts'
import { formatClock, formatDuration } from '../../ui/format.ts'
import { attemptRows, type AttemptRow } from './lane-table-rows.ts'

const shownRows = 100

/** The lanes as a table: what the canvas draws, for who cannot see it. */
export function LaneTable({ model }: { model: ModelView }) {
  const { t, i18n } = useTranslation('dashboard')
  const { t: attempts } = useTranslation('attempts')
  const { language } = i18n
  const read = useCallback(() => attemptRows(liveFeed.history, model, shownRows), [model])
  const rows = useLiveRead(read, 2_000)
  const labels = useMemo(() => new Map<string, string>(model.keys.map((key) => [key.id, key.label])), [model.keys])
  const labelOf = (keyId: string | null) => (keyId === null ? '' : (labels.get(keyId) ?? ''))
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
            <Row
              key={row.ordinal}
              time={formatClock(row.startedAtMs, language)}
              keyLabel={labelOf(row.keyId)}
              result={resultText(row, attempts, language)}
              took={row.durationMs === null ? '' : formatDuration(row.durationMs, language)}
              next={labelOf(row.nextKeyId)}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface RowProps {
  time: string
  keyLabel: string
  result: string
  took: string
  next: string
}

/** Plain words, so that a row whose words are the same is not rendered again. */
const Row = memo(function Row({ time, keyLabel, result, took, next }: RowProps) {
  return (
    <tr>
      <td>{time}</td>
      <td>{keyLabel}</td>
      <td>{result}</td>
      <td>{took}</td>
      <td>{next}</td>
    </tr>
  )
})

function resultText({ kind, failure }: AttemptRow, t: AttemptText, language: string): string {
  if (kind === null) return t('running')
  return failure ? reasonOf(failure, t, language) : t(`outcome.${kind}`)
}
