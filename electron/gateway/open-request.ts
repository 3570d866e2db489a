import type { DecisionView } from '../../shared/decision.ts'
import type { KeyId } from '../../shared/identity.ts'
import type { LiveEventInput } from '../../shared/live-event.ts'
import type { RequestFailure, Usage } from '../../shared/request.ts'
import type { Clock } from '../rotation/clock.ts'
import type { Decision } from '../rotation/decision.ts'
import type { Lease } from '../rotation/lease.ts'
import type { Outcome } from '../rotation/outcome.ts'
import type { RotateEvent } from '../rotation/rotate.ts'
import type { GatewayRequest } from './gateway.ts'
import type { ServedModel } from './served-model.ts'
import { outcomeView } from './outcome-view.ts'
import { plainFailure } from './request-failure.ts'

type KnownModel = Pick<ServedModel, 'id' | 'name' | 'host'>

/** One request from its first event to its last; every request that was started also ends, exactly once. */
export interface OpenRequest {
  observe(event: RotateEvent): void
  /** From here on this model is tried. */
  fellBack(model: KnownModel): void
  fail(failure: RequestFailure): void
  /** What the answer says about itself; ASCII, labels percent-encoded. */
  headers(): Record<string, string>
  /** Hears when the request begins to wait for a key. */
  onParked(listener: () => void): void
  /** Waiting for a key now, and until when (wall-clock, null when nobody knows); undefined when it is not. */
  parkedUntilMs(): number | null | undefined
  nowMs(): number
}

export function openRequest(
  deps: { publish: (event: LiveEventInput) => void; clock: Clock },
  request: Pick<GatewayRequest, 'id' | 'client'>,
  asked: KnownModel,
): OpenRequest {
  return new Opened(deps, request, asked)
}

class Opened implements OpenRequest {
  readonly #publish: (event: LiveEventInput) => void
  readonly #clock: Clock
  readonly #requestId: GatewayRequest['id']
  readonly #startedMs: number
  /** The model that is tried now. */
  #model: KnownModel
  readonly #asked: KnownModel
  /** Attempts at the models before. */
  #attemptsBefore = 0
  #attempts = 0
  #lease: Lease | null = null
  #ended = false
  #isCommitted = false
  #parkedSinceMs = -1
  #parkedUntilMs: number | null = null
  #waitedMs = 0
  #parkedListener: (() => void) | null = null

  constructor(
    { publish, clock }: { publish: (event: LiveEventInput) => void; clock: Clock },
    { id, client }: Pick<GatewayRequest, 'id' | 'client'>,
    asked: KnownModel,
  ) {
    this.#publish = publish
    this.#clock = clock
    this.#requestId = id
    this.#asked = asked
    this.#model = asked
    this.#startedMs = clock.nowMs()
    publish({ kind: 'request-started', requestId: id, modelId: asked.id, modelName: asked.name, client })
  }

  observe(event: RotateEvent): void {
    switch (event.kind) {
      case 'parked':
        return this.#park(event.untilMs)
      case 'attempt-started':
        return this.#begin(event.lease, event.decision)
      case 'committed':
        return this.#firstOutput()
      case 'attempt-ended':
        return this.#finish(event)
    }
  }

  fellBack(model: KnownModel): void {
    this.#attemptsBefore = this.#attempts
    this.#model = model
    this.#publish({ kind: 'fell-back', requestId: this.#requestId, modelId: model.id, modelName: model.name })
  }

  fail(failure: RequestFailure): void {
    this.#end(failure.code === 'cancelled' ? 'cancelled' : 'failed', null, failure)
  }

  headers(): Record<string, string> {
    const headers: Record<string, string> = {
      'x-keywheel-request': this.#requestId,
      'x-keywheel-model': inHeader(this.#model.name),
      'x-keywheel-attempts': String(this.#attempts),
      'x-keywheel-wait-ms': String(Math.round(this.#waitedMs)),
    }
    if (this.#lease) headers['x-keywheel-key'] = `${this.#lease.keyId} ${inHeader(this.#lease.keyLabel)}`
    return headers
  }

  onParked(listener: () => void): void {
    this.#parkedListener = listener
    if (this.#parkedSinceMs >= 0) listener()
  }

  parkedUntilMs(): number | null | undefined {
    return this.#parkedSinceMs < 0 ? undefined : this.#parkedUntilMs
  }

  nowMs(): number {
    return this.#clock.wallMs()
  }

  #firstOutput() {
    this.#isCommitted = true
    const afterMs = this.#clock.nowMs() - this.#startedMs
    this.#publish({ kind: 'first-output', requestId: this.#requestId, modelId: this.#model.id, afterMs })
  }

  #park(untilMs: number | null) {
    this.#parkedUntilMs = untilMs
    this.#publish({ kind: 'request-parked', requestId: this.#requestId, modelId: this.#model.id, untilMs })
    if (this.#parkedSinceMs >= 0) return
    this.#parkedSinceMs = this.#clock.nowMs()
    this.#parkedListener?.()
  }

  #unpark() {
    if (this.#parkedSinceMs < 0) return
    this.#waitedMs += this.#clock.nowMs() - this.#parkedSinceMs
    this.#parkedSinceMs = -1
  }

  #begin(lease: Lease, decision: Decision) {
    this.#unpark()
    this.#lease = lease
    this.#attempts = this.#attemptsBefore + lease.attempt
    this.#publish({
      kind: 'attempt-started',
      requestId: this.#requestId,
      modelId: this.#model.id,
      number: this.#attempts,
      // A lease is of a key that we put into the pool under its own id.
      keyId: lease.keyId as KeyId,
      keyLabel: lease.keyLabel,
      probe: lease.probe,
      // Its keys are of the same pool.
      decision: decision as DecisionView,
    })
  }

  /** A committed answer ends the request when its books are settled; a failed attempt leaves that to the loop. */
  #finish({ lease, outcome, durationMs }: Extract<RotateEvent, { kind: 'attempt-ended' }>) {
    const { headers } = outcome
    this.#publish({
      kind: 'attempt-ended',
      requestId: this.#requestId,
      modelId: this.#model.id,
      number: this.#attemptsBefore + lease.attempt,
      keyId: lease.keyId as KeyId,
      keyLabel: lease.keyLabel,
      durationMs,
      outcome: outcomeView(outcome),
      ...(headers && { headers }),
    })
    if (outcome.kind === 'served') this.#end('served', usageOf(outcome), null)
    // Before the first output it may be the deadline that cut the attempt, which the loop knows.
    else if (outcome.kind === 'cancelled' && this.#isCommitted)
      this.#end('cancelled', outcome.usage ?? null, plainFailure('cancelled', this.#model.name))
    else if (outcome.kind === 'broken-stream') {
      const { name, host } = this.#model
      const failure = { ...plainFailure('stream_broken', name), host, outcome: outcomeView(outcome) }
      this.#end('failed', outcome.usage ?? null, failure)
    }
  }

  #end(result: 'served' | 'failed' | 'cancelled', usage: Usage | null, failure: RequestFailure | null) {
    if (this.#ended) return
    this.#ended = true
    this.#unpark()
    this.#publish({
      kind: 'request-ended',
      requestId: this.#requestId,
      modelId: this.#asked.id,
      result,
      attempts: this.#attempts,
      durationMs: this.#clock.nowMs() - this.#startedMs,
      usage,
      failure,
    })
  }
}

/** Half of a surrogate pair cannot be encoded; names may hold one. */
const encoded = (text: string) => encodeURIComponent(text.toWellFormed())

const maxKnownLabels = 1_024
const knownLabels = new Map<string, string>()

/** The same few models and keys are named in every answer. */
function inHeader(text: string): string {
  const known = knownLabels.get(text)
  if (known !== undefined) return known
  const made = encoded(text)
  if (knownLabels.size < maxKnownLabels) knownLabels.set(text, made)
  return made
}

function usageOf(outcome: Extract<Outcome, { kind: 'served' }>): Usage | null {
  const { promptTokens, completionTokens, estimated } = outcome
  if (promptTokens === null || completionTokens === null) return null
  return { promptTokens, completionTokens, ...(estimated ? { estimated } : {}) }
}
