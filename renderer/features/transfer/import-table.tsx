import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportField, ImportModelRow, ImportNotice, ImportPreview } from '../../../shared/transfer.ts'
import type * as z from 'zod'
import { Panel } from '../../ui/panel.tsx'
import { ignoredText, noticeText, placeText } from './import-texts.ts'
import classes from './import.module.css'

const shownKeys = 12

const canTake = (row: ImportModelRow) => row.change === 'added' || row.change === 'changed'

function FieldLine({ field: { field, before, after } }: { field: z.infer<typeof ImportField> }) {
  const { t } = useTranslation('import')
  return (
    <li>
      <span className={classes['dim']}>{t(`field.${field}`)}</span>{' '}
      {t('fieldChange', { before: before ?? t('unset'), after: after ?? t('unset') })}
    </li>
  )
}

function Details({ row }: { row: ImportModelRow }) {
  const { t } = useTranslation('import')
  const { t: failureText } = useTranslation('failures')
  if (row.reason !== null) {
    return <span className={classes['warn']}>{ignoredText(row.reason, t, failureText)}</span>
  }
  if (row.change === 'changed' && row.fields.length > 0) {
    return (
      <ul className={classes['lines']}>
        {row.fields.map((field) => (
          <FieldLine key={field.field} field={field} />
        ))}
      </ul>
    )
  }
  return <span className={classes['dim']}>{row.apiBase}</span>
}

function Keys({ row }: { row: ImportModelRow }) {
  const { t, i18n } = useTranslation('import')
  const placeholders = row.keys.filter((key) => key.placeholder).length
  const elsewhere = [...new Set(row.keys.flatMap((key) => key.alsoIn))]
  const added = row.keys.filter((key) => key.change === 'added').length
  const more = row.keys.length - shownKeys
  return (
    <ul className={classes['lines']}>
      {row.change !== 'ignored' && <li>{t('keyCount', { added, unchanged: row.keys.length - added })}</li>}
      <li className={classes['keys']}>
        {row.keys.slice(0, shownKeys).map((key, index) => (
          // Two short keys may look alike, and the list is never reordered.
          <span key={index} className={classes['key']} data-change={row.change === 'ignored' ? undefined : key.change}>
            {t('masked', { lastFour: key.lastFour })}
          </span>
        ))}
        {more > 0 && <span className={classes['dim']}>{t('moreKeys', { count: more })}</span>}
      </li>
      {placeholders > 0 && <li className={classes['warn']}>{t('placeholders', { count: placeholders })}</li>}
      {elsewhere.length > 0 && (
        <li className={classes['dim']}>
          {t('alsoIn', { models: new Intl.ListFormat(i18n.language).format(elsewhere) })}
        </li>
      )}
    </ul>
  )
}

function Row({ row, ticked, onTick }: { row: ImportModelRow; ticked: boolean; onTick: (on: boolean) => void }) {
  const { t } = useTranslation('import')
  return (
    <tr>
      <td>
        <Checkbox
          size="xs"
          checked={ticked}
          disabled={!canTake(row)}
          onChange={(event) => onTick(event.currentTarget.checked)}
          aria-label={t('take', { model: row.name })}
        />
      </td>
      <th scope="row">{row.name}</th>
      <td>
        <span className={classes['change']} data-change={row.change}>
          {t(`change.${row.change}`)}
        </span>
      </td>
      <td>
        <Details row={row} />
      </td>
      <td>
        <Keys row={row} />
      </td>
    </tr>
  )
}

const byPlace = (a: ImportNotice, b: ImportNotice) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)

function Notices({ preview }: { preview: ImportPreview }) {
  const { t } = useTranslation('import')
  if (preview.notices.length === 0) return null
  return (
    <Panel title={t('noticesTitle')}>
      <ul className={classes['notices']}>
        {preview.notices.toSorted(byPlace).map((notice) => (
          <li key={`${notice.code} ${notice.line} ${notice.column} ${notice.name}`}>
            <span className={classes['dim']}>{placeText(notice, t)}</span>
            <span>{noticeText(notice, t)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

interface ImportPreviewTableProps {
  name: string
  preview: ImportPreview
  busy: boolean
  onApply: (models: string[]) => void
  onCancel: () => void
}

/** Every change before it is made: tick what to take. */
export function ImportPreviewTable({ name, preview, busy, onApply, onCancel }: ImportPreviewTableProps) {
  const { t } = useTranslation('import')
  const takeable = preview.models.filter(canTake).map((row) => row.name)
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set(takeable))
  const chosen = takeable.filter((model) => ticked.has(model))
  const tick = (model: string, on: boolean) =>
    setTicked(new Set(on ? [...ticked, model] : [...ticked].filter((other) => other !== model)))
  return (
    <>
      <div className={classes['head']}>
        <h2>{t('previewTitle', { name })}</h2>
        <Button loading={busy} disabled={chosen.length === 0} onClick={() => onApply(chosen)}>
          {t('apply', { count: chosen.length })}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
      {takeable.length === 0 && <p className={classes['dim']}>{t('nothingNew')}</p>}
      <div className={classes['scroll']}>
        <table className={classes['table']} aria-label={t('tableLabel')}>
          <thead>
            <tr>
              <th scope="col">
                <Checkbox
                  size="xs"
                  disabled={takeable.length === 0}
                  checked={chosen.length === takeable.length && takeable.length > 0}
                  indeterminate={chosen.length > 0 && chosen.length < takeable.length}
                  onChange={(event) => setTicked(new Set(event.currentTarget.checked ? takeable : []))}
                  aria-label={t('takeAll')}
                />
              </th>
              <th scope="col">{t('column.model')}</th>
              <th scope="col">{t('column.change')}</th>
              <th scope="col">{t('column.details')}</th>
              <th scope="col">{t('column.keys')}</th>
            </tr>
          </thead>
          <tbody>
            {preview.models.map((row) => (
              <Row key={row.name} row={row} ticked={ticked.has(row.name)} onTick={(on) => tick(row.name, on)} />
            ))}
          </tbody>
        </table>
      </div>
      <Notices preview={preview} />
    </>
  )
}
