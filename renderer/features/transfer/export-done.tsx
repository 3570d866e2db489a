import { Button } from '@mantine/core'
import { IconFileCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Written } from '../../../shared/export.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import classes from './export.module.css'

/** What was written, and what became of the rest. */
export function ExportDone({ written, onAgain }: { written: Written; onAgain: () => void }) {
  const { t } = useTranslation('export')
  const { path, client, keptEarlier, leftover } = written
  const said = [
    t('done.written', { path }),
    client === null ? '' : t(`done.${client.what}`, { name: client.name }),
    keptEarlier ? t('done.keptEarlier') : '',
  ]
  return (
    <div className={classes['view']}>
      <EmptyState icon={<IconFileCheck size={24} />} title={t('done.title')} text={said.filter(Boolean).join(' ')}>
        <Button onClick={onAgain}>{t('done.again')}</Button>
      </EmptyState>
      {leftover !== null && <Notice tone="danger" urgent title={t('done.leftover', { path: leftover })} />}
    </div>
  )
}
