import type { OutcomeView } from '../../shared/outcome.ts'
import type { Clock } from '../rotation/clock.ts'
import { upstreamModelId } from '../dotenv/upstream-model-id.ts'
import { parseApiBase } from '../models/api-base.ts'
import { checkKey } from '../upstream/key-check.ts'
import type { Upstream } from '../upstream/upstream.ts'
import { outcomeView } from './outcome-view.ts'

export interface TrialTarget {
  name: string
  apiBase: string
  provider: string | null
}

export type KeyTrials = (
  target: TrialTarget,
  secret: string,
  signal?: AbortSignal,
) => Promise<{ outcome: OutcomeView; durationMs: number }>

/** A cheap call with a secret that a person is about to add: nothing is kept of it, and no rotation hears of it. */
export function createKeyTrials(deps: { upstream: Upstream; clock: Clock; closing: AbortSignal }): KeyTrials {
  const { upstream, clock, closing } = deps
  return async ({ name, apiBase, provider }, secret, signal) => {
    const { url } = parseApiBase(apiBase)
    const startedMs = clock.nowMs()
    const outcome = await checkKey({
      upstream,
      target: { apiBase: url, provider, model: upstreamModelId(name, provider) },
      secret,
      signal: signal ? AbortSignal.any([signal, closing]) : closing,
      wallMs: clock.wallMs,
      proof: 'key',
    })
    return { outcome: outcomeView(outcome), durationMs: clock.nowMs() - startedMs }
  }
}
