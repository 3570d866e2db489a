import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyId } from '../../../shared/identity.ts'
import type { ModelView, Strategy } from '../../../shared/model.ts'
import { client } from '../../app/client.ts'
import forms from './model-forms.module.css'
import classes from './models.module.css'

const shownPicks = 10

/** What the answer depends on; main is asked anew when one of it changes. */
const stampOf = ({ id, nextKeyId, keys }: ModelView, strategy: Strategy) =>
  JSON.stringify([id, strategy, nextKeyId, keys.map((key) => [key.id, key.weight, key.state.kind])])

/** Whose turn the next ten requests would be, as the engine itself says. */
export function StrategyPreview({ model, strategy }: { model: ModelView; strategy: Strategy }) {
  const { t } = useTranslation('models')
  const [answered, setAnswered] = useState<{ question: string; picks: readonly KeyId[] } | null>(null)
  const { id } = model
  // A new question whenever the answer may be another one.
  const question = stampOf(model, strategy)
  useEffect(() => {
    let isCurrent = true
    client.models
      .nextPicks({ id, strategy, count: shownPicks })
      .then((picks) => {
        if (isCurrent) setAnswered({ question, picks })
        return undefined
      })
      // A preview that cannot be had is not shown.
      .catch(() => isCurrent && setAnswered(null))
    return () => {
      isCurrent = false
    }
  }, [id, strategy, question])
  const picks = answered?.picks
  if (picks === undefined || model.keys.length === 0) return null
  const labels = new Map(model.keys.map((key) => [key.id, key.label]))
  return (
    <div className={forms['picks']}>
      <span className={classes['dim']}>{t('picks.title')}</span>
      {picks.length === 0 ? (
        <span className={classes['dim']}>{t('picks.none')}</span>
      ) : (
        <ol aria-label={t('picks.title')}>
          {picks.map((pick, place) => (
            // The same key may come again: its place is what tells two apart.
            // eslint-disable-next-line react/no-array-index-key
            <li key={place}>{labels.get(pick) ?? ''}</li>
          ))}
        </ol>
      )}
    </div>
  )
}
