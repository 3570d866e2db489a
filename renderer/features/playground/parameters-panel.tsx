import { Button, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../ui/panel.tsx'
import { ExtraField, NumberField, ReasoningField, StopField } from './parameter-fields.tsx'
import { Presets } from './presets.tsx'
import { Resettable } from './resettable.tsx'
import classes from './parameters.module.css'
import { hasChangedSettings } from './settings-state.ts'
import { usePlayground } from './use-playground.ts'

/** What every request of the conversation is sent with; what is empty is not sent. */
export function ParametersPanel() {
  const { t } = useTranslation('playground')
  const isChanged = usePlayground(hasChangedSettings)
  const resetSettings = usePlayground((state) => state.resetSettings)
  return (
    <Panel title={t('settings.title')} aside={isChanged && t('settings.changed')}>
      <div className={classes['parameters']}>
        <Presets />
        <SystemField />
        <NumberField name="temperature" step={0.1} decimals={2} />
        <NumberField name="maxTokens" step={1} decimals={0} />
        <NumberField name="topP" step={0.05} decimals={3} />
        <ReasoningField />
        <StopField />
        <NumberField name="presencePenalty" step={0.1} decimals={2} />
        <NumberField name="frequencyPenalty" step={0.1} decimals={2} />
        <NumberField name="seed" step={1} decimals={0} />
        <ExtraField />
        <Button variant="default" disabled={!isChanged} onClick={resetSettings}>
          {t('settings.resetAll')}
        </Button>
      </div>
    </Panel>
  )
}

function SystemField() {
  const { t } = useTranslation('playground')
  const system = usePlayground((state) => state.system)
  const setSystem = usePlayground((state) => state.setSystem)
  return (
    <Resettable label={t('settings.system')} isSet={system !== ''} onReset={() => setSystem('')}>
      <Textarea
        aria-label={t('settings.system')}
        description={t('settings.systemHint')}
        autosize
        minRows={3}
        maxRows={10}
        value={system}
        onChange={(event) => setSystem(event.currentTarget.value)}
      />
    </Resettable>
  )
}
