import { Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { masked } from './key-cells.tsx'
import classes from './models.module.css'
import type { PastedKeys } from './pasted-keys.ts'
import { forgetsOnLeave } from '../../ui/forgetful-field.ts'

const shownKeys = 8

function Found({ found }: { found: PastedKeys }) {
  const { t, i18n } = useTranslation('models')
  const { keys, repeated, unusableLines } = found
  if (keys.length === 0 && unusableLines.length === 0) return null
  const placeholders = keys.filter((key) => key.placeholder).length
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' })
  const tails = keys.slice(0, shownKeys).map((key) => masked(key.lastFour))
  return (
    <ul className={classes['found']} aria-live="polite">
      <li>
        {t('found.keys', { count: keys.length })} <span className="kw-mono">{tails.join(' ')}</span>
      </li>
      {repeated > 0 && <li>{t('found.repeated', { count: repeated })}</li>}
      {placeholders > 0 && <li data-tone="warn">{t('found.placeholder', { count: placeholders })}</li>}
      {unusableLines.length > 0 && (
        <li data-tone="danger">
          {t('found.unusable', { count: unusableLines.length, lines: list.format(unusableLines.map(String)) })}
        </li>
      )}
    </ul>
  )
}

interface KeysFieldProps {
  text: string
  found: PastedKeys
  error: string | null
  focused?: boolean
  onChange: (text: string) => void
}

/** Takes any number of keys and says at once what it found in them. */
export function KeysField({ text, found, error, focused = false, onChange }: KeysFieldProps) {
  const { t } = useTranslation('models')
  return (
    <>
      <Textarea
        ref={forgetsOnLeave}
        label={t('keysField.label')}
        description={t('keysField.hint')}
        placeholder={t('keysField.placeholder')}
        classNames={{ input: 'kw-mono' }}
        autosize
        minRows={3}
        maxRows={10}
        spellCheck={false}
        autoComplete="off"
        data-autofocus={focused || undefined}
        value={text}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Found found={found} />
    </>
  )
}
