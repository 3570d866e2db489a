import { Button } from '@mantine/core'
import { IconMessages } from '@tabler/icons-react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../shared/model.ts'
import { useModels } from '../../app/models-store.ts'
import { navigate } from '../../app/router.ts'
import { startSimulator } from '../../app/simulator.ts'
import { attempt } from '../../app/toast.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { isOpen } from './answer.ts'
import { Composer } from './composer.tsx'
import { ParametersPanel } from './parameters-panel.tsx'
import classes from './playground.module.css'
import { TargetBar } from './target-bar.tsx'
import { TurnView } from './turn-view.tsx'
import { usePlayground } from './use-playground.ts'

export function ChatTab() {
  const models = useModels((store) => store.models)
  const loaded = useModels((store) => store.loaded)
  const selectedId = useModels((store) => store.selectedId)
  const target = usePlayground((state) => state.target)
  const aim = usePlayground((state) => state.aim)
  const [showsParameters, setShowsParameters] = useState(false)
  const isRunning = usePlayground(({ turns }) => {
    const last = turns.at(-1)
    return last !== undefined && isOpen(last.answer)
  })
  const model = models.find(({ id }) => id === target.modelId) ?? defaultModel(models, selectedId)
  const keyId = model?.keys.some(({ id }) => id === target.keyId) ? target.keyId : null

  // A model or key that is gone is no target any more, and the first one is aimed at without being asked for.
  const modelId = model?.id ?? null
  useEffect(() => {
    if (loaded && (target.modelId !== modelId || target.keyId !== keyId)) aim({ modelId, keyId })
  }, [loaded, target, modelId, keyId, aim])

  if (!loaded) return null
  if (!model) return <NoModels />
  return (
    <div className={classes['playground']}>
      <TargetBar
        models={models}
        model={model}
        showsParameters={showsParameters}
        onToggleParameters={() => setShowsParameters((shown) => !shown)}
      />
      <div className={classes['columns']}>
        <div className={classes['chat']}>
          <Turns />
          <Composer model={model} isRunning={isRunning} />
        </div>
        {showsParameters && (
          <aside className={classes['side']}>
            <ParametersPanel />
          </aside>
        )}
      </div>
    </div>
  )
}

const defaultModel = (models: readonly ModelView[], selectedId: ModelView['id'] | null): ModelView | undefined =>
  models.find(({ id }) => id === selectedId) ?? models.find(({ keys }) => keys.length > 0) ?? models[0]

/** So near to the end counts as at the end: what arrives is followed. */
const followWithinPx = 80

function Turns() {
  const { t } = useTranslation('playground')
  const turns = usePlayground((state) => state.turns)
  const scroller = useRef<HTMLDivElement>(null)
  const follows = useRef(true)
  const count = turns.length

  const seenCount = useRef(count)
  // This component renders when the conversation changes and not otherwise, so that every rendering may have grown it.
  useLayoutEffect(() => {
    if (count !== seenCount.current) follows.current = true
    seenCount.current = count
    const element = scroller.current
    if (element && follows.current) element.scrollTop = element.scrollHeight
  })

  if (count === 0) return <EmptyConversation />
  return (
    <div
      ref={scroller}
      className={classes['turns']}
      role="log"
      aria-label={t('conversation')}
      onScroll={({ currentTarget: element }) => {
        follows.current = element.scrollHeight - element.scrollTop - element.clientHeight < followWithinPx
      }}
    >
      {turns.map((turn, index) => (
        <TurnView key={turn.id} turn={turn} isLast={index === count - 1} />
      ))}
    </div>
  )
}

function EmptyConversation() {
  const { t } = useTranslation('playground')
  const send = usePlayground((state) => state.send)
  const hasPrevious = usePlayground((state) => state.previous.length > 0)
  const bringBack = usePlayground((state) => state.bringBack)
  return (
    <div className={classes['turns']}>
      <EmptyState icon={<IconMessages size={26} />} title={t('empty.title')} text={t('empty.text')}>
        <Button variant="default" onClick={() => send(t('empty.suggestion'))}>
          {t('empty.suggestion')}
        </Button>
        {hasPrevious && (
          <Button variant="subtle" onClick={bringBack}>
            {t('bringBack')}
          </Button>
        )}
      </EmptyState>
    </div>
  )
}

function NoModels() {
  const { t } = useTranslation('playground')
  return (
    <EmptyState icon={<IconMessages size={26} />} title={t('empty.title')} text={t('empty.noModels')}>
      <Button onClick={() => attempt(startSimulator)}>{t('empty.simulator')}</Button>
      <Button variant="default" onClick={() => navigate('models', 'new')}>
        {t('empty.addModel')}
      </Button>
    </EmptyState>
  )
}
