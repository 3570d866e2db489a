import { useMemo } from 'react'
import type { ChatMessage } from '../../../shared/chat.ts'
import type { ModelId } from '../../../shared/identity.ts'
import type { ModelView } from '../../../shared/model.ts'
import { useModels } from '../../app/models-store.ts'
import { Composer } from './composer.tsx'
import { isRunning, messagesIn } from './pane.ts'
import { playground, usePlayground } from './use-playground.ts'

const nothing: readonly ChatMessage[] = []

/** The composer of the conversation that is open. It is not drawn again for what streams into the panes. */
export function ChatComposer() {
  const { send, stop, forgive } = playground.getState()
  const isAnswering = usePlayground(({ panes }) => panes.some(isRunning))
  const system = usePlayground((state) => state.system)
  const parameters = usePlayground((state) => state.parameters)
  const first = usePlayground(({ panes }) => (isAnswering ? undefined : panes[0]))
  const earlier = useMemo(() => (first ? messagesIn(first, system) : nothing), [first, system])
  return (
    <Composer
      models={useAimedModels()}
      isRunning={isAnswering}
      earlier={earlier}
      parameters={parameters}
      onSend={send}
      onStop={stop}
      onEdit={forgive}
    />
  )
}

/** Each model once, also where several panes aim at keys of the same one. */
function useAimedModels(): readonly ModelView[] {
  const models = useModels((store) => store.models)
  const aimed = usePlayground(({ panes }) => panes.map(({ modelId }) => modelId).join(' '))
  return useMemo(() => {
    const ids = new Set(aimed.split(' '))
    return models.filter(({ id }: { id: ModelId }) => ids.has(id))
  }, [models, aimed])
}
