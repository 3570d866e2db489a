import type { NotedHeaders, UpstreamCause } from '../../shared/outcome.ts'
import type { Usage } from '../../shared/request.ts'

/**
 * What one attempt means for its key and its request: the closed vocabulary between classification and the loop.
 * All durations are relative milliseconds, so that no clock is needed to read one.
 */
export type Outcome = OutcomeDetail &
  /** `estimated`: the provider did not count. */
  (
    | { kind: 'served'; promptTokens: number | null; completionTokens: number | null; estimated?: true }
    /** `usage`: what it had cost by then, as far as that was seen. */
    | { kind: 'cancelled'; usage?: Usage | undefined }
    | { kind: 'address-blocked' }
    | { kind: 'caller-fault' }
    | { kind: 'not-allowed' }
    /** `resetAfterMs`: the announced reset of the quota, if any. */
    | { kind: 'exhausted'; resetAfterMs: number | null }
    /** `retryAfterMs`: announced by the provider, already capped to 1 h; null when it said nothing usable. */
    | { kind: 'rate-limited'; retryAfterMs: number | null }
    /** `mayBeBilled`: the body was sent and the answer never came, so the same key must not be tried again. */
    | { kind: 'upstream-failed'; cause: UpstreamCause; retryAfterMs: number | null; mayBeBilled: boolean }
    | { kind: 'rejected' }
    | { kind: 'broken-stream'; cause: UpstreamCause; usage?: Usage | undefined }
  )

export interface OutcomeDetail {
  /** HTTP status, or null when no answer arrived. */
  status: number | null
  providerCode: string | null
  /** The provider's words, already redacted and cut. Data to quote, never to act on. */
  providerMessage: string | null
  /** What the provider's headers said about limits, whatever the outcome. */
  limits: LearnedLimits | null
  /** What else its headers said that helps to understand the attempt. */
  headers?: NotedHeaders | undefined
}

/** Limits read from `x-ratelimit-*` / `anthropic-ratelimit-*` headers. */
export interface LearnedLimits {
  requestsRemaining: number | null
  requestsResetMs: number | null
  tokensRemaining: number | null
  tokensResetMs: number | null
  /** `openai-organization` and the like: keys that share it share a quota. */
  organisation: string | null
}

export type OutcomeKind = Outcome['kind']
