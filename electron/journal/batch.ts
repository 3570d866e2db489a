import type { DecisionView } from '../../shared/decision.ts'
import type { KeyId, ModelId, RequestId } from '../../shared/identity.ts'
import type { KeyState } from '../../shared/key.ts'
import type { TokenPrice } from '../../shared/model.ts'
import type { NotedHeaders } from '../../shared/outcome.ts'
import type { RequestView } from '../../shared/request.ts'

/** A request as far as it has come, and what is known of its attempts beside that since it was written last. */
export interface RecordedRequest {
  view: RequestView
  decisions: { number: number; decision: DecisionView }[]
  headers: { number: number; headers: NotedHeaders }[]
}

export interface RecordedKeyState {
  atMs: number
  modelId: ModelId
  keyId: KeyId
  label: string
  state: KeyState
}

/** What a model's tokens cost is found out where nobody waits for it. */
export interface PriceSource {
  apiBase: string
  /** The id that reaches the provider. */
  upstreamModel: string
  /** What a person said they cost. */
  price: TokenPrice | null
}

/** What a request said and was answered, in the bytes of its API. */
export interface Exchange {
  id: RequestId
  asked: Uint8Array
  answered: Uint8Array
}

export interface Batch {
  requests: RecordedRequest[]
  keyStates: RecordedKeyState[]
  /** Of requests that are in this batch or were in one before. */
  exchanges: Exchange[]
  prices: Record<string, PriceSource>
}
