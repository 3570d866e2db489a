import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../shared/model.ts'
import { KeyStateBadge } from '../../ui/key-state-badge.tsx'
import { useNow } from '../../ui/use-now.ts'
import { isKeyChosen, isModelChosen, withKey, withModel, type Choice } from './export-choice.ts'
import classes from './export.module.css'
import { visibleText } from '../../ui/visible-text.ts'

interface ExportModelsProps {
  models: readonly ModelView[]
  choice: Choice
  onChoose: (change: (choice: Choice) => Choice) => void
}

function Keys({ model, choice, onChoose }: Omit<ExportModelsProps, 'models'> & { model: ModelView }) {
  const { t } = useTranslation('export')
  const nowMs = useNow()
  if (model.keys.length === 0) return <span className={classes['dim']}>{t('noKeys')}</span>
  return (
    <ul className={classes['keys']} aria-label={t('keysOf', { model: model.name })}>
      {model.keys.map((key) => (
        <li key={key.id} className={classes['key']}>
          <Checkbox
            size="xs"
            label={key.lastFour === '' ? key.label : t('keyLabel', { label: key.label, lastFour: key.lastFour })}
            checked={isKeyChosen(choice, key)}
            onChange={(event) => {
              const isOn = event.currentTarget.checked
              onChoose((now) => withKey(now, key.id, isOn))
            }}
          />
          {key.state.kind !== 'ready' && <KeyStateBadge state={key.state} nowMs={nowMs} />}
        </li>
      ))}
    </ul>
  )
}

/** Which models, and of each which keys; paused, expired and refused keys are shown, and left out unless ticked. */
export function ExportModels({ models, choice, onChoose }: ExportModelsProps) {
  const { t } = useTranslation('export')
  return (
    <ul className={classes['models']} aria-label={t('whatTitle')}>
      {models.map((model) => (
        <li key={model.id} className={classes['model']}>
          <Checkbox
            size="xs"
            classNames={{ label: classes['modelName'] ?? '' }}
            label={visibleText(model.name)}
            checked={isModelChosen(choice, model)}
            onChange={(event) => {
              const isOn = event.currentTarget.checked
              onChoose((now) => withModel(now, model.id, isOn))
            }}
          />
          {choice.form === 'keys' ? (
            <Keys model={model} choice={choice} onChoose={onChoose} />
          ) : (
            <span className={classes['dim']}>{t('throughGateway', { count: model.keys.length })}</span>
          )}
        </li>
      ))}
    </ul>
  )
}
