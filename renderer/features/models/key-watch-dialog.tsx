import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../shared/model.ts'
import { useModels } from '../../app/models-store.ts'
import { navigate } from '../../app/router.ts'
import { useNow } from '../../ui/use-now.ts'
import { addKeysTo, editKeyOf } from './addresses.ts'
import { removeKeys, setPaused } from './key-actions.ts'
import { testKeys } from './key-tests.ts'
import { advisedKeys, watchKeys, type WatchEntry, type WatchKind } from './key-watch.ts'
import classes from './key-watch.module.css'
import { Dialog } from '../../ui/dialog.tsx'
import { formatRow } from '../../ui/format.ts'

type Fix = 'test' | 'pause' | 'remove' | 'open' | 'add' | 'edit'

/** What can be done about it, the first being what most people will want. */
const fixesOf: Record<WatchKind, readonly Fix[]> = {
  rejected: ['test', 'open', 'remove'],
  expired: ['edit', 'remove'],
  expiring: ['edit'],
  placeholder: ['open', 'remove'],
  foreign: ['test', 'open', 'remove'],
  duplicate: ['open', 'remove'],
  'one-account': ['add', 'open'],
  'too-few': ['add'],
  stale: ['test', 'pause', 'remove'],
  unused: ['test', 'open'],
}

const shownLabels = 5

function FixButton({ fix, entry: { model, keys } }: { fix: Fix; entry: WatchEntry }) {
  const { t } = useTranslation('models')
  const ids = keys.map(({ id }) => id)
  const run: Record<Fix, () => void> = {
    test: () => {
      navigate('models', model.id)
      void testKeys(model.id, ids)
    },
    pause: () => setPaused(model.id, ids, true),
    remove: () => removeKeys(model.id, ids),
    open: () => navigate('models', model.id),
    // Of several the first: when its day is another one, the next is the first.
    edit: () => navigate('models', editKeyOf + ids[0]),
    add: () => navigate('models', addKeysTo + model.id),
  }
  return (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={t('watch.fixOf', { fix: t(`watch.fix.${fix}`), model: model.name })}
      onClick={run[fix]}
    >
      {t(`watch.fix.${fix}`)}
    </Button>
  )
}

function Entry({ entry }: { entry: WatchEntry }) {
  const { t, i18n } = useTranslation('models')
  const { kind, model, keys } = entry
  const labels = keys.slice(0, shownLabels).map(({ label }) => label)
  const names = formatRow(keys.length > shownLabels ? [...labels, '…'] : labels, i18n.language)
  return (
    <li className={classes['entry']}>
      <div className={classes['words']}>
        <p className={classes['what']}>{t(`watch.kind.${kind}`, { count: keys.length, model: model.name })}</p>
        <p className={classes['keys']}>{names}</p>
        <p className={classes['why']}>
          {t(`watch.why.${kind}`, {
            count: keys.length,
            advised: advisedKeys(model),
            models: formatRow(holdersOf(entry), i18n.language),
          })}
        </p>
      </div>
      <div className={classes['fixes']}>
        {fixesOf[kind].map((fix) => (
          <FixButton key={fix} fix={fix} entry={entry} />
        ))}
      </div>
    </li>
  )
}

const holdersOf = ({ keys }: WatchEntry) => [...new Set(keys.flatMap(({ alsoIn }) => alsoIn))].slice(0, 4)

function Contents({ models }: { models: readonly ModelView[] }) {
  const { t } = useTranslation('models')
  const entries = watchKeys(models, useNow())
  if (entries.length === 0) return <p className={classes['why']}>{t('watch.nothing')}</p>
  return (
    <ul className={classes['list']} aria-label={t('watch.title')}>
      {entries.map((entry) => (
        <Entry key={`${entry.kind} ${entry.model.id}`} entry={entry} />
      ))}
    </ul>
  )
}

/** Everything about the keys that is worth a look, each with what can be done. */
export function KeyWatch({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('models')
  const models = useModels((store) => store.models)
  return (
    <Dialog onClose={onClose} size="xl" title={t('watch.title')} closeLabel={t('bin.close')}>
      <Contents models={models} />
    </Dialog>
  )
}
