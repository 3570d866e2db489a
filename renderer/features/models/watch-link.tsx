import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useModels } from '../../app/models-store.ts'
import { hrefOf } from '../../app/router.ts'
import { useNow } from '../../ui/use-now.ts'
import { watchKeys } from './key-watch.ts'
import classes from './model-list.module.css'

const hourMs = 3_600_000

/** Only there when something is worth a look; the count is of findings, not of keys. */
export function WatchLink() {
  const { t } = useTranslation('models')
  const models = useModels((store) => store.models)
  // By the hour: days are what it counts in.
  const hour = Math.floor(useNow() / hourMs)
  const count = useMemo(() => watchKeys(models, hour * hourMs).length, [models, hour])
  if (count === 0) return null
  return (
    <a className={classes['footLink']} href={hrefOf('models', 'watch')}>
      {t('watch.link')} <span className={classes['count']}>{count}</span>
    </a>
  )
}
