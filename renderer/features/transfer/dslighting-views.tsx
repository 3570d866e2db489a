import { useTranslation } from 'react-i18next'
import type { DslightingCheckView, KeyUse, LoaderView } from '../../../shared/dslighting.ts'
import { Chips } from '../../ui/chips.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { WordPill } from '../../ui/word-pill.tsx'
import classes from './dslighting.module.css'

type Model = DslightingCheckView['models'][number]

/** The order of the rows; that each is there, the type says. */
const loaders = ['library', 'command-line', 'web-interface'] as const satisfies (keyof Model['views'])[]

const shownKeys = 8

function outcomeOf({ outcome, entryUsed, upstreamModel }: LoaderView) {
  if (outcome !== 'runs') return outcome
  if (upstreamModel === null) return 'refused'
  return entryUsed ? outcome : 'globals'
}

const outcomeTone = {
  runs: 'good',
  refused: 'bad',
  fails: 'bad',
  globals: 'odd',
  'not-reached': 'plain',
} as const satisfies Record<ReturnType<typeof outcomeOf>, string>

function KeyChips({ keys }: { keys: KeyUse }) {
  const { t } = useTranslation('dslighting')
  const name = (place: number) => {
    const lastFour = keys.lastFours[place] ?? ''
    if (keys.from === 'global') return t(lastFour === '' ? 'keys.global' : 'keys.globalMasked', { lastFour })
    return t(lastFour === '' ? 'keys.one' : 'keys.masked', { position: place + 1, lastFour })
  }
  const more = keys.lastFours.length - shownKeys
  return (
    <>
      <Chips names={keys.lastFours.slice(0, shownKeys).map((_lastFour, place) => name(place))}>
        {more > 0 && <span className={classes['dim']}>{t('keys.more', { count: more })}</span>}
      </Chips>
      <span className={classes['dim']}>{t(keys.rotates ? 'keys.rotates' : 'keys.single')}</span>
    </>
  )
}

function Keys({ keys }: { keys: KeyUse }) {
  const { t } = useTranslation('dslighting')
  return (
    <span className={classes['keys']}>
      {keys.sent === 'key' ? (
        <KeyChips keys={keys} />
      ) : (
        <span className={classes['bad']}>{t(`keys.${keys.sent}`)}</span>
      )}
    </span>
  )
}

function Row({ loader, view }: { loader: (typeof loaders)[number]; view: LoaderView }) {
  const { t, i18n } = useTranslation('dslighting')
  const isReached = view.outcome !== 'not-reached'
  const none = <span className={classes['dim']}>{t('none')}</span>
  const { apiBase, temperature } = view
  return (
    <tr>
      <th scope="row">{t(`loader.${loader}`)}</th>
      <td>
        <WordPill tone={outcomeTone[outcomeOf(view)]}>{t(`outcome.${outcomeOf(view)}`)}</WordPill>
      </td>
      <td>{isReached ? <Keys keys={view.keys} /> : none}</td>
      <td className={classes['code']}>
        {!isReached ? none : (view.upstreamModel ?? <span className={classes['bad']}>{t('noModelId')}</span>)}
      </td>
      <td className={classes['code']}>
        {isReached ? (apiBase === null ? t('providerDefault') : apiBase === '' ? t('emptyBase') : apiBase) : none}
      </td>
      <td>{isReached && temperature !== null ? new Intl.NumberFormat(i18n.language).format(temperature) : none}</td>
    </tr>
  )
}

/** One model in each of DSLighting's loaders. */
export function LoaderTable({ model }: { model: Model }) {
  const { t } = useTranslation('dslighting')
  return (
    <PlainTable label={t('viewsOf', { model: model.name })}>
      <thead>
        <tr>
          {(['loader', 'outcome', 'keys', 'model', 'base', 'temperature'] as const).map((column) => (
            <th key={column} scope="col">
              {t(`column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {loaders.map((loader) => (
          <Row key={loader} loader={loader} view={model.views[loader]} />
        ))}
      </tbody>
    </PlainTable>
  )
}
