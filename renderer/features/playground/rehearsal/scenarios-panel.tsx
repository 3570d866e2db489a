import { Button } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../../shared/model.ts'
import type { ScenarioName, ScenarioView } from '../../../../shared/rehearsal.ts'
import { keysNeeded, scenarioNames } from '../../../../shared/rehearsal-terms.ts'
import { client } from '../../../app/client.ts'
import { useRehearsal } from '../../../app/rehearsal-store.ts'
import { attempt } from '../../../app/toast.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { isCallable } from './callable-keys.ts'
import classes from './rehearsal.module.css'

interface ScenariosPanelProps {
  model: ModelView
  /** The one under way. */
  playing: ScenarioView | null
}

export function ScenariosPanel({ model, playing }: ScenariosPanelProps) {
  const { t } = useTranslation('rehearsal')
  const usable = model.keys.filter(isCallable).length
  const play = (name: ScenarioName) =>
    attempt(() => {
      const call = client.rehearsal.play({ modelId: model.id, name, prompt: t('prompt') })
      return useRehearsal.getState().become(call)
    })
  return (
    <Panel title={t('scenarios.title')}>
      <p className={classes['hint']}>{t('scenarios.hint')}</p>
      <ul className={classes['cards']}>
        {scenarioNames.map((name) => {
          const lacks = usable < keysNeeded[name]
          return (
            <li key={name} className={classes['card']} data-playing={playing?.name === name || undefined}>
              <h3 className={classes['cardTitle']}>{t(`scenario.${name}.title`)}</h3>
              <p className={classes['cardText']}>{t(`scenario.${name}.text`)}</p>
              <div className={classes['cardFoot']}>
                <Button
                  size="compact-sm"
                  variant="light"
                  leftSection={<IconPlayerPlay size={13} />}
                  aria-label={t('scenarios.playNamed', { name: t(`scenario.${name}.title`) })}
                  disabled={lacks || playing !== null}
                  onClick={() => play(name)}
                >
                  {t('scenarios.play')}
                </Button>
                {lacks && <span className={classes['dim']}>{t('scenarios.needs', { count: keysNeeded[name] })}</span>}
              </div>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
