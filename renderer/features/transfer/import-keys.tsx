import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportKeyRow, ImportModelRow } from '../../../shared/transfer.ts'
import { keyReasonText, type ImportText } from './import-texts.ts'
import classes from './import.module.css'
import { formatList, formatRow, formatSentences } from '../../ui/format.ts'
import { Chip, Chips, TickChip } from '../../ui/chips.tsx'

/** A model usually has a handful; of hundreds the first few say enough, until a person asks for more. */
const shownAtFirst = 12
const shownMore = 200

interface KeyChipProps {
  row: ImportKeyRow
  number: number
  isNew: boolean
  taken: boolean
  canChoose: boolean
  onToggle: () => void
}

/** A key by what may be seen of it. A new one is ticked to be taken; another says why it is not. */
function KeyChip({ row, number, isNew, taken, canChoose, onToggle }: KeyChipProps) {
  const { t } = useTranslation('import')
  const shown = row.lastFour === '' ? null : t('masked', { lastFour: row.lastFour })
  const name = row.label ?? (shown === null ? t('keyNumber', { number }) : null)
  const text = name === null || shown === null ? (name ?? shown) : t('labelled', { label: name, shown })
  if (!isNew) {
    const change = row.change === 'ignored' ? 'ignored' : 'unchanged'
    return (
      <Chip tone={change === 'ignored' ? 'out' : 'quiet'} title={t(`keyChange.${change}`)}>
        {text}
      </Chip>
    )
  }
  return (
    <TickChip checked={taken} disabled={!canChoose} onChange={onToggle} label={t('takeKey', { key: text })}>
      {text}
    </TickChip>
  )
}

const linesText = (lines: readonly number[], t: ImportText, language: string): string =>
  lines.length === 0
    ? ''
    : t('onLines', { count: lines.length, lines: formatRow(lines.slice(0, 5).map(String), language) })

function Ignored({ keys }: { keys: readonly ImportKeyRow[] }) {
  const { t, i18n } = useTranslation('import')
  const reasons = new Map<string, ImportKeyRow[]>()
  for (const key of keys) reasons.set(key.reason ?? '', [...(reasons.get(key.reason ?? '') ?? []), key])
  return [...reasons].map(([reason, ones]) => {
    const lines = ones.flatMap(({ line }) => (line === null ? [] : [line]))
    return (
      <li key={reason} className={classes['warn']}>
        {formatSentences(
          [t('ignoredKeys', { count: ones.length }), keyReasonText(reason, t), linesText(lines, t, i18n.language)],
          i18n.language,
        )}
      </li>
    )
  })
}

interface KeyChipsProps {
  keys: readonly ImportKeyRow[]
  onlyHere: ImportModelRow['onlyHere']
  willRemove: boolean
  canChoose: boolean
  without: readonly number[]
  onToggle: (place: number) => void
  /** Where it is not main that says so. */
  isNew?: (key: ImportKeyRow) => boolean
}

const isAdded = (key: ImportKeyRow) => key.change === 'added'

export function KeyChips(props: KeyChipsProps) {
  const { keys, onlyHere, willRemove, canChoose, without, onToggle, isNew = isAdded } = props
  const { t, i18n } = useTranslation('import')
  const [shown, setShown] = useState(shownAtFirst)
  const usable = keys.filter((key) => key.change !== 'ignored')
  const added = usable.filter(isNew).length
  const placeholders = keys.filter((key) => key.placeholder).length
  const elsewhere = [...new Set(usable.flatMap((key) => key.alsoIn))]
  const more = keys.length - shown
  return (
    <ul className={classes['lines']}>
      {usable.length > 0 && <li>{t('keyCount', { added, unchanged: usable.length - added })}</li>}
      {keys.length > 0 && (
        <li>
          <Chips>
            {keys.slice(0, shown).map((row, place) => (
              <KeyChip
                // Two short keys may look alike, and the list is never reordered.
                key={place}
                row={row}
                number={place + 1}
                isNew={isNew(row)}
                taken={canChoose && !without.includes(place)}
                canChoose={canChoose}
                onToggle={() => onToggle(place)}
              />
            ))}
            {more > 0 && (
              <Button size="compact-xs" variant="subtle" onClick={() => setShown(shown + shownMore)}>
                {t('moreKeys', { count: more })}
              </Button>
            )}
          </Chips>
        </li>
      )}
      <Ignored keys={keys.filter((key) => key.change === 'ignored')} />
      {placeholders > 0 && <li className={classes['warn']}>{t('placeholders', { count: placeholders })}</li>}
      {elsewhere.length > 0 && (
        <li className={classes['dim']}>{t('alsoIn', { models: formatList(elsewhere.slice(0, 5), i18n.language) })}</li>
      )}
      {onlyHere.length > 0 && (
        <li className={willRemove ? classes['warn'] : classes['dim']}>
          {t(willRemove ? 'willRemove' : 'onlyHere', {
            count: onlyHere.length,
            keys: formatList(
              onlyHere.slice(0, 5).map(({ label }) => label),
              i18n.language,
            ),
          })}
        </li>
      )}
    </ul>
  )
}
