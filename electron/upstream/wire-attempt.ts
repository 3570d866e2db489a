import type { Usage } from '../../shared/request.ts'
import type { UpstreamCause } from '../../shared/outcome.ts'
import type { Headers, TransportCause, WireFailure } from '../rotation/wire-failure.ts'

/** Where a request goes: the model's own address and nowhere else. */
export interface UpstreamTarget {
  /** The model's base URL, such as `https://api.openai.com/v1`. */
  apiBase: string
  provider: string | null
  /** The model's id at the provider. */
  model: string
}

export interface UpstreamRequest {
  target: UpstreamTarget
  method: 'GET' | 'POST' | 'DELETE'
  /** Appended to the base's path: `/chat/completions`. No query. */
  path: string
  /** The client's headers; only those on the allow-list go on. */
  headers: Headers
  body: Buffer | string | null
  /** Whether the client asked for a stream: it decides how long the first byte may take. */
  streaming: boolean
  /** `output`: a 2xx must carry an answer. `anything`: the body passes as it is (files, audio). */
  expects: 'output' | 'anything'
  /** How long the whole attempt may take, where that is not for the upstream to say. */
  totalMs?: number
}

export interface WireHead {
  status: number
  headers: Headers
}

export interface UpstreamAnswer {
  status: number
  /** Filtered: nothing hop-by-hop, no cookie, no policy of the provider's. */
  headers: Headers
  /** True for an event stream. */
  streaming: boolean
  /** What the provider calls a response that a later request may go on from. */
  responseId?: string | undefined
  /**
   * The provider's bytes, untouched but for the key should it be echoed: all of them, or pieces as they come. Those are
   * to be read once; leaving off aborts upstream. They throw a WireFault when the provider breaks off.
   */
  body: Buffer | AsyncIterable<Buffer>
}

/** How an answer that was handed over ended. */
export type WireEnd =
  | { kind: 'complete'; usage: Usage | null }
  /** What had been seen of it by then is paid for all the same. */
  | { kind: 'broken'; cause: UpstreamCause; usage: Usage | null }
  | { kind: 'cancelled'; usage: Usage | null }

export type WireAttempt =
  | { committed: true; head: WireHead; answer: UpstreamAnswer; ended: Promise<WireEnd> | WireEnd }
  | { committed: false; failure: WireFailure }

/** Carries a failure through the promises of one call. Its message is ours; the cause stays inside. */
export class WireFault extends Error {
  override readonly name = 'WireFault'
  readonly failure: Extract<WireFailure, { kind: 'transport' | 'cancelled' }>

  constructor(failure: Extract<WireFailure, { kind: 'transport' | 'cancelled' }>) {
    super(failure.kind === 'transport' ? failure.cause : failure.kind)
    this.failure = failure
  }
}

export const transportFailure = (cause: TransportCause, bodySent: boolean) =>
  ({ kind: 'transport', cause, bodySent }) as const

/** Whatever was thrown, as a failure; only a WireFault says more than that the connection was lost. */
export function failureOf(thrown: unknown) {
  return thrown instanceof WireFault ? thrown.failure : transportFailure('connection-lost', true)
}
