import { useEffect, useState } from 'react'
import type { ModelId } from '../../../../shared/identity.ts'
import type { ModelView } from '../../../../shared/model.ts'
import { client } from '../../../app/client.ts'

const unknown: ReadonlyMap<ModelId, number> = new Map()

/** How many tokens each model takes, by the table that came with the application. */
export function useContextWindows(models: readonly ModelView[]): ReadonlyMap<ModelId, number> {
  const [known, setKnown] = useState({ mark: '', windows: unknown })
  const mark = JSON.stringify(models.map(({ id, apiBase, upstreamModel }) => [id, apiBase, upstreamModel]))
  useEffect(() => {
    let isCurrent = true
    client.models
      .prices()
      .then((prices) => {
        const found = prices.flatMap(({ modelId, contextWindow }): [ModelId, number][] =>
          contextWindow === null ? [] : [[modelId, contextWindow]],
        )
        if (isCurrent) setKnown({ mark, windows: new Map(found) })
        return undefined
      })
      // A count without its limit is still a count.
      .catch(() => undefined)
    return () => {
      isCurrent = false
    }
  }, [mark])
  return known.windows
}
