import { Button, NativeSelect } from '@mantine/core'
import { IconMasksTheater } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelId } from '../../../../shared/identity.ts'
import type { ModelView } from '../../../../shared/model.ts'
import { useModels } from '../../../app/models-store.ts'
import { useRehearsal } from '../../../app/rehearsal-store.ts'
import { navigate } from '../../../app/router.ts'
import { startSimulator } from '../../../app/simulator.ts'
import { attempt } from '../../../app/toast.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { FaultsPanel } from './faults-panel.tsx'
import classes from './rehearsal.module.css'
import { ScenarioResult } from './scenario-result.tsx'
import { ScenariosPanel } from './scenarios-panel.tsx'

/** Failures before they happen: ready-made ones that say what to expect, and any that a person chooses. */
export function RehearsalTab() {
  const { t } = useTranslation('rehearsal')
  const models = useModels((store) => store.models)
  const loaded = useModels((store) => store.loaded)
  const selectedId = useModels((store) => store.selectedId)
  const status = useRehearsal((store) => store.status)
  const [chosenId, setChosenId] = useState<ModelId | null>(null)
  const isOnId = status?.rehearsal?.modelId
  const model =
    [isOnId, chosenId, selectedId].map((id) => models.find((one) => one.id === id)).find(Boolean) ?? first(models)

  if (!loaded || status === null) return null
  if (!model) return <NoModels />
  return (
    <div className={classes['tab']}>
      <div className={classes['intro']}>
        <p className={classes['text']}>{t('intro')}</p>
        <div className={classes['target']}>
          <NativeSelect
            label={t('model')}
            value={model.id}
            disabled={status.rehearsal !== null}
            data={models.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(event) => setChosenId(models.find(({ id }) => id === event.currentTarget.value)?.id ?? null)}
          />
          {!models.some(isSimulated) && (
            <Button variant="default" onClick={() => attempt(addSimulator)}>
              {t('simulator')}
            </Button>
          )}
        </div>
      </div>
      <ScenariosPanel model={model} playing={status.rehearsal?.plays === 'scenario' ? status.scenario : null} />
      {status.scenario && <ScenarioResult scenario={status.scenario} />}
      <FaultsPanel model={model} rehearsal={status.rehearsal?.plays === 'faults' ? status.rehearsal : null} />
    </div>
  )
}

const isSimulated = ({ origin }: ModelView) => origin !== 'vault'

/** With the simulator there is nothing that a rehearsal could cost. */
const first = (models: readonly ModelView[]) => models.find(isSimulated) ?? models[0]

const addSimulator = () => startSimulator('playground', 'rehearsal')

function NoModels() {
  const { t } = useTranslation('rehearsal')
  return (
    <EmptyState icon={<IconMasksTheater size={26} />} title={t('empty.title')} text={t('empty.text')}>
      <Button onClick={() => attempt(addSimulator)}>{t('empty.simulator')}</Button>
      <Button variant="default" onClick={() => navigate('models', 'new')}>
        {t('empty.addModel')}
      </Button>
    </EmptyState>
  )
}
