import { useModels } from '../../app/models-store.ts'
import { PauseUntil } from './dialogs.ts'
import { usePauseUntil } from './pause-store.ts'

/** The question how long a row's key rests. */
export function PauseQuestion() {
  const { asked, ask } = usePauseUntil()
  const model = useModels((store) => store.models.find(({ id }) => id === asked?.modelId))
  if (asked === null || model === undefined) return null
  return <PauseUntil model={model} ids={asked.ids} onClose={() => ask(null)} />
}
