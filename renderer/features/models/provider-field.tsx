import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { presetAt, presetOf, providerPresets, type ProviderPreset } from '../../../shared/provider-presets.ts'
import classes from './model-forms.module.css'
import { spaced } from '../../ui/spaced.ts'

const custom = 'custom'

interface ProviderFieldProps {
  apiBase: string
  focused?: boolean
  onChange: (preset: ProviderPreset | null) => void
}

/** Fills in what is known of a provider; every field can be changed afterwards. */
export function ProviderField({ apiBase, focused = false, onChange }: ProviderFieldProps) {
  const { t } = useTranslation('models')
  const preset = presetAt(apiBase)
  return (
    <div>
      <Select
        label={t('preset.label')}
        data-autofocus={focused || undefined}
        allowDeselect={false}
        data={[
          ...providerPresets.map(({ id, name }) => ({ value: id, label: name })),
          { value: custom, label: t('preset.custom') },
        ]}
        value={preset?.id ?? custom}
        onChange={(id) => onChange(presetOf(id) ?? null)}
      />
      {preset !== undefined && (
        <ul className={classes['presetFacts']}>
          {preset.keyShape !== '' && <li>{t('preset.keyShape', { shape: preset.keyShape })}</li>}
          <li>{t(`preset.test.${preset.test}`)}</li>
          {preset.balance !== null && <li>{t('preset.balance')}</li>}
          {preset.keysAt === null ? (
            <li>{t('preset.noKey')}</li>
          ) : (
            <li>
              {spaced(t('preset.keysAt'))}
              <a href={preset.keysAt} target="_blank" rel="noreferrer noopener">
                {preset.keysAt}
              </a>
            </li>
          )}
        </ul>
      )}
    </div>
  )
}
