import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BinModel } from '../../../shared/bin.ts'
import { attempt } from '../../app/toast.tsx'
import { formatMoment } from '../../ui/format.ts'
import { restoreKeys, restoreModel } from './bin.ts'
import { deletedAt, type BinKey } from './bin-contents.ts'
import classes from './bin-dialog.module.css'
import { masked } from './masked.ts'

const keysAtOnce = 20
const keysPerStep = 100

interface ActionsProps {
  restoreLabel: string
  purgeLabel: string
  onRestore: () => Promise<void>
  onPurge: () => void
  /** What they do to several at once, where that is not plain. */
  restore?: string
  purge?: string
}

function Actions({ restoreLabel, purgeLabel, onRestore, onPurge, restore, purge }: ActionsProps) {
  const { t } = useTranslation('models')
  return (
    <span className={classes['actions']}>
      <Button size="compact-sm" variant="default" aria-label={restoreLabel} onClick={() => attempt(onRestore)}>
        {restore ?? t('bin.restore')}
      </Button>
      <Button size="compact-sm" variant="subtle" color="red" aria-label={purgeLabel} onClick={onPurge}>
        {purge ?? t('bin.purge')}
      </Button>
    </span>
  )
}

interface KeyProps {
  model: BinModel
  binKey: BinKey
  onPurge: () => void
}

/** One key of a model in use: it comes back, or goes, by itself. */
function Key({ model, binKey, onPurge }: KeyProps) {
  const { t, i18n } = useTranslation('models')
  const { label, lastFour, deletedAtMs } = binKey
  const values = { label, name: model.name }
  return (
    <li className={classes['key']}>
      <div className={classes['words']}>
        <span className={classes['label']}>{label}</span> <span className="kw-mono">{masked(lastFour)}</span>
        <p className={classes['when']}>{t('bin.deletedAt', { when: formatMoment(deletedAtMs ?? 0, i18n.language) })}</p>
      </div>
      <Actions
        restoreLabel={t('bin.restoreKeyLabel', values)}
        purgeLabel={t('bin.purgeKeyLabel', values)}
        onRestore={() => restoreKeys(model, [binKey])}
        onPurge={onPurge}
      />
    </li>
  )
}

interface KeysProps {
  model: BinModel
  onPurge: (key: BinKey) => void
}

function Keys({ model, onPurge }: KeysProps) {
  const { t } = useTranslation('models')
  const [shown, setShown] = useState(keysAtOnce)
  const more = model.keys.length - shown
  return (
    <>
      <ul className={classes['keyList']} aria-label={t('bin.keysOf', { name: model.name })}>
        {model.keys.slice(0, shown).map((key) => (
          <Key key={key.id} model={model} binKey={key} onPurge={() => onPurge(key)} />
        ))}
      </ul>
      {more > 0 && (
        <Button size="compact-sm" variant="subtle" onClick={() => setShown(shown + keysPerStep)}>
          {t('bin.moreKeys', { count: Math.min(more, keysPerStep) })}
        </Button>
      )}
    </>
  )
}

/** A model that was deleted comes back, or goes, with all of its keys. */
function WholeModel({ model, onPurge }: { model: BinModel; onPurge: () => void }) {
  const { t, i18n } = useTranslation('models')
  const { name, keys } = model
  const shown = keys.slice(0, keysAtOnce).map(({ label, lastFour }) => `${label} ${masked(lastFour)}`)
  const names = (keys.length > keysAtOnce ? [...shown, '…'] : shown).join(' · ')
  return (
    <li className={classes['entry']}>
      <div className={classes['head']}>
        <div className={classes['words']}>
          <p className={classes['name']}>{t('bin.model', { name })}</p>
          <p className={classes['keys']}>{keys.length === 0 ? t('noKeys') : names}</p>
          <p className={classes['when']}>
            {t('bin.deletedAt', { when: formatMoment(deletedAt(model), i18n.language) })}
          </p>
        </div>
        <Actions
          restoreLabel={t('bin.restoreLabel', { name })}
          purgeLabel={t('bin.purgeLabel', { name })}
          onRestore={() => restoreModel(model)}
          onPurge={onPurge}
        />
      </div>
    </li>
  )
}

interface EntryProps {
  model: BinModel
  onPurge: () => void
  onPurgeKey: (key: BinKey) => void
}

/** What there is in the bin of one model. */
export function BinEntry({ model, onPurge, onPurgeKey }: EntryProps) {
  const { t } = useTranslation('models')
  const { name, keys } = model
  if (model.deletedAtMs !== null) return <WholeModel model={model} onPurge={onPurge} />
  const restore = t('bin.restoreAll', { count: keys.length })
  const purge = t('bin.purgeKeys', { count: keys.length })
  return (
    <li className={classes['entry']}>
      <div className={classes['head']}>
        <p className={classes['name']}>{t('bin.keysOf', { name })}</p>
        {keys.length > 1 && (
          <Actions
            restoreLabel={t('bin.allOf', { action: restore, name })}
            purgeLabel={t('bin.allOf', { action: purge, name })}
            restore={restore}
            purge={purge}
            onRestore={() => restoreKeys(model, keys)}
            onPurge={onPurge}
          />
        )}
      </div>
      <Keys model={model} onPurge={onPurgeKey} />
    </li>
  )
}
