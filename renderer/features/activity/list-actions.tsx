import { Button, Menu, Progress } from '@mantine/core'
import { IconDownload, IconTrash } from '@tabler/icons-react'
import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExportQuery, RequestFilter } from '../../../shared/activity.ts'
import { client } from '../../app/client.ts'
import { useJournalStatus } from '../../app/journal-store.ts'
import { saveText } from '../../app/save-text.ts'
import { attempt, showDone } from '../../app/toast.tsx'
import { useJournal } from '../../app/use-journal.ts'
import { formatInteger } from '../../ui/format.ts'
import classes from './activity.module.css'
import { Question } from '../../ui/question.tsx'
import { exportRequests, type ExportProgress } from './export-requests.ts'

const fileTypes: Record<ExportQuery['format'], string> = { csv: 'text/csv;charset=utf-8', json: 'application/json' }

const countEveryMs = 3_000

/** How many requests the filter shows, and what can be done with them. */
export function ListActions({ filter, onCleared }: { filter: RequestFilter; onCleared: () => void }) {
  const { t, i18n } = useTranslation('activity')
  const read = useCallback(() => client.activity.count({ filter }), [filter])
  const counted = useJournal(read, countEveryMs)
  const formatted = formatInteger(counted?.count ?? 0, i18n.language)
  return (
    <footer className={classes['foot']}>
      <output aria-live="off">
        {counted && t(counted.exact ? 'counted' : 'countedAbout', { count: counted.count, formatted })}
      </output>
      <div className={classes['footActions']}>
        <ExportButton filter={filter} />
        <ClearButton onCleared={onCleared} />
      </div>
    </footer>
  )
}

function ExportButton({ filter }: { filter: RequestFilter }) {
  const { t, i18n } = useTranslation('activity')
  const [progress, setProgress] = useState<ExportProgress | null>(null)
  const stopping = useRef<AbortController>(null)
  const hasTexts = useJournalStatus((store) => (store.status?.texts ?? 0) > 0)
  const run = (format: ExportQuery['format'], withTexts = false) =>
    attempt(async () => {
      const mine = new AbortController()
      stopping.current = mine
      setProgress({ requests: 0, share: 0 })
      try {
        const texts = await exportRequests(
          filter,
          { format, withTexts },
          {
            part: (query, signal) => client.activity.exportPart(query, { signal }),
            onProgress: setProgress,
            signal: mine.signal,
          },
        )
        if (texts) saveText(texts, `keywheel-activity.${format}`, fileTypes[format])
        if (texts) showDone(t('export.done'))
      } catch (error) {
        // A call that was cancelled fails, which is what was wanted.
        if (!mine.signal.aborted) throw error
      } finally {
        setProgress(null)
      }
    })
  if (progress !== null) {
    return (
      <div className={classes['exporting']} role="group" aria-label={t('export.running')}>
        <Progress value={progress.share * 100} w={120} aria-label={t('export.running')} />
        <span>
          {t('export.soFar', { count: progress.requests, formatted: formatInteger(progress.requests, i18n.language) })}
        </span>
        <Button size="xs" variant="default" onClick={() => stopping.current?.abort()}>
          {t('export.cancel')}
        </Button>
      </div>
    )
  }
  return (
    <Menu position="top-end">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconDownload size={14} />}>
          {t('export.button')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => run('csv')}>{t('export.csv')}</Menu.Item>
        <Menu.Item onClick={() => run('json')}>{t('export.json')}</Menu.Item>
        {hasTexts && (
          <>
            <Menu.Divider />
            <Menu.Label>{t('export.withTexts')}</Menu.Label>
            <Menu.Item onClick={() => run('csv', true)}>{t('export.csvWithTexts')}</Menu.Item>
            <Menu.Item onClick={() => run('json', true)}>{t('export.jsonWithTexts')}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

function ClearButton({ onCleared }: { onCleared: () => void }) {
  const { t } = useTranslation('activity')
  const [asking, setAsking] = useState(false)
  const clear = () =>
    attempt(async () => {
      await client.activity.clear()
      setAsking(false)
      onCleared()
      showDone(t('clear.done'))
    })
  return (
    <>
      <Button size="xs" variant="default" leftSection={<IconTrash size={14} />} onClick={() => setAsking(true)}>
        {t('clear.button')}
      </Button>
      {asking && (
        <Question
          grave
          title={t('clear.title')}
          confirm={t('clear.confirm')}
          cancel={t('clear.keep')}
          onConfirm={clear}
          onClose={() => setAsking(false)}
        >
          <p>{t('clear.text')}</p>
        </Question>
      )}
    </>
  )
}
