import { useEffect } from 'react'
import type { ModelView } from '../../../shared/model.ts'
import { useModels } from '../../app/models-store.ts'
import type { Target } from './pane.ts'
import { usePlayground } from './use-playground.ts'

/** A model or key that is gone is no target any more, and the first one is aimed at without being asked for. */
export function useAimedPanes(): void {
  const models = useModels((store) => store.models)
  const loaded = useModels((store) => store.loaded)
  const selectedId = useModels((store) => store.selectedId)
  const panes = usePlayground((state) => state.panes)
  const aim = usePlayground((state) => state.aim)
  useEffect(() => {
    if (!loaded) return
    for (const pane of panes) {
      const target = standing(pane, models, selectedId)
      if (target.modelId !== pane.modelId || target.keyId !== pane.keyId) aim(pane.id, target)
    }
  }, [loaded, panes, models, selectedId, aim])
}

function standing(
  { modelId, keyId }: Target,
  models: readonly ModelView[],
  selectedId: ModelView['id'] | null,
): Target {
  const model = models.find(({ id }) => id === modelId) ?? defaultModel(models, selectedId)
  return { modelId: model?.id ?? null, keyId: model?.keys.some(({ id }) => id === keyId) ? keyId : null }
}

const defaultModel = (models: readonly ModelView[], selectedId: ModelView['id'] | null): ModelView | undefined =>
  models.find(({ id }) => id === selectedId) ?? models.find(({ keys }) => keys.length > 0) ?? models[0]
