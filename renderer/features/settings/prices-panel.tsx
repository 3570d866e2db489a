import { TextInput, VisuallyHidden } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelPrice } from '../../../shared/model.ts'
import { client } from '../../app/client.ts'
import { useModels } from '../../app/models-store.ts'
import { showReadFailure } from '../../app/toast.tsx'
import { useVault } from '../../app/vault-store.ts'
import { Panel } from '../../ui/panel.tsx'
import { PriceRow } from './price-row.tsx'
import classes from './settings.module.css'

/** More than these are found by their name. */
const shownModels = 50

/** What each model's tokens cost, where that is from, and the place to say otherwise. */
export function PricesPanel() {
  const { t } = useTranslation('settings')
  const models = useModels((store) => store.models)
  const isLocked = useVault((store) => store.status?.state === 'locked')
  const prices = usePrices(models)
  const [filter, setFilter] = useState('')
  const matching = models.filter(({ name }) => name.toLowerCase().includes(filter.trim().toLowerCase()))
  const more = matching.length - shownModels
  return (
    <Panel place="prices" title={t('prices.title')}>
      <div className={classes['stack']}>
        <p className={classes['text']}>{t('prices.text')}</p>
        {models.length === 0 ? (
          <p className={classes['text']}>{t(isLocked ? 'prices.locked' : 'prices.none')}</p>
        ) : (
          <div className={classes['scroll']}>
            {models.length > shownModels && (
              <TextInput
                className={classes['priceFilter'] ?? ''}
                type="search"
                aria-label={t('prices.filter')}
                placeholder={t('prices.filter')}
                value={filter}
                onChange={(event) => setFilter(event.currentTarget.value)}
              />
            )}
            <table className={classes['prices']}>
              <thead>
                <tr>
                  <th scope="col">{t('prices.model')}</th>
                  <th scope="col" data-number>
                    {t('prices.prompt')}
                  </th>
                  <th scope="col" data-number>
                    {t('prices.completion')}
                  </th>
                  <th scope="col">{t('prices.source')}</th>
                  <th scope="col">
                    <VisuallyHidden>{t('prices.change')}</VisuallyHidden>
                  </th>
                </tr>
              </thead>
              <tbody>
                {matching.slice(0, shownModels).map((model) => (
                  <PriceRow key={model.id} model={model} applying={prices.get(model.id)} />
                ))}
              </tbody>
            </table>
            {more > 0 && <p className={classes['text']}>{t('prices.more', { count: more })}</p>}
          </div>
        )}
      </div>
    </Panel>
  )
}

type Prices = ReadonlyMap<string, ModelPrice>
const none: Prices = new Map()

/** Asked for whenever what decides a price is another; not when a key's state is. */
function usePrices(models: ReturnType<typeof useModels.getState>['models']): Prices {
  const [known, setKnown] = useState({ mark: '', prices: none })
  const mark = JSON.stringify(
    models.map(({ id, apiBase, upstreamModel, price }) => [id, apiBase, upstreamModel, price]),
  )
  useEffect(() => {
    let isOver = false
    client.models
      .prices()
      .then((found) => isOver || setKnown({ mark, prices: new Map(found.map((price) => [price.modelId, price])) }))
      .catch(showReadFailure)
    return () => {
      isOver = true
    }
  }, [mark])
  return known.prices
}
