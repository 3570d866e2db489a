import { ActionIcon, Anchor, NativeSelect } from '@mantine/core'
import { IconPlayerStopFilled, IconX } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../shared/model.ts'
import { useModels } from '../../app/models-store.ts'
import { hrefOf } from '../../app/router.ts'
import type { Target } from './pane.ts'
import classes from './playground.module.css'
import { usePlayground } from './use-playground.ts'
import { spaced } from '../../ui/spaced.ts'

const rotating = ''

interface PaneHeadProps extends Target {
  /** The pane's. */
  id: string
  isRunning: boolean
  isAlone: boolean
}

/** What a pane's questions go to: a model whose keys take turns, or one of its keys. It is not drawn again for what streams. */
export const PaneHead = memo(function PaneHead({ isRunning, ...pane }: PaneHeadProps) {
  const { isAlone } = pane
  const { t } = useTranslation('playground')
  const models = useModels((store) => store.models)
  const stop = usePlayground((state) => state.stop)
  const removePane = usePlayground((state) => state.removePane)
  const model = models.find(({ id }) => id === pane.modelId)
  return (
    <header className={classes['paneHead']}>
      <div className={classes['targets']}>
        <ModelField pane={pane} models={models} />
        {model && <KeyField pane={pane} model={model} />}
      </div>
      {!isAlone && isRunning && (
        <ActionIcon
          variant="default"
          aria-label={t('compare.stop')}
          title={t('compare.stop')}
          onClick={() => stop(pane.id)}
        >
          <IconPlayerStopFilled size={12} aria-hidden="true" />
        </ActionIcon>
      )}
      {!isAlone && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('compare.remove')}
          title={t('compare.remove')}
          onClick={() => removePane(pane.id)}
        >
          <IconX size={16} aria-hidden="true" />
        </ActionIcon>
      )}
      {model?.keys.length === 0 && (
        <p className={classes['paneNote']}>
          {spaced(t('noKeys.text'))}
          <Anchor href={hrefOf('models', model.id)}>{t('noKeys.add')}</Anchor>
        </p>
      )}
    </header>
  )
})

type Aimed = Omit<PaneHeadProps, 'isRunning'>

function ModelField({ pane, models }: { pane: Aimed; models: readonly ModelView[] }) {
  const { t } = useTranslation('playground')
  const aim = usePlayground((state) => state.aim)
  return (
    <NativeSelect
      className={classes['targetField']}
      size={pane.isAlone ? 'sm' : 'xs'}
      aria-label={t('target.model')}
      value={pane.modelId ?? ''}
      data={models.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(event) => {
        const chosen = models.find(({ id }) => id === event.currentTarget.value)
        if (chosen) aim(pane.id, { modelId: chosen.id, keyId: null })
      }}
    />
  )
}

function KeyField({ pane, model }: { pane: Aimed; model: ModelView }) {
  const { t } = useTranslation('playground')
  const aim = usePlayground((state) => state.aim)
  return (
    <NativeSelect
      className={classes['targetField']}
      size={pane.isAlone ? 'sm' : 'xs'}
      aria-label={t('target.key')}
      value={pane.keyId ?? rotating}
      data={[
        { value: rotating, label: t('target.rotating') },
        ...model.keys.map(({ id, label }) => ({ value: id, label: t('target.pinned', { label }) })),
      ]}
      onChange={(event) => {
        const chosen = model.keys.find(({ id }) => id === event.currentTarget.value)
        aim(pane.id, { modelId: model.id, keyId: chosen?.id ?? null })
      }}
    />
  )
}
