import { Checkbox } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportModelRow } from '../../../shared/transfer.ts'
import { firstChoices } from './import-choice.ts'
import { ImportRow } from './import-row.tsx'
import { useImport } from './import-store.ts'
import classes from './import.module.css'

/** Up to here every row is on the page; beyond it only those in sight, in a box that scrolls. */
const rowsInFull = 40
const usualRowPx = 92

function Heading({ rows }: { rows: readonly ImportModelRow[] }) {
  const { t } = useTranslation('import')
  const choices = useImport((store) => store.choices)
  const offered = firstChoices(rows).filter(({ mode }) => mode !== 'keep').length
  const taken = choices.filter(({ mode }) => mode !== 'keep').length
  return (
    <thead>
      <tr>
        <th scope="col">
          <Checkbox
            size="xs"
            disabled={offered === 0}
            checked={taken >= offered && offered > 0}
            indeterminate={taken > 0 && taken < offered}
            onChange={(event) => useImport.getState().chooseAll(event.currentTarget.checked ? 'merge' : 'keep')}
            aria-label={t('takeAll')}
          />
        </th>
        <th scope="col">{t('column.model')}</th>
        <th scope="col">{t('column.change')}</th>
        <th scope="col">{t('column.details')}</th>
        <th scope="col">{t('column.keys')}</th>
      </tr>
    </thead>
  )
}

/** Keeps the place of rows that are out of sight. */
const Gap = ({ px }: { px: number }) => (px > 0 ? <tr aria-hidden="true" style={{ height: px }} /> : null)

interface TableProps {
  rows: readonly ImportModelRow[]
  children: ReactNode
}

function Table({ rows, children }: TableProps) {
  const { t } = useTranslation('import')
  return (
    <table className={classes['table']} aria-label={t('tableLabel')} aria-rowcount={rows.length + 1}>
      <Heading rows={rows} />
      <tbody>{children}</tbody>
    </table>
  )
}

function LongTable({ rows }: Pick<TableProps, 'rows'>) {
  const box = useRef<HTMLDivElement>(null)
  // No compiler memoizes here, so that its functions may be new at every turn.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => usualRowPx,
    overscan: 6,
  })
  const items = virtual.getVirtualItems()
  return (
    <div ref={box} className={classes['scroll']} data-long="">
      <Table rows={rows}>
        <Gap px={items[0]?.start ?? 0} />
        {items.map(({ index }) => {
          const row = rows[index]
          return row && <ImportRow key={index} row={row} place={index} measure={virtual.measureElement} />
        })}
        <Gap px={virtual.getTotalSize() - (items.at(-1)?.end ?? 0)} />
      </Table>
    </div>
  )
}

export function ImportTable({ rows }: Pick<TableProps, 'rows'>) {
  if (rows.length > rowsInFull) return <LongTable rows={rows} />
  return (
    <div className={classes['scroll']}>
      <Table rows={rows}>
        {rows.map((row, place) => (
          // A row is what its place in the file is; the list is never reordered.
          <ImportRow key={place} row={row} place={place} />
        ))}
      </Table>
    </div>
  )
}
