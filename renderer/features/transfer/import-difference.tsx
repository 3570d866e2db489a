import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ImportNotice, ImportPreview } from '../../../shared/transfer.ts'
import { useModels } from '../../app/models-store.ts'
import { Notice } from '../../ui/notice.tsx'
import { Panel } from '../../ui/panel.tsx'
import { isNewTo, newLooseKeys, totalOf } from './import-choice.ts'
import { useImport } from './import-store.ts'
import { ImportTable } from './import-table.tsx'
import { formatText, noticeText, placeText, type ImportText } from './import-texts.ts'
import classes from './import.module.css'
import { LooseKeys } from './loose-keys.tsx'

const byPlace = (a: ImportNotice, b: ImportNotice) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)

function Notices({ notices }: { notices: readonly ImportNotice[] }) {
  const { t } = useTranslation('import')
  if (notices.length === 0) return null
  return (
    <Panel title={t('noticesTitle')}>
      <ul className={classes['notices']}>
        {notices.toSorted(byPlace).map((notice) => (
          <li key={`${notice.code} ${notice.line} ${notice.column} ${notice.name}`}>
            <span className={classes['dim']}>{placeText(notice, t)}</span>
            <span>{noticeText(notice, t)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** What would come of the choices as they stand. */
function useTotals(preview: ImportPreview) {
  const choices = useImport((store) => store.choices)
  const target = useImport((store) => store.target)
  const without = useImport((store) => store.withoutLoose)
  const model = useModels((store) => store.models.find((one) => one.id === target.modelId))
  const total = totalOf(preview.models, choices)
  const loose = newLooseKeys(preview, model?.name ?? null, without)
  return { ...total, models: total.models + (loose > 0 ? 1 : 0), added: total.added + loose }
}

function summaryText({ added, fields, removed }: ReturnType<typeof useTotals>, t: ImportText): string {
  const parts = [t('newKeys', { count: added })]
  if (fields > 0) parts.push(t('changedSettings', { count: fields }))
  if (removed > 0) parts.push(t('keysToBin', { count: removed }))
  return parts.join(' · ')
}

interface ImportDifferenceProps {
  name: string
  preview: ImportPreview
  busy: boolean
  /** What is wrong with the new model, by field, or with what was chosen as a whole. */
  errors: Partial<Record<string, string>>
  onApply: () => void
}

/** Every change before it is made. */
export function ImportDifference({ name, preview, busy, errors, onApply }: ImportDifferenceProps) {
  const { t } = useTranslation('import')
  const total = useTotals(preview)
  const offers = preview.models.some((row) => row.change === 'added' || row.change === 'changed')
  const hasKeys = preview.looseKeys.some((key) => isNewTo(key, null))
  return (
    <>
      <div className={classes['head']}>
        <div className={classes['title']}>
          <h2>{t('previewTitle', { name })}</h2>
          <p className={classes['dim']}>{t('recognised', { format: formatText(preview.format, t) })}</p>
        </div>
        <span className={classes['summary']} role="status">
          {total.models > 0 && summaryText(total, t)}
        </span>
        <Button loading={busy} disabled={total.models === 0} onClick={onApply}>
          {t('apply', { count: total.models })}
        </Button>
        <Button variant="default" onClick={() => useImport.getState().reset()}>
          {t('cancel')}
        </Button>
      </div>
      {errors['form'] !== undefined && <Notice tone="danger" urgent title={errors['form']} />}
      {!offers && !hasKeys && <p className={classes['dim']}>{t('nothingNew')}</p>}
      {preview.looseKeys.length > 0 && <LooseKeys keys={preview.looseKeys} errors={errors} />}
      {preview.models.length > 0 && <ImportTable rows={preview.models} />}
      <Notices notices={preview.notices} />
    </>
  )
}
