import { Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { forgetsOnLeave } from '../../ui/forgetful-field.ts'
import { FoundKeys } from './found-keys.tsx'
import type { KnownSecrets } from './known-secrets.ts'
import type { PastedKeys } from './pasted-keys.ts'

interface KeysFieldProps {
  text: string
  found: PastedKeys
  error: string | null
  focused?: boolean
  known: KnownSecrets
  apiBase: string
  onChange: (text: string) => void
}

/** Takes any number of keys and says at once what it found in them. */
export function KeysField({ text, found, error, focused = false, known, apiBase, onChange }: KeysFieldProps) {
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
      <FoundKeys found={found} known={known} apiBase={apiBase} />
    </>
  )
}
