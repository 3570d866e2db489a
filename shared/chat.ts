import * as z from 'zod'
import {
  maxFieldName,
  maxImageBytes,
  maxMessageLength,
  maxPromptParts,
  maxStopLength,
  maxStops,
  parameterRanges,
  reasoningEfforts,
  reservedFields,
} from './chat-limits.ts'
import { KeyId, ModelId, RequestId } from './identity.ts'
import { AttemptView, RequestFailure, StandIn, Usage } from './request.ts'

export const TextPart = z.object({ type: z.literal('text'), text: z.string().max(maxMessageLength) })

export const ImagePart = z.object({
  type: z.literal('image'),
  /** The image itself: an address would be fetched by the provider, and would tell that it was. */
  dataUrl: z
    .string()
    .max(Math.ceil((maxImageBytes * 4) / 3) + 64, 'image_too_large')
    .regex(/^data:image\/(?:png|jpeg|webp|gif);base64,[A-Za-z0-9+/]+={0,2}$/, 'image_unknown'),
  name: z.string().max(255),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
  bytes: z.number().int().min(1),
})
export type ImagePart = z.infer<typeof ImagePart>

export const ContentPart = z.discriminatedUnion('type', [TextPart, ImagePart])
export type ContentPart = z.infer<typeof ContentPart>

/** Plain text, or text and images in the order in which they were put. */
export const ChatContent = z.union([z.string().max(maxMessageLength), z.array(ContentPart).min(1).max(maxPromptParts)])
export type ChatContent = z.infer<typeof ChatContent>

export const ChatMessage = z.discriminatedUnion('role', [
  z.object({ role: z.enum(['system', 'assistant']), content: z.string().max(maxMessageLength) }),
  z.object({ role: z.literal('user'), content: ChatContent }),
])
export type ChatMessage = z.infer<typeof ChatMessage>

export const ReasoningEffort = z.enum(reasoningEfforts)
export type ReasoningEffort = z.infer<typeof ReasoningEffort>

/** Fields of the request that have no place of their own in the panel, as JSON. */
export const ExtraFields = z
  .record(z.string().min(1).max(maxFieldName), z.json())
  .refine((extra) => !reservedFields.some((name) => Object.hasOwn(extra, name)), 'extra_reserved')
export type ExtraFields = z.infer<typeof ExtraFields>

const numberIn = ([least, greatest]: readonly [number, number]) => z.number().min(least).max(greatest)
const integerIn = (range: readonly [number, number]) => numberIn(range).int()
const ranges = parameterRanges

/** A parameter that is left out is not sent: the model's own setting or the provider's default holds. */
export const ChatParameters = z.object({
  temperature: numberIn(ranges.temperature).exactOptional(),
  topP: numberIn(ranges.topP).exactOptional(),
  maxTokens: integerIn(ranges.maxTokens).exactOptional(),
  stop: z.array(z.string().min(1).max(maxStopLength)).min(1).max(maxStops).exactOptional(),
  presencePenalty: numberIn(ranges.presencePenalty).exactOptional(),
  frequencyPenalty: numberIn(ranges.frequencyPenalty).exactOptional(),
  seed: integerIn(ranges.seed).exactOptional(),
  reasoningEffort: ReasoningEffort.exactOptional(),
  extra: ExtraFields.exactOptional(),
})
export type ChatParameters = z.infer<typeof ChatParameters>

export const ChatInput = z.object({
  modelId: ModelId,
  messages: z.array(ChatMessage).min(1, 'prompt_empty').max(2_000),
  /** Pin one key, or null to let the rotation choose. */
  keyId: KeyId.nullable(),
  parameters: ChatParameters,
})
export type ChatInput = z.infer<typeof ChatInput>

/** In millionths of a dollar. */
export const Cost = z.object({
  micros: z.number(),
  /** Set when tokens were estimated, or the price depends on more than was counted. */
  estimated: z.boolean(),
})
export type Cost = z.infer<typeof Cost>

/** What an answer had come to, however it ended; what a provider did not count is estimated. */
export const AnswerEnd = z.object({
  usage: Usage.nullable(),
  firstOutputMs: z.number().nullable(),
  durationMs: z.number(),
  /** Null where no price is known, or no tokens were told. */
  cost: Cost.nullable(),
})
export type AnswerEnd = z.infer<typeof AnswerEnd>

export const ChatEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started'), requestId: RequestId }),
  /** The whole attempt each time it changes; replace by `number`. */
  z.object({ kind: z.literal('attempt'), attempt: AttemptView, standIn: StandIn.exactOptional() }),
  z.object({ kind: z.literal('parked'), untilMs: z.number().nullable() }),
  z.object({ kind: z.literal('reasoning'), text: z.string() }),
  /** Reasoning is over, whatever comes next. */
  z.object({ kind: z.literal('reasoned'), durationMs: z.number() }),
  z.object({ kind: z.literal('text'), text: z.string() }),
  /** Said in the answer's place by a model that will not give one. */
  z.object({ kind: z.literal('refusal'), text: z.string() }),
  /** A piece of one call: what is null came before or comes later, `argumentsText` is added to what there was. */
  z.object({
    kind: z.literal('tool-call'),
    index: z.number().int().min(0),
    id: z.string().nullable(),
    name: z.string().nullable(),
    argumentsText: z.string(),
  }),
  AnswerEnd.extend({ kind: z.literal('done'), finishReason: z.string().nullable() }),
  /** Without an end where the request did not even begin. */
  z.object({ kind: z.literal('failed'), failure: RequestFailure, end: AnswerEnd.exactOptional() }),
])
export type ChatEvent = z.infer<typeof ChatEvent>
