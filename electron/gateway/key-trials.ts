import type { ModelId } from '../../shared/identity.ts'
import type { OutcomeView } from '../../shared/outcome.ts'
import type { Clock } from '../rotation/clock.ts'
import { upstreamModelId } from '../dotenv/upstream-model-id.ts'
import { parseApiBase } from '../models/api-base.ts'
import { checkKey } from '../upstream/key-check.ts'
import type { Upstream } from '../upstream/upstream.ts'
import { extraHeadersFor, type ExtraHeadersOf } from './open-extra-headers.ts'
import { outcomeView } from './outcome-view.ts'
import type { ServedModels } from './served-models.ts'

export interface TrialTarget {
  name: string
  apiBase: string
  provider: string | null
}

export type KeyTrials = (
  target: TrialTarget,
  secret: string,
  signal?: AbortSignal,
  /** The model that the key is meant for, where there is one. */
  modelId?: ModelId | null,
) => Promise<{ outcome: OutcomeView; durationMs: number }>

export interface KeyTrialsDeps {
  upstream: Upstream
  clock: Clock
  closing: AbortSignal
  models: () => ServedModels
  extraHeadersOf: ExtraHeadersOf
}

/** A cheap call with a secret that a person is about to add: nothing is kept of it, and no rotation hears of it. */
export function createKeyTrials(deps: KeyTrialsDeps): KeyTrials {
  const { upstream, clock, closing } = deps
  /** What a model is sent beside its keys goes to its own address and to no other one that is tried. */
  const extraHeaders = (id: ModelId | null, url: string) => {
    const model = id === null ? undefined : deps.models().byId(id)
    return model?.apiBase === url ? extraHeadersFor(deps, model) : undefined
  }
  return async ({ name, apiBase, provider }, secret, signal, modelId = null) => {
    const { url } = parseApiBase(apiBase)
    const startedMs = clock.nowMs()
    const outcome = await checkKey({
      upstream,
      target: { apiBase: url, provider, model: upstreamModelId(name, provider) },
      secret,
      extraHeaders: extraHeaders(modelId, url),
      signal: signal ? AbortSignal.any([signal, closing]) : closing,
      wallMs: clock.wallMs,
      proof: 'key',
    })
    return { outcome: outcomeView(outcome), durationMs: clock.nowMs() - startedMs }
  }
}
