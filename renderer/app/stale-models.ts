import type { ModelId } from '../../shared/identity.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import type { ModelStanding, ModelView } from '../../shared/model.ts'

/** Names, order or terms changed: only a whole list says what they are now. */
const asksForList = ({ kind }: LiveEvent) => kind === 'models-changed' || kind === 'vault-changed'

/** An attempt changes the numbers of one model. */
const asksForStanding = (event: LiveEvent) => event.kind === 'attempt-started' || event.kind === 'attempt-ended'

/** More than main hands out at once: a list is no longer. */
const mostStandings = 1000

/** Collects what became stale, until it is asked for. */
export function createStaleModels() {
  let list = false
  let ids = new Set<ModelId>()
  return {
    take(events: readonly LiveEvent[]): void {
      if (events.some(asksForList)) list = true
      for (const event of events) if (asksForStanding(event) && 'modelId' in event) ids.add(event.modelId)
    },
    isEmpty: () => !list && ids.size === 0,
    /** What to ask for, and from now on nothing. */
    drain(): 'list' | ModelId[] {
      const wanted = list || ids.size > mostStandings ? 'list' : [...ids]
      list = false
      ids = new Set()
      return wanted
    },
  }
}

/** The list with these numbers in place of the ones it had; a model or key that it does not know is left out. */
export function withStandings(models: readonly ModelView[], standings: readonly ModelStanding[]): readonly ModelView[] {
  const byId = new Map(standings.map((standing) => [standing.id, standing]))
  return models.map((model) => {
    const standing = byId.get(model.id)
    if (standing === undefined) return model
    const keysById = new Map(standing.keys.map((key) => [key.id, key]))
    const { currentKeyId, nextKeyId } = standing
    return { ...model, currentKeyId, nextKeyId, keys: model.keys.map((key) => ({ ...key, ...keysById.get(key.id) })) }
  })
}
