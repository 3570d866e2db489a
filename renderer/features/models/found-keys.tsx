import { useTranslation } from 'react-i18next'
import { isForeign, presetOf } from '../../../shared/provider-presets.ts'
import { oneLine } from '../../app/failure-message.ts'
import { hrefOf } from '../../app/router.ts'
import { masked } from './masked.ts'
import { isHeld, type KnownSecrets } from './known-secrets.ts'
import classes from './model-forms.module.css'
import type { PastedKey, PastedKeys } from './pasted-keys.ts'
import { formatList } from '../../ui/format.ts'
import { spaced } from '../../ui/spaced.ts'

const shownKeys = 8
const shownPlaces = 6

/** Each hint with the lines that it is about. */
function useHints(keys: readonly PastedKey[], known: KnownSecrets, apiBase: string) {
  const { t, i18n } = useTranslation('models')
  const { language } = i18n
  const here = keys.filter(({ secret }) => isHeld(known, secret))
  const elsewhere = keys.filter(({ secret }) => (known.get(secret)?.alsoIn.length ?? 0) > 0)
  const models = new Set(elsewhere.flatMap(({ secret }) => known.get(secret)?.alsoIn ?? []))
  const foreign = keys.filter(({ provider }) => isForeign(provider, apiBase))
  const providers = new Set(foreign.flatMap(({ provider }) => presetOf(provider)?.name ?? []))
  const mended = keys.filter(({ warnings }) =>
    warnings.some((one) => one === 'key-bearer-removed' || one === 'key-unquoted' || one === 'key-trimmed'),
  )
  const odd = keys.filter(({ warnings }) =>
    warnings.some((one) => one === 'key-is-jwt' || one === 'key-is-github-token' || one === 'key-short'),
  )
  const linesOf = (ones: readonly PastedKey[]) => placesText(ones, language)
  const some = (ones: readonly PastedKey[], text: string) => (ones.length === 0 ? [] : [text])
  return [
    ...some(here, t('found.here', { count: here.length, lines: linesOf(here) })),
    ...some(
      elsewhere,
      t('found.elsewhere', { count: elsewhere.length, models: formatList([...models].slice(0, 4), language) }),
    ),
    ...some(
      foreign,
      t('found.foreign', {
        count: foreign.length,
        providers: formatList(providers, language),
        lines: linesOf(foreign),
      }),
    ),
    ...some(mended, t('found.mended', { count: mended.length })),
    ...some(odd, t('found.odd', { count: odd.length, lines: linesOf(odd) })),
  ]
}

function placesText(pieces: readonly { line: number }[], language: string): string {
  const lines = [...new Set(pieces.map(({ line }) => line))]
  const shown = lines.slice(0, shownPlaces).map(String)
  return formatList(lines.length > shownPlaces ? [...shown, '…'] : shown, language)
}

function Unusable({ pieces }: { pieces: PastedKeys['unusable'] }) {
  const { t, i18n } = useTranslation('models')
  const { t: failureText } = useTranslation('failures')
  const whereOf = (ones: PastedKeys['unusable']) =>
    ones.length === 1
      ? t('found.at', { line: ones[0]?.line, column: ones[0]?.column })
      : t('found.lines', { lines: placesText(ones, i18n.language) })
  const reasons = new Map<PastedKeys['unusable'][number]['reason'], PastedKeys['unusable']>()
  for (const piece of pieces) reasons.set(piece.reason, [...(reasons.get(piece.reason) ?? []), piece])
  return [...reasons].map(([reason, ones]) => (
    <li key={reason} data-tone="danger">
      {oneLine({ cause: t(`unusable.${reason}`), next: whereOf(ones) }, failureText)}
    </li>
  ))
}

interface FoundKeysProps {
  found: PastedKeys
  known: KnownSecrets
  apiBase: string
}

/** What was found in a pasted text, before anything of it is added. */
export function FoundKeys({ found, known, apiBase }: FoundKeysProps) {
  const { t } = useTranslation('models')
  const { keys, repeated, unusable, looksLikeFile } = found
  const hints = useHints(keys, known, apiBase)
  if (keys.length === 0 && unusable.length === 0) return null
  const placeholders = keys.filter((key) => key.placeholder).length
  const tails = keys.slice(0, shownKeys).map((key) => masked(key.lastFour))
  return (
    <ul className={classes['found']} aria-live="polite" aria-label={t('found.label')}>
      <li>
        {spaced(t('found.keys', { count: keys.length }))}
        <span className="kw-mono">{keys.length > shownKeys ? `${tails.join(' ')} …` : tails.join(' ')}</span>
      </li>
      {looksLikeFile && (
        <li data-tone="warn">
          {spaced(t('found.file'))}
          <a href={hrefOf('transfer')}>{t('found.toImport')}</a>
        </li>
      )}
      {repeated > 0 && <li>{t('found.repeated', { count: repeated })}</li>}
      {placeholders > 0 && <li data-tone="warn">{t('found.placeholder', { count: placeholders })}</li>}
      {hints.map((hint) => (
        <li key={hint} data-tone="warn">
          {hint}
        </li>
      ))}
      <Unusable pieces={unusable} />
    </ul>
  )
}
