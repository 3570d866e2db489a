import { useEffect, useState } from 'react'
import type { EffectiveConfigQuery, EffectiveConfigView } from '../../../shared/effective-config.ts'
import type { ModelView } from '../../../shared/model.ts'
import { client } from '../../app/client.ts'
import { showFailure } from '../../app/toast.tsx'

export type CodeParameters = EffectiveConfigQuery['code']

/** A `.env` that main keeps for as long as it is looked at. */
export interface Environment {
  id: string
  name: string
}

/** What the answer depends on; a model is listed anew at every request. */
const stampOf = ({ name, apiBase, provider, temperature, keys }: ModelView): string =>
  JSON.stringify([name, apiBase, provider, temperature, keys.map(({ id, label, lastFour }) => [id, label, lastFour])])

/** What main resolves, anew whenever the model, the environment or the parameters are others. */
export function useEffectiveConfig(model: ModelView, environment: Environment | null, code: CodeParameters) {
  const [answer, setAnswer] = useState<{ of: string; config: EffectiveConfigView } | null>(null)
  const environmentId = environment?.id ?? null
  const { id } = model
  const stamp = stampOf(model)
  useEffect(() => {
    let isCurrent = true
    client.models
      .effective({ id, environment: environmentId, code })
      .then((config) => {
        if (isCurrent) setAnswer({ of: stamp, config })
        return undefined
      })
      .catch((error: unknown) => {
        if (isCurrent) showFailure(error)
      })
    return () => {
      isCurrent = false
    }
  }, [id, stamp, environmentId, code])
  return answer?.config ?? null
}
