import * as z from 'zod'
import { KeyId, ModelId, RequestId } from './identity.ts'
import { AttemptView, RequestFailure, Usage } from './request.ts'

export const ChatMessage = z.object({
  role: z.enum(['system', 'user', 'assistant']),
  content: z.string().max(1_000_000),
})
export type ChatMessage = z.infer<typeof ChatMessage>

export const ChatInput = z.object({
  modelId: ModelId,
  messages: z.array(ChatMessage).min(1, 'prompt_empty').max(2_000),
  /** Pin one key, or null to let the rotation choose. */
  keyId: KeyId.nullable(),
  temperature: z.number().min(0).max(2).nullable(),
  maxTokens: z.number().int().min(1).max(1_000_000).nullable(),
})
export type ChatInput = z.infer<typeof ChatInput>

export const ChatEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started'), requestId: RequestId }),
  /** The whole attempt each time it changes; replace by `number`. */
  z.object({ kind: z.literal('attempt'), attempt: AttemptView }),
  z.object({ kind: z.literal('parked'), untilMs: z.number().nullable() }),
  z.object({ kind: z.literal('reasoning'), text: z.string() }),
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({
    kind: z.literal('done'),
    finishReason: z.string().nullable(),
    usage: Usage.nullable(),
    firstOutputMs: z.number().nullable(),
    durationMs: z.number(),
  }),
  z.object({ kind: z.literal('failed'), failure: RequestFailure }),
])
export type ChatEvent = z.infer<typeof ChatEvent>
