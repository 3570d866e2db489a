import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyId } from '../../../shared/identity.ts'
import type { KeyView } from '../../../shared/key.ts'
import type { ModelView } from '../../../shared/model.ts'
import { attempt, noteUndo, showUndo } from '../../app/toast.tsx'
import { TickBox } from '../../ui/tick-box.tsx'
import { useNow } from '../../ui/use-now.ts'
import { moveKey } from './key-actions.ts'
import { useKeyOrder } from './use-key-order.ts'
import { handleId, KeyRow } from './key-row.tsx'
import classes from './keys-table.module.css'
import { useRowHeights } from './row-heights.ts'
import { useShownRows } from './shown-rows.ts'

interface KeysTableProps {
  model: ModelView
  selected: ReadonlySet<KeyId>
  onSelect: (selected: ReadonlySet<KeyId>) => void
  onReplace: (key: KeyView) => void
  onEdit: (key: KeyView) => void
}

/** A row that is moved in the document loses the focus; whoever has gone elsewhere meanwhile has it there. */
function keepOn(handle: HTMLElement | null): void {
  const { activeElement } = document
  const isElsewhere = activeElement !== null && activeElement !== document.body
  if (!isElsewhere || handle?.closest('tr')?.contains(activeElement) === true) handle?.focus()
}

/** Moves a key, keeps the focus on it and says where it went. */
function useMove(model: ModelView) {
  const [said, setSaid] = useState('')
  const moveWith = (tell: typeof noteUndo) => (id: KeyId, toIndex: number) =>
    attempt(async () => {
      setSaid(await moveKey(model, { id, toIndex }, tell))
      requestAnimationFrame(() => keepOn(document.getElementById(handleId(id))))
    })
  // What was dropped may have been let go by mistake; an arrow is taken back by the other arrow.
  return { said, move: moveWith(noteUndo), drop: moveWith(showUndo) }
}

function Heads({ all, some, onAll }: { all: boolean; some: boolean; onAll: (selected: boolean) => void }) {
  const { t } = useTranslation('models')
  const number = classes['number']
  return (
    <tr>
      <th scope="col">
        <TickBox checked={all} some={some && !all} onTick={onAll} aria-label={t('selectAll')} />
      </th>
      <th scope="col">
        <span className="kw-visually-hidden">{t('order')}</span>
      </th>
      <th scope="col">{t('label')}</th>
      <th scope="col">{t('key')}</th>
      <th scope="col">{t('stateAndError')}</th>
      <th scope="col" className={number}>
        {t('weight')}
      </th>
      <th scope="col" className={number}>
        {t('inFlight')}
      </th>
      <th scope="col" className={number}>
        {t('requests')}
      </th>
      <th scope="col" className={number}>
        {t('success')}
      </th>
      <th scope="col" className={number} title={t('medianHint')}>
        {t('median')}
      </th>
      <th scope="col">{t('lastUsed')}</th>
      <th scope="col">{t('expires')}</th>
      <th scope="col">
        <span className="kw-visually-hidden">{t('actions')}</span>
      </th>
    </tr>
  )
}

/** Stands for rows that are not drawn. */
function Gap({ heightPx }: { heightPx: number }) {
  if (heightPx === 0) return null
  return <tr aria-hidden="true" style={{ height: heightPx }} />
}

export function KeysTable({ model, selected, onSelect, onReplace, onEdit }: KeysTableProps) {
  const { t } = useTranslation('models')
  const nowMs = useNow()
  const { said, move, drop } = useMove(model)
  const order = useKeyOrder(
    model.keys.map((key) => key.id),
    { move, drop },
  )
  const [shown, setScroller] = useShownRows(model.keys.length, useRowHeights().keyRow)
  const toggle = (id: KeyId, on: boolean) => {
    const next = new Set(selected)
    if (on) next.add(id)
    else next.delete(id)
    onSelect(next)
  }
  return (
    <div className={classes['scroll']} data-long={shown.isLong || undefined} ref={setScroller}>
      <table
        className={classes['table']}
        aria-label={t('tableLabel', { model: model.name })}
        aria-rowcount={model.keys.length + 1}
      >
        <thead>
          <Heads
            all={selected.size === model.keys.length}
            some={selected.size > 0}
            onAll={(on) => onSelect(new Set(on ? model.keys.map((key) => key.id) : []))}
          />
        </thead>
        <tbody>
          <Gap heightPx={shown.abovePx} />
          {model.keys.slice(shown.from, shown.to).map((key, index) => (
            <KeyRow
              key={key.id}
              model={model}
              keyView={key}
              place={shown.from + index + 1}
              nowMs={nowMs}
              selected={selected.has(key.id)}
              selection={selected}
              onSelect={(on) => toggle(key.id, on)}
              order={order}
              onReplace={() => onReplace(key)}
              onEdit={() => onEdit(key)}
            />
          ))}
          <Gap heightPx={shown.belowPx} />
        </tbody>
      </table>
      <p className="kw-visually-hidden" aria-live="polite">
        {said}
      </p>
    </div>
  )
}
