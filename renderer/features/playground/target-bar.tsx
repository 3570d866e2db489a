import { Button, NativeSelect } from '@mantine/core'
import { IconAdjustments, IconMessagePlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../shared/model.ts'
import classes from './playground.module.css'
import { usePlayground } from './use-playground.ts'

interface TargetBarProps {
  models: readonly ModelView[]
  model: ModelView
  showsParameters: boolean
  onToggleParameters: () => void
}

const rotating = ''

export function TargetBar({ models, model, showsParameters, onToggleParameters }: TargetBarProps) {
  const { t } = useTranslation('playground')
  const keyId = usePlayground((state) => state.target.keyId)
  const aim = usePlayground((state) => state.aim)
  const startOver = usePlayground((state) => state.startOver)
  const hasTurns = usePlayground((state) => state.turns.length > 0)
  return (
    <div className={classes['targets']}>
      <NativeSelect
        className={classes['targetField']}
        aria-label={t('target.model')}
        value={model.id}
        data={models.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(event) => {
          const chosen = models.find(({ id }) => id === event.currentTarget.value)
          if (chosen) aim({ modelId: chosen.id, keyId: null })
        }}
      />
      <NativeSelect
        className={classes['targetField']}
        aria-label={t('target.key')}
        value={keyId ?? rotating}
        data={[
          { value: rotating, label: t('target.rotating') },
          ...model.keys.map(({ id, label }) => ({ value: id, label: t('target.pinned', { label }) })),
        ]}
        onChange={(event) => {
          const chosen = model.keys.find(({ id }) => id === event.currentTarget.value)
          aim({ modelId: model.id, keyId: chosen?.id ?? null })
        }}
      />
      <span className={classes['spacer']} />
      <Button variant="default" disabled={!hasTurns} leftSection={<IconMessagePlus size={15} />} onClick={startOver}>
        {t('new')}
      </Button>
      <Button
        variant={showsParameters ? 'light' : 'default'}
        aria-pressed={showsParameters}
        leftSection={<IconAdjustments size={15} />}
        onClick={onToggleParameters}
      >
        {t('settings.open')}
      </Button>
    </div>
  )
}
