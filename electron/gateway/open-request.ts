import { KeyId } from '../../shared/identity.ts'
import type { LiveEventInput } from '../../shared/live-event.ts'
import type { RequestFailure, Usage } from '../../shared/request.ts'
import type { Clock } from '../rotation/clock.ts'
import type { Lease } from '../rotation/lease.ts'
import type { Outcome } from '../rotation/outcome.ts'
import type { RotateEvent } from '../rotation/rotate.ts'
import type { GatewayRequest } from './gateway.ts'
import type { ServedModel } from './served-model.ts'
import { outcomeView } from './outcome-view.ts'
import { plainFailure } from './request-failure.ts'

/** One request from its first event to its last; every request that was started also ends, exactly once. */
export interface OpenRequest {
  observe: (event: RotateEvent) => void
  firstOutput: () => void
  fail: (failure: RequestFailure) => void
  /** What the answer says about itself; ASCII, labels percent-encoded. */
  headers: () => Record<string, string>
  nowMs: () => number
}

export function openRequest(
  deps: { publish: (event: LiveEventInput) => void; clock: Clock },
  request: Pick<GatewayRequest, 'id' | 'client'>,
  model: Pick<ServedModel, 'id' | 'name' | 'host'>,
): OpenRequest {
  const { publish, clock } = deps
  const about = { requestId: request.id, modelId: model.id }
  const startedMs = clock.nowMs()
  let attempts = 0
  let last: Lease | null = null
  let ended = false

  const end = (result: 'served' | 'failed' | 'cancelled', usage: Usage | null, failure: RequestFailure | null) => {
    if (ended) return
    ended = true
    publish({
      kind: 'request-ended',
      ...about,
      result,
      attempts,
      durationMs: clock.nowMs() - startedMs,
      usage,
      failure,
    })
  }

  /** A committed answer ends the request when its books are settled; a failed attempt leaves that to the loop. */
  const settle = (outcome: Outcome) => {
    if (outcome.kind === 'served') end('served', usageOf(outcome), null)
    else if (outcome.kind === 'cancelled') end('cancelled', null, plainFailure('cancelled', model.name))
    else if (outcome.kind === 'broken-stream') {
      end('failed', null, {
        ...plainFailure('stream_broken', model.name),
        host: model.host,
        outcome: outcomeView(outcome),
      })
    }
  }

  publish({ kind: 'request-started', ...about, modelName: model.name, client: request.client })
  return {
    observe(event) {
      if (event.kind === 'parked') publish({ kind: 'request-parked', ...about, untilMs: event.untilMs })
      else if (event.kind === 'attempt-started') {
        const { lease } = event
        attempts = lease.attempt
        last = lease
        publish({ kind: 'attempt-started', ...about, ...attemptOf(lease), probe: lease.probe })
      } else if (event.kind === 'attempt-ended') {
        const { lease, outcome, durationMs } = event
        publish({ kind: 'attempt-ended', ...about, ...attemptOf(lease), durationMs, outcome: outcomeView(outcome) })
        settle(outcome)
      }
    },
    firstOutput: () => publish({ kind: 'first-output', ...about, afterMs: clock.nowMs() - startedMs }),
    fail: (failure) => end(failure.code === 'cancelled' ? 'cancelled' : 'failed', null, failure),
    headers: () => ({
      'x-keywheel-request': request.id,
      'x-keywheel-model': inHeader(model.name),
      'x-keywheel-attempts': String(attempts),
      ...(last ? { 'x-keywheel-key': `${last.keyId} ${inHeader(last.keyLabel)}` } : {}),
    }),
    nowMs: clock.wallMs,
  }
}

/** Half of a surrogate pair cannot be encoded; names may hold one. */
const inHeader = (text: string) => encodeURIComponent(text.toWellFormed())

const attemptOf = (lease: Lease) => ({
  number: lease.attempt,
  keyId: KeyId.parse(lease.keyId),
  keyLabel: lease.keyLabel,
})

function usageOf(outcome: Extract<Outcome, { kind: 'served' }>): Usage | null {
  const { promptTokens, completionTokens } = outcome
  return promptTokens === null || completionTokens === null ? null : { promptTokens, completionTokens }
}
