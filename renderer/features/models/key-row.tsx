import { IconGripVertical } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyChange, KeyView } from '../../../shared/key.ts'
import type { ModelView } from '../../../shared/model.ts'
import { formSentences } from '../../app/failure-message.ts'
import { formatInteger } from '../../ui/format.ts'
import { KeyStateBadge } from '../../ui/key-state-badge.tsx'
import { InlineEdit } from './inline-edit.tsx'
import { editKey } from './key-actions.ts'
import { KeyMarks } from './key-marks.tsx'
import { masked } from './masked.ts'
import { BeneathRequests, BeneathSuccess, Expiry, LastUsed, MedianTime, Problem, SuccessShare } from './key-cells.tsx'
import type { useKeyOrder } from './use-key-order.ts'
import { testKeys, useKeyTests } from './key-tests.ts'
import classes from './keys-table.module.css'
import { hostOf } from './providers.ts'
import { RowMenu } from './row-menu.tsx'
import { TickBox } from '../../ui/tick-box.tsx'

interface KeyRowProps {
  model: ModelView
  keyView: KeyView
  nowMs: number
  selected: boolean
  /** Every chosen key: what a click on this row changes depends on it. */
  selection: ReadonlySet<KeyView['id']>
  onSelect: (selected: boolean) => void
  order: ReturnType<typeof useKeyOrder>
  onReplace: () => void
  onEdit: () => void
  /** Its place in the whole table, from 1, where not every row is drawn. */
  place: number
}

export const handleId = (keyId: string): string => `order-${keyId}`

/** Saves one field in place and answers what is wrong with it, in words. */
function useSave(model: ModelView, keyView: KeyView) {
  const { t: failureText } = useTranslation('failures')
  const save = async (change: KeyChange, field: string) => {
    try {
      await editKey(model, keyView, change)
      return null
    } catch (error) {
      const wrong = formSentences(error, failureText)
      return wrong[field] ?? wrong['form'] ?? failureText('field.other')
    }
  }
  return {
    label: (label: string) => save({ label }, 'label'),
    weight: async (text: string) =>
      /^\d{1,4}$/.test(text) ? save({ weight: Number(text) }, 'weight') : failureText('field.weight_range'),
  }
}

function TestCell({
  model,
  keyView,
  onReplace,
  onEdit,
}: Pick<KeyRowProps, 'model' | 'keyView' | 'onReplace' | 'onEdit'>) {
  const { t } = useTranslation('models')
  const running = useKeyTests((store) => store.running.has(keyView.id))
  const busy = useKeyTests((store) => store.progress !== null)
  return (
    <div className={classes['actions']}>
      <button
        type="button"
        className={classes['rowButton']}
        disabled={busy}
        aria-busy={running}
        aria-label={t('testLabel', { label: keyView.label })}
        onClick={() => void testKeys(model.id, [keyView.id])}
      >
        {t('test')}
      </button>
      <RowMenu model={model} keyView={keyView} onReplace={onReplace} onEdit={onEdit} />
    </div>
  )
}

/** Scrolling draws new rows and leaves those alone that are there: a row is its key, its model and what is chosen. */
function isSameRow(before: KeyRowProps, after: KeyRowProps): boolean {
  const same = ['model', 'keyView', 'nowMs', 'selection', 'place'] as const
  return (
    same.every((name) => before[name] === after[name]) &&
    before.order.dragged === after.order.dragged &&
    before.order.place === after.order.place
  )
}

export const KeyRow = memo(Row, isSameRow)

function Row(props: KeyRowProps) {
  const { model, keyView, nowMs, selected, onSelect, order, onReplace, onEdit, place } = props
  const { t, i18n } = useTranslation('models')
  const save = useSave(model, keyView)
  const tested = useKeyTests((store) => store.results.get(keyView.id))
  const testing = useKeyTests((store) => store.running.has(keyView.id))
  // When no key is ready the engine still names the one that is back first; it is not about to be used.
  const isNext = model.nextKeyId === keyView.id && keyView.state.kind === 'ready'
  return (
    <tr
      className={classes['row']}
      aria-rowindex={place + 1}
      data-selected={selected || undefined}
      data-dragged={order.dragged === keyView.id || undefined}
      data-over={order.place?.id === keyView.id ? order.place.side : undefined}
      {...order.row(keyView.id)}
    >
      <td>
        <TickBox checked={selected} onTick={onSelect} aria-label={t('selectLabel', { label: keyView.label })} />
      </td>
      <td>
        <button
          type="button"
          id={handleId(keyView.id)}
          className={classes['handle']}
          aria-label={t('moveLabel', { label: keyView.label })}
          title={t('moveHint')}
          {...order.handle(keyView.id)}
        >
          <IconGripVertical size={14} aria-hidden="true" />
        </button>
      </td>
      <th scope="row">
        <InlineEdit label={t('label')} kind="text" strong value={keyView.label} save={save.label} />
        <KeyMarks model={model} keyView={keyView} nowMs={nowMs} />
      </th>
      <td>
        <span className="kw-mono">{masked(keyView.lastFour)}</span>
        {keyView.replaced !== null && (
          <span className={classes['replaced']} title={t('replacedHint', { old: masked(keyView.replaced.lastFour) })}>
            {t('replacedMark')}
          </span>
        )}
      </td>
      <td>
        <span className={classes['stateCell']}>
          <KeyStateBadge state={keyView.state} nowMs={nowMs} />
          {isNext && (
            <span className={classes['nextMark']} title={t('nextHint')}>
              {t('next')}
            </span>
          )}
        </span>
        <Problem keyView={keyView} host={hostOf(model.apiBase)} tested={tested} testing={testing} onDetails={onEdit} />
      </td>
      <td className={classes['number']}>
        <InlineEdit label={t('weight')} kind="number" value={String(keyView.weight)} save={save.weight} />
      </td>
      <td className={classes['number']}>{formatInteger(keyView.inFlight, i18n.language)}</td>
      <td className={classes['number']}>
        {formatInteger(keyView.requests, i18n.language)}
        <BeneathRequests keyView={keyView} />
      </td>
      <td className={classes['number']}>
        <SuccessShare keyView={keyView} />
        <BeneathSuccess keyView={keyView} />
      </td>
      <td className={classes['number']}>
        <MedianTime ms={keyView.p50Ms} />
      </td>
      <td>
        <LastUsed atMs={keyView.lastUsedAtMs} nowMs={nowMs} />
      </td>
      <td>
        <Expiry keyView={keyView} nowMs={nowMs} />
      </td>
      <td>
        <TestCell model={model} keyView={keyView} onReplace={onReplace} onEdit={onEdit} />
      </td>
    </tr>
  )
}
