import { useTranslation } from 'react-i18next'
import type { KeyView } from '../../../shared/key.ts'
import type { ModelView } from '../../../shared/model.ts'
import { isForeign, presetOf } from '../../../shared/provider-presets.ts'
import { formatInteger } from '../../ui/format.ts'
import { useBalances } from './balance.ts'
import { limitNames } from './key-draft.ts'
import { isExpiring } from './key-watch.ts'
import classes from './keys-table.module.css'

interface KeyMarksProps {
  model: ModelView
  keyView: KeyView
  nowMs: number
}

/** What is noted of a key, as small as it can be; all of it is in its dialogue. */
export function KeyMarks({ model, keyView, nowMs }: KeyMarksProps) {
  const { t, i18n } = useTranslation('models')
  const { account, tags, limits, note, looks } = keyView
  const balance = useBalances((balances) => balances.get(keyView.id))
  const limitTexts = limitNames.flatMap((name) => {
    const limit = limits[name]
    return limit === null ? [] : [t(`mark.${name}`, { count: limit, limit: formatInteger(limit, i18n.language) })]
  })
  const marks = [
    ...(isExpiring(keyView, nowMs) ? [{ text: t('mark.expiring'), tone: 'warn' }] : []),
    ...(looks.placeholder ? [{ text: t('mark.placeholder'), tone: 'warn' }] : []),
    ...(isForeign(looks.provider, model.apiBase)
      ? [{ text: t('mark.foreign', { provider: presetOf(looks.provider)?.name ?? '' }), tone: 'warn' }]
      : []),
    ...(balance === undefined ? [] : [{ text: t('mark.balance', { amount: balance }), tone: 'plain' }]),
    ...(account === '' ? [] : [{ text: t('mark.account', { account }), tone: 'plain' }]),
    ...limitTexts.map((text) => ({ text, tone: 'plain' })),
    ...tags.map((tag) => ({ text: t('mark.tag', { tag }), tone: 'plain' })),
    ...(note === '' ? [] : [{ text: note, tone: 'note' }]),
  ]
  if (marks.length === 0) return null
  return (
    <span className={classes['marks']} title={marks.map(({ text }) => text).join(' · ')}>
      {marks.map(({ text, tone }) => (
        <span key={text} data-tone={tone}>
          {text}
        </span>
      ))}
    </span>
  )
}
