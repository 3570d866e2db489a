import * as z from 'zod'
import { AtMs, KeyId, ModelId, RequestId } from './identity.ts'
import { KeyState } from './key.ts'
import { OutcomeView } from './outcome.ts'

export const Usage = z.object({
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
  /** Set when the provider did not count and these are an estimate. */
  estimated: z.literal(true).optional(),
})
export type Usage = z.infer<typeof Usage>

/** A model that answers in the place of the one that was asked for. */
export const StandIn = z.object({ modelId: ModelId, modelName: z.string() })
export type StandIn = z.infer<typeof StandIn>

/** One lease of one key: what was sent with it and what came back. */
export const AttemptView = z.object({
  number: z.number().int().min(1),
  /** Set when the key is a stand-in's, and not of the model that was asked for. */
  modelId: ModelId.optional(),
  keyId: KeyId,
  keyLabel: z.string(),
  startedAtMs: AtMs,
  durationMs: z.number().nullable(),
  /** The one lease a key gets after its cooldown, before it is trusted again. */
  probe: z.boolean(),
  outcome: OutcomeView.nullable(),
})
export type AttemptView = z.infer<typeof AttemptView>

/** Why a request ended without an answer. Each code has one sentence and one next step in every language. */
export const requestFailureCodes = [
  'no_keys',
  'keys_unavailable',
  'caller_fault',
  'unknown_host',
  'connection_refused',
  'connection_lost',
  'tls_failed',
  'timeout',
  'deadline_exceeded',
  'bad_upstream',
  'address_blocked',
  'redirect_refused',
  'upstream_failed',
  'stream_broken',
  'cancelled',
  'vault_locked',
  'model_not_found',
  'key_not_sendable',
  'proxy_unreachable',
  'proxy_auth',
  'proxy_refused',
  'interrupted',
  'internal',
] as const
export const RequestFailureCode = z.enum(requestFailureCodes)
export type RequestFailureCode = z.infer<typeof RequestFailureCode>

/** Why one key could not serve, and when it is back. */
export const KeyOut = z.object({
  keyId: KeyId,
  label: z.string(),
  state: KeyState,
  lastFailure: OutcomeView.nullable(),
})
export type KeyOut = z.infer<typeof KeyOut>

export const RequestFailure = z.object({
  code: RequestFailureCode,
  model: z.string(),
  host: z.string().nullable(),
  outcome: OutcomeView.nullable(),
  keys: z.array(KeyOut),
  retryAtMs: AtMs.nullable(),
})
export type RequestFailure = z.infer<typeof RequestFailure>

export const RequestView = z.object({
  id: RequestId,
  modelId: ModelId,
  modelName: z.string(),
  /** The model that stands in for the one that was asked for. */
  standIn: StandIn.nullable(),
  client: z.string(),
  startedAtMs: AtMs,
  endedAtMs: AtMs.nullable(),
  firstOutputMs: z.number().nullable(),
  result: z.enum(['running', 'parked', 'served', 'failed', 'cancelled']),
  attempts: z.array(AttemptView),
  usage: Usage.nullable(),
  failure: RequestFailure.nullable(),
})
export type RequestView = z.infer<typeof RequestView>
