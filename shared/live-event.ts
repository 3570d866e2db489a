import * as z from 'zod'
import { DecisionView } from './decision.ts'
import { AtMs, KeyId, ModelId, RequestId } from './identity.ts'
import { KeyState } from './key.ts'
import { NotedHeaders, OutcomeView } from './outcome.ts'
import { RequestFailure, Usage } from './request.ts'

const common = { seq: z.number().int(), atMs: AtMs }
const ofRequest = { ...common, requestId: RequestId, modelId: ModelId }
const ofAttempt = { ...ofRequest, number: z.number().int(), keyId: KeyId, keyLabel: z.string() }

/** What the engine tells the world. No variant has a field that could carry a secret, a prompt or an answer. */
export const LiveEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('request-started'), ...ofRequest, modelName: z.string(), client: z.string() }),
  /** No key can be used now; null when it is not time but another request that brings one back. */
  z.object({ kind: z.literal('request-parked'), ...ofRequest, untilMs: AtMs.nullable() }),
  /** No key of the model before could serve: from here on this model stands in, until one more does. */
  z.object({ kind: z.literal('fell-back'), ...ofRequest, modelName: z.string() }),
  z.object({
    kind: z.literal('attempt-started'),
    ...ofAttempt,
    probe: z.boolean(),
    /** For the journal; pages are not sent it, they ask for it by request. */
    decision: DecisionView.optional(),
  }),
  z.object({ kind: z.literal('first-output'), ...ofRequest, afterMs: z.number() }),
  z.object({
    kind: z.literal('attempt-ended'),
    ...ofAttempt,
    durationMs: z.number(),
    outcome: OutcomeView,
    /** For the journal, as the decision is. */
    headers: NotedHeaders.optional(),
  }),
  z.object({
    kind: z.literal('request-ended'),
    ...ofRequest,
    result: z.enum(['served', 'failed', 'cancelled']),
    attempts: z.number().int(),
    durationMs: z.number(),
    usage: Usage.nullable(),
    failure: RequestFailure.nullable(),
  }),
  z.object({ kind: z.literal('key-state'), ...common, modelId: ModelId, keyId: KeyId, state: KeyState }),
  /** Models or keys were added, edited, moved or deleted: list them again. */
  z.object({ kind: z.literal('models-changed'), ...common }),
  z.object({ kind: z.literal('vault-changed'), ...common }),
  /** The settings are others than before, wherever they were changed. */
  z.object({ kind: z.literal('settings-changed'), ...common }),
  /** A file that is watched, or how it stands to the vault, is another than before. */
  z.object({ kind: z.literal('linked-files-changed'), ...common }),
  /** A conversation was saved, renamed or deleted: list them again. */
  z.object({ kind: z.literal('conversations-changed'), ...common }),
  /** The gateway was switched, or its list of clients is another: ask for them again. */
  z.object({ kind: z.literal('gateway-changed'), ...common }),
  /** The journal began or ceased to lose requests, was set aside or emptied: ask for its status again. */
  z.object({ kind: z.literal('journal-changed'), ...common }),
  /** A rehearsal began, went a step on, or ended: ask for its status again. */
  z.object({ kind: z.literal('rehearsal-changed'), ...common }),
])
export type LiveEvent = z.infer<typeof LiveEvent>

type WithoutStamp<E> = E extends LiveEvent ? Omit<E, 'seq' | 'atMs'> : never
/** An event as a service hands it to the bus, which stamps it. */
export type LiveEventInput = WithoutStamp<LiveEvent>

export const LiveBatch = z.object({ events: z.array(LiveEvent), dropped: z.number().int() })
export type LiveBatch = z.infer<typeof LiveBatch>
