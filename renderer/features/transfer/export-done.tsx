import { Button } from '@mantine/core'
import { IconFileCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ExportFormat, Written } from '../../../shared/export.ts'
import { client } from '../../app/client.ts'
import { fromHere } from '../../app/router.ts'
import { attempt } from '../../app/toast.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import classes from './export.module.css'
import { formatSentences } from '../../ui/format.ts'

async function watch(path: string): Promise<void> {
  const goOn = fromHere()
  await client.linked.add({ path })
  goOn('transfer', 'linked')
}

interface ExportDoneProps {
  written: Written
  format: ExportFormat
  onAgain: () => void
}

/** What was written, and what became of the rest. */
export function ExportDone({ written, format, onAgain }: ExportDoneProps) {
  const { t, i18n } = useTranslation('export')
  const { path, client, keptEarlier, leftover } = written
  const said = [
    t('done.written', { path }),
    client === null ? '' : t(`done.${client.what}`, { name: client.name }),
    keptEarlier ? t('done.keptEarlier') : '',
  ]
  return (
    <div className={classes['view']}>
      <EmptyState
        icon={<IconFileCheck size={24} />}
        title={t('done.title')}
        text={formatSentences(said, i18n.language)}
      >
        <Button onClick={onAgain}>{t('done.again')}</Button>
        {format === 'dotenv' && (
          <Button variant="default" onClick={() => attempt(() => watch(path))}>
            {t('done.watch')}
          </Button>
        )}
      </EmptyState>
      {leftover !== null && <Notice tone="danger" urgent title={t('done.leftover', { path: leftover })} />}
    </div>
  )
}
