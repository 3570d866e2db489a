import * as z from 'zod'
import { Cost } from './chat.ts'
import { KeyId, ModelId, RequestId } from './identity.ts'
import { raceLimits as limits } from './key-race-limits.ts'
import { NotedHeaders, OutcomeView } from './outcome.ts'
import { RequestFailure, Usage } from './request.ts'

/** One prompt to each of these keys, so many times. */
export const KeyRaceInput = z
  .object({
    modelId: ModelId,
    keyIds: z.array(KeyId).min(1, 'race_keys').max(limits.keys, 'race_keys'),
    prompt: z.string().trim().min(1, 'prompt_empty').max(limits.promptLength),
    rounds: z.number().int().min(1, 'race_rounds').max(limits.rounds, 'race_rounds'),
    maxTokens: z.number().int().min(1).max(limits.maxTokens),
  })
  .refine(({ keyIds, rounds }) => keyIds.length * rounds <= limits.calls, 'race_calls')
export type KeyRaceInput = z.infer<typeof KeyRaceInput>

/** What one call came to. */
export const RaceCall = z.object({
  keyId: KeyId,
  keyLabel: z.string(),
  /** From 1. */
  round: z.number().int(),
  requestId: RequestId,
  /** Of the attempt that answered: what came before it is `waitedMs`. */
  firstOutputMs: z.number().nullable(),
  durationMs: z.number().nullable(),
  /** Until the last attempt began: for the key to come back, and for attempts that failed. */
  waitedMs: z.number(),
  attempts: z.number().int(),
  usage: Usage.nullable(),
  cost: Cost.nullable(),
  /** Of the answer; what of them tells keys apart: region, tier, limits. */
  headers: NotedHeaders,
  outcome: OutcomeView.nullable(),
  failure: RequestFailure.nullable(),
})
export type RaceCall = z.infer<typeof RaceCall>

export const RaceEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('asking'), keyId: KeyId, round: z.number().int() }),
  z.object({ kind: z.literal('call'), call: RaceCall }),
])
export type RaceEvent = z.infer<typeof RaceEvent>
