import type { DecisionView } from '../../shared/decision.ts'
import type { KeyId, ModelId, RequestId } from '../../shared/identity.ts'
import type { KeyState } from '../../shared/key.ts'
import type { TokenPrice } from '../../shared/model.ts'
import type { OutcomeView } from '../../shared/outcome.ts'
import type { RequestFailure } from '../../shared/request.ts'

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
  /** Of the vault's own, those that stand in either: they are kept in neither, whatever they look like. */
  secrets: readonly string[]
}

export type KeptOutcome = Omit<OutcomeView, 'retryAfterMs'>

/** What many requests of a batch have in common, each said once; a number elsewhere is a place in one of these. */
export interface BatchTables {
  /** Null for a stand-in that is known by its id alone. */
  models: { id: ModelId; name: string | null; price: PriceSource | null }[]
  clients: string[]
  keys: { model: number; id: KeyId; label: string }[]
  outcomes: KeptOutcome[]
  standings: ({ model: number } & Pick<DecisionView, 'excluded' | 'nearest'>)[]
  failures: RequestFailure[]
  headerNames: string[]
}

/**
 * Requests as numbers, and as texts, each of them once. As objects or as JSON they would cost main more than everything
 * else about recording. `RequestColumn` and `AttemptColumn` say what stands where.
 */
export interface PackedRequests {
  /** The requests, one after the other, each followed by its attempts; what is null is NaN. */
  numbers: Float64Array<ArrayBuffer>
  /** Of each request. */
  ids: RequestId[]
  /** What no two attempts have in common. */
  headerValues: string[]
  tables: BatchTables
}

/** A batch on its way to the thread: the numbers are moved and not copied. */
export interface PackedBatch extends Omit<PackedRequests, 'tables'> {
  /** As JSON. */
  tables: string
  keyStates: RecordedKeyState[]
  /** Of requests that are in this batch or were in one before. */
  exchanges: Exchange[]
}

const columns = <const Names extends readonly string[]>(...names: Names) =>
  Object.fromEntries(names.map((name, at) => [name, at])) as Record<Names[number], number>

export const RequestColumn = columns(
  'wasSent',
  'model',
  'standIn',
  'client',
  'startedAtMs',
  'endedAtMs',
  'firstOutputMs',
  'result',
  'promptTokens',
  'completionTokens',
  'estimated',
  'failure',
  'attempts',
)
export const requestColumns = Object.keys(RequestColumn).length

export const AttemptColumn = columns(
  'number',
  'model',
  'key',
  'startedAtMs',
  'durationMs',
  'probe',
  'outcome',
  'retryAfterMs',
  'decidedAtMs',
  'strategy',
  'rule',
  'usable',
  'tried',
  'standing',
  'headerNames',
  'headerValues',
)
export const attemptColumns = Object.keys(AttemptColumn).length

/** The requests stay with who hands them over: they are shown, and may have to be handed over again. */
export function batchOf(
  { numbers, ids, headerValues, tables }: PackedRequests,
  keyStates: readonly RecordedKeyState[],
  exchanges: Exchange[],
  priceOf: (modelId: ModelId) => PriceSource | null,
): PackedBatch {
  const models = tables.models.map((model) => ({ ...model, price: priceOf(model.id) }))
  return {
    numbers: numbers.slice(),
    ids,
    headerValues,
    tables: JSON.stringify({ ...tables, models } satisfies BatchTables),
    keyStates: [...keyStates],
    exchanges,
  }
}

/** The same, as what may have been written already. */
export function resend(packed: PackedRequests): PackedRequests {
  const { numbers } = packed
  for (let at = 0; at < numbers.length; at += lengthAt(numbers, at)) numbers[at + RequestColumn.wasSent] = 1
  return packed
}

/** Of a request and its attempts. */
export const lengthAt = (numbers: Float64Array, at: number): number =>
  requestColumns + numbers[at + RequestColumn.attempts]! * attemptColumns
