import { Button, Progress } from '@mantine/core'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyId } from '../../../shared/identity.ts'
import type { KeyView } from '../../../shared/key.ts'
import type { ModelView } from '../../../shared/model.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useKeptFocus } from '../../ui/kept-focus.ts'
import { BulkMenu } from './bulk-menu.tsx'
import { AddKeys, EditKey, ReplaceKey } from './dialogs.ts'
import { removeKeys, setPaused } from './key-actions.ts'
import { cancelTests, testKeys, useKeyTests } from './key-tests.ts'
import { KeysTable } from './keys-table.tsx'
import table from './keys-table.module.css'
import { isAllReserve } from './weights.ts'
import classes from './models.module.css'
import { StrategyMenu } from './strategy-menu.tsx'
import { StrategyPreview } from './strategy-preview.tsx'
import { RejectedBanners } from './rejected-banners.tsx'
import { ReplacedNotices } from './replaced-notices.tsx'

interface ToolbarProps {
  model: ModelView
  selected: ReadonlySet<KeyId>
  onAdd: () => void
}

function TestButton({ model, selected }: Omit<ToolbarProps, 'onAdd'>) {
  const { t } = useTranslation('models')
  const progress = useKeyTests((store) => store.progress)
  if (progress !== null) {
    return (
      <Button variant="default" onClick={cancelTests}>
        {t('testCancel', { done: progress.done, of: progress.of })}
      </Button>
    )
  }
  const ids = selected.size > 0 ? [...selected] : model.keys.map((key) => key.id)
  return (
    <Button variant="default" onClick={() => void testKeys(model.id, ids)}>
      {t(selected.size > 0 ? 'testSelected' : 'testAll')}
    </Button>
  )
}

/** Along the edge of the toolbar, so that nothing moves when it comes and goes. */
function TestProgress() {
  const { t } = useTranslation('models')
  const progress = useKeyTests((store) => store.progress)
  if (progress === null) return null
  return (
    <Progress
      className={classes['progress'] ?? ''}
      size={3}
      value={(100 * progress.done) / progress.of}
      aria-label={t('trial.progress', progress)}
    />
  )
}

function Toolbar({ model, selected, onAdd }: ToolbarProps) {
  const { t } = useTranslation('models')
  const ids = [...selected]
  const none = ids.length === 0
  return (
    <div className={classes['toolbar']} role="toolbar" aria-label={t('toolbar')}>
      <Button leftSection={<IconPlus size={15} aria-hidden="true" />} onClick={onAdd}>
        {t('addKeys')}
      </Button>
      <TestButton model={model} selected={selected} />
      <Button variant="default" disabled={none} onClick={() => setPaused(model.id, ids, true)}>
        {t('pause')}
      </Button>
      <Button variant="default" disabled={none} onClick={() => setPaused(model.id, ids, false)}>
        {t('resume')}
      </Button>
      <Button variant="default" disabled={none} onClick={() => removeKeys(model.id, ids)}>
        {t('delete')}
      </Button>
      <BulkMenu model={model} ids={ids} />
      <span className={table['summary']}>
        <span aria-live="polite">{t('summary', { selected: ids.length, count: model.keys.length })}</span>
        <StrategyMenu model={model} />
      </span>
      <TestProgress />
    </div>
  )
}

/** The keys of one model, in the order of the rotation. */
export function KeysPanel({ model }: { model: ModelView }) {
  const { t } = useTranslation('models')
  const [chosen, setChosen] = useState<ReadonlySet<KeyId>>(new Set())
  const [adding, setAdding] = useState(false)
  const [replacing, setReplacing] = useState<KeyView | null>(null)
  const [editing, setEditing] = useState<KeyView | null>(null)
  // A key that is gone is no longer selected, whatever was clicked before.
  const selected = new Set(model.keys.map((key) => key.id).filter((id) => chosen.has(id)))
  const root = useKeptFocus<HTMLDivElement>(model.keys.length)
  return (
    <div ref={root}>
      {model.keys.length === 0 ? (
        <EmptyState icon={<IconKey size={24} />} title={t('empty.keysTitle')} text={t('empty.keysText')}>
          <Button onClick={() => setAdding(true)}>{t('addKeys')}</Button>
        </EmptyState>
      ) : (
        <>
          <Toolbar model={model} selected={selected} onAdd={() => setAdding(true)} />
          <KeysTable
            model={model}
            selected={selected}
            onSelect={setChosen}
            onReplace={setReplacing}
            onEdit={setEditing}
          />
          <div className={classes['underTable']}>
            <StrategyPreview model={model} strategy={model.strategy} />
            <p className={classes['dim']}>
              {isAllReserve(model) ? t('weightNote.allReserve') : t(`strategy.${model.strategy}.text`)}
            </p>
          </div>
          <RejectedBanners model={model} onReplace={setReplacing} />
        </>
      )}
      <Suspense>
        {adding && <AddKeys model={model} onClose={() => setAdding(false)} />}
        {editing !== null && <EditKey model={model} keyView={editing} onClose={() => setEditing(null)} />}
        {replacing !== null && <ReplaceKey model={model} keyView={replacing} onClose={() => setReplacing(null)} />}
      </Suspense>
      <ReplacedNotices model={model} />
    </div>
  )
}
