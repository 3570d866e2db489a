import { Autocomplete } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { presetAt, providerPresets } from '../../../shared/provider-presets.ts'
import { calledUrl } from './called-url.ts'
import forms from './model-forms.module.css'
import classes from './models.module.css'

interface BaseUrlFieldProps {
  apiBase: string
  error: string | undefined
  onChange: (apiBase: string) => void
}

const bases = providerPresets.map((provider) => provider.apiBase)
const nameOfBase = (apiBase: string) => presetAt(apiBase)?.name

/** Says while it is typed what will be called, so that a slip is seen before the first 404. */
export function BaseUrlField({ apiBase, error, onChange }: BaseUrlFieldProps) {
  const { t } = useTranslation('models')
  const calledId = useId()
  return (
    <div>
      <Autocomplete
        label={t('field.apiBase')}
        description={t('field.apiBaseHint')}
        spellCheck={false}
        aria-details={calledId}
        data={bases}
        renderOption={({ option }) => (
          <span>
            <strong>{nameOfBase(option.value)}</strong> <span className={classes['dim']}>{option.value}</span>
          </span>
        )}
        filter={({ options, search }) =>
          options.filter((option) => {
            const text = 'value' in option ? `${nameOfBase(option.value) ?? ''} ${option.value}` : ''
            return text.toLowerCase().includes(search.toLowerCase().trim())
          })
        }
        value={apiBase}
        error={error}
        onChange={onChange}
      />
      <Called id={calledId} apiBase={apiBase} />
    </div>
  )
}

function Called({ id, apiBase }: { id: string; apiBase: string }) {
  const { t } = useTranslation('models')
  const called = calledUrl(apiBase)
  return (
    <div id={id} className={forms['called']} aria-live="polite">
      {called !== null && (
        <p>
          {t('called.url')} <span className="kw-mono">{called.url}</span>
        </p>
      )}
      {called?.remarks.map((remark) => (
        <p key={remark} data-tone="warn">
          {t(`called.${remark}`)}
        </p>
      ))}
    </div>
  )
}
