import { Button, TextInput } from '@mantine/core'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../shared/model.ts'
import { modelRates } from '../../app/model-rates.ts'
import { hrefOf } from '../../app/router.ts'
import { isTyping } from '../../app/shortcut-keys.ts'
import { binCount } from './bin-contents.ts'
import { binAddress, useBin } from './bin.ts'
import classes from './model-list.module.css'
import { placeOf } from './providers.ts'
import { ProviderMark } from './provider-mark.tsx'
import { matchesFilter } from './model-search.ts'
import { useRowHeights } from './row-heights.ts'
import { useShownRows } from './shown-rows.ts'
import { WatchLink } from './watch-link.tsx'
import { numberFormat } from '../../ui/intl.ts'
import { useNow } from '../../ui/use-now.ts'
import { visibleText } from '../../ui/visible-text.ts'

const slash = '/'

function readyLevel(ready: number, all: number): 'all' | 'some' | 'none' {
  if (ready === 0) return 'none'
  return ready < all ? 'some' : 'all'
}

/** A model that nobody asks has no rate. */
function Rate({ model }: { model: ModelView }) {
  const { t, i18n } = useTranslation('models')
  const rate = modelRates.rateOf(model.id, useNow())
  if (rate === 0) return null
  return (
    <span className={classes['rate']} title={t('rateHint')}>
      {t('rate', { rate: numberFormat(i18n.language, { maximumFractionDigits: 1 }).format(rate) })}
    </span>
  )
}

function ModelItem({ model, current }: { model: ModelView; current: boolean }) {
  const { t } = useTranslation('models')
  const ready = model.keys.filter((key) => key.state.kind === 'ready').length
  return (
    <li>
      <a className={classes['item']} href={hrefOf('models', model.id)} aria-current={current} title={model.name}>
        <ProviderMark apiBase={model.apiBase} />
        <span className={classes['itemText']}>
          <span className={classes['itemName']}>{visibleText(model.name)}</span>
          <span className={classes['itemLine']}>
            <span className={classes['itemPlace']}>
              {model.origin === 'simulator' ? t('simulator') : placeOf(model.apiBase)}
            </span>
            <Rate model={model} />
            <span className={classes['ready']} data-level={readyLevel(ready, model.keys.length)}>
              {model.keys.length === 0 ? t('noKeys') : t('ready', { ready, all: model.keys.length })}
            </span>
          </span>
        </span>
      </a>
    </li>
  )
}

function useSlashFocus() {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      event.preventDefault()
      field.current?.focus()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  return field
}

/** Quiet, and only there when something is in it. */
function BinLink() {
  const { t } = useTranslation('models')
  const count = useBin((store) => binCount(store.models))
  if (count === 0) return null
  return (
    <a className={classes['footLink']} href={hrefOf('models', binAddress)}>
      {t('bin.link', { count })}
    </a>
  )
}

interface ModelListProps {
  models: readonly ModelView[]
  currentId: string | undefined
  onAdd: () => void
}

export function ModelList({ models, currentId, onAdd }: ModelListProps) {
  const { t } = useTranslation('models')
  const [filter, setFilter] = useState('')
  const field = useSlashFocus()
  const matching = useMemo(() => models.filter((model) => matchesFilter(model, filter)), [models, filter])
  const [shown, setScroller] = useShownRows(matching.length, useRowHeights().modelItem)
  return (
    <div className={classes['master']}>
      <TextInput
        ref={field}
        type="search"
        value={filter}
        onChange={(event) => setFilter(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setFilter('')
        }}
        placeholder={t('filterShort')}
        aria-label={t('filter')}
        leftSection={<IconSearch size={15} aria-hidden="true" />}
        rightSection={<span className={classes['dim']}>{slash}</span>}
        rightSectionPointerEvents="none"
      />
      <ul className={classes['list']} aria-label={t('listLabel')} ref={setScroller}>
        {shown.abovePx > 0 && <li aria-hidden="true" className={classes['gap']} style={{ height: shown.abovePx }} />}
        {matching.slice(shown.from, shown.to).map((model) => (
          <ModelItem key={model.id} model={model} current={model.id === currentId} />
        ))}
        {shown.belowPx > 0 && <li aria-hidden="true" className={classes['gap']} style={{ height: shown.belowPx }} />}
        {matching.length === 0 && models.length > 0 && <li className={classes['dim']}>{t('noMatch')}</li>}
      </ul>
      <Button variant="default" leftSection={<IconPlus size={15} aria-hidden="true" />} onClick={onAdd}>
        {t('addModel')}
      </Button>
      <div className={classes['foot']}>
        <WatchLink />
        <BinLink />
      </div>
    </div>
  )
}
