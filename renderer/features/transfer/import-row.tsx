import { Checkbox, NativeSelect } from '@mantine/core'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportField, ImportModelRow } from '../../../shared/transfer.ts'
import { canTake, effectOf, rowModes, toggled, type RowChoice } from './import-choice.ts'
import { KeyChips } from './import-keys.tsx'
import { useImport } from './import-store.ts'
import { ignoredText } from './import-texts.ts'
import classes from './import.module.css'
import { visibleText } from '../../ui/visible-text.ts'
import { WordPill } from '../../ui/word-pill.tsx'

const changeTone = { added: 'good', changed: 'new', ignored: 'odd', unchanged: 'plain' } as const

interface PartProps {
  row: ImportModelRow
  place: number
  choice: RowChoice
}

function FieldLine({ field: { field, before, after }, row, place, choice }: PartProps & { field: ImportField }) {
  const { t } = useTranslation('import')
  const name = t(`field.${field}`)
  const change = field === 'extra' ? (after ?? '') : t('fieldChange', { before: before ?? t('unset'), after })
  return (
    <li>
      <Checkbox
        size="xs"
        classNames={{ label: classes['fieldLabel'] ?? '' }}
        checked={choice.mode === 'replace' || (choice.mode === 'merge' && !choice.withoutFields.includes(field))}
        disabled={choice.mode !== 'merge'}
        onChange={() => useImport.getState().choose(place, { withoutFields: toggled(choice.withoutFields, field) })}
        label={
          <>
            <span className={classes['dim']}>{name}</span> {change}
          </>
        }
        aria-label={t('takeField', { field: name, model: row.name })}
      />
    </li>
  )
}

function Details(props: PartProps) {
  const { row } = props
  const { t } = useTranslation('import')
  const { t: failureText } = useTranslation('failures')
  if (row.reason !== null) return <span className={classes['warn']}>{ignoredText(row.reason, t, failureText)}</span>
  if (row.fields.length === 0) return <span className={classes['dim']}>{row.apiBase}</span>
  return (
    <ul className={classes['lines']}>
      {row.fields.map((field) => (
        <FieldLine key={field.field} field={field} {...props} />
      ))}
    </ul>
  )
}

/** Only a model that is here already can be in conflict with the file. */
const hasConflict = (row: ImportModelRow) =>
  row.change === 'changed' || (row.change === 'unchanged' && row.onlyHere.length > 0)

function Conflict({ row, place, choice }: PartProps) {
  const { t } = useTranslation('import')
  if (!hasConflict(row)) return null
  const modes = row.change === 'changed' ? rowModes : rowModes.filter((mode) => mode !== 'merge')
  const { fields, added, removed, takes } = effectOf(row, choice)
  const effect = [
    added > 0 && t('newKeys', { count: added }),
    fields > 0 && t('changedSettings', { count: fields }),
    removed > 0 && t('keysToBin', { count: removed }),
  ].filter((part) => part !== false)
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label={t('conflict', { model: row.name })}
        value={choice.mode}
        data={modes.map((mode) => ({ value: mode, label: t(`mode.${mode}`) }))}
        onChange={(event) => {
          const mode = rowModes.find((one) => one === event.currentTarget.value)
          if (mode !== undefined) useImport.getState().choose(place, { mode })
        }}
      />
      <span className={classes['effect']}>{takes ? effect.join(' · ') : t('nothingChanges')}</span>
    </>
  )
}

interface ImportRowProps {
  row: ImportModelRow
  place: number
  /** Tells the table how high the row is. */
  measure?: (element: Element | null) => void
}

const kept: RowChoice = { mode: 'keep', withoutFields: [], withoutKeys: [] }

export const ImportRow = memo(function ImportRow({ row, place, measure }: ImportRowProps) {
  const { t } = useTranslation('import')
  const choice = useImport((store) => store.choices[place]) ?? kept
  const choose = useImport((store) => store.choose)
  const part = { row, place, choice }
  // What the file says in other words only, or not at all, can be replaced and not merged.
  const taking = row.change === 'unchanged' ? 'replace' : 'merge'
  return (
    <tr ref={measure} data-index={place} aria-rowindex={place + 2} data-off={choice.mode === 'keep' || undefined}>
      <td>
        <Checkbox
          size="xs"
          checked={choice.mode !== 'keep'}
          disabled={!canTake(row) || (row.change === 'unchanged' && !hasConflict(row))}
          onChange={(event) => choose(place, { mode: event.currentTarget.checked ? taking : 'keep' })}
          aria-label={t('take', { model: row.name })}
        />
      </td>
      <th scope="row">
        {row.name === '' ? <span className={classes['dim']}>{t('noName')}</span> : visibleText(row.name)}
      </th>
      <td>
        <div className={classes['conflict']}>
          <WordPill tone={changeTone[row.change]}>{t(`change.${row.change}`)}</WordPill>
          <Conflict {...part} />
        </div>
      </td>
      <td>
        <Details {...part} />
      </td>
      <td>
        {canTake(row) && (
          <KeyChips
            keys={row.keys}
            onlyHere={row.onlyHere}
            willRemove={choice.mode === 'replace'}
            canChoose={choice.mode !== 'keep'}
            without={choice.withoutKeys}
            onToggle={(key) => choose(place, { withoutKeys: toggled(choice.withoutKeys, key) })}
          />
        )}
      </td>
    </tr>
  )
})
