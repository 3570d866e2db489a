import { Button, NumberInput, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../ui/panel.tsx'
import classes from './playground.module.css'
import { defaultParameters } from './playground-store.ts'
import { usePlayground } from './use-playground.ts'

const limits = { temperature: 2, maxTokens: 1_000_000 }

const numberOrNull = (value: string | number): number | null => (typeof value === 'number' ? value : null)

export function ParametersPanel() {
  const { t } = useTranslation('playground')
  const parameters = usePlayground((state) => state.parameters)
  const setParameters = usePlayground((state) => state.setParameters)
  const { system, temperature, maxTokens } = parameters
  const isChanged = system !== '' || temperature !== null || maxTokens !== null
  return (
    <Panel title={t('settings.title')} aside={isChanged && t('settings.changed')}>
      <div className={classes['parameters']}>
        <Textarea
          label={t('settings.system')}
          description={t('settings.systemHint')}
          autosize
          minRows={3}
          maxRows={10}
          value={system}
          onChange={(event) => setParameters({ system: event.currentTarget.value })}
        />
        <NumberInput
          label={t('settings.temperature')}
          description={t('settings.temperatureHint')}
          min={0}
          max={limits.temperature}
          step={0.1}
          decimalScale={2}
          clampBehavior="strict"
          value={temperature ?? ''}
          onChange={(value) => setParameters({ temperature: numberOrNull(value) })}
        />
        <NumberInput
          label={t('settings.maxTokens')}
          description={t('settings.maxTokensHint')}
          min={1}
          max={limits.maxTokens}
          allowDecimal={false}
          clampBehavior="strict"
          value={maxTokens ?? ''}
          onChange={(value) => setParameters({ maxTokens: numberOrNull(value) })}
        />
        <Button variant="default" disabled={!isChanged} onClick={() => setParameters(defaultParameters)}>
          {t('settings.reset')}
        </Button>
      </div>
    </Panel>
  )
}
