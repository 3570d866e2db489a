import * as z from 'zod'
import { ChatParameters, Cost, ImagePart, TextPart } from './chat.ts'
import { maxMessageLength, maxPromptParts } from './chat-limits.ts'
import { maxPanes, maxPresetName, maxSystemLength, maxTitle } from './conversation-limits.ts'
import { AtMs, KeyId, ModelId } from './identity.ts'
import { hasItsImages } from './kept-images.ts'
import { AttemptView, RequestFailure, StandIn, Usage } from './request.ts'

/** A UUID: the name of the conversation's file is made of it. */
const uuid = z.string().regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)

export const ConversationId = uuid.brand('ConversationId')
export type ConversationId = z.infer<typeof ConversationId>

const nodeId = z.string().min(1).max(64)

/** A call that the model wants made; its arguments are text that should be JSON, and may break off. */
export const ToolCall = z.object({
  index: z.number().int().min(0),
  id: z.string().nullable(),
  name: z.string().nullable(),
  argumentsText: z.string(),
})
export type ToolCall = z.infer<typeof ToolCall>

/** An answer that has come to its end, one way or another. */
export const AnswerRecord = z.object({
  status: z.enum(['done', 'stopped', 'failed']),
  requestId: z.string().nullable(),
  text: z.string(),
  reasoning: z.string(),
  /** How long it thought, once that is over. */
  reasoningMs: z.number().exactOptional(),
  /** Its text says why there is no answer. */
  isRefusal: z.literal(true).exactOptional(),
  toolCalls: z.array(ToolCall).readonly(),
  attempts: z.array(AttemptView).readonly(),
  /** The model that answered in the place of the one that was asked. */
  standIn: StandIn.exactOptional(),
  usage: Usage.nullable(),
  firstOutputMs: z.number().nullable(),
  durationMs: z.number().nullable(),
  finishReason: z.string().nullable(),
  cost: Cost.nullable(),
  failure: RequestFailure.nullable(),
})
export type AnswerRecord = z.infer<typeof AnswerRecord>

const place = { id: nodeId, parentId: nodeId.nullable(), atMs: AtMs }

/** An image stands there itself, as it always did in older files, or is named by its place among the conversation's. */
const KeptImage = ImagePart.extend({ dataUrl: z.union([ImagePart.shape.dataUrl, z.string().regex(/^image:\d{1,5}$/)]) })
const KeptContent = z.union([
  z.string().max(maxMessageLength),
  z
    .array(z.discriminatedUnion('type', [TextPart, KeptImage]))
    .min(1)
    .max(maxPromptParts),
])
const images = z.array(ImagePart.shape.dataUrl).exactOptional()

export const QuestionNode = z.object({ kind: z.literal('question'), ...place, content: KeptContent })
export const AnswerNode = z.object({
  kind: z.literal('answer'),
  ...place,
  /** What it was sent to, which may no longer be what the pane aims at, nor be there any more. */
  modelId: ModelId,
  modelName: z.string(),
  keyId: KeyId.nullable(),
  answer: AnswerRecord,
})
export const MessageNode = z.discriminatedUnion('kind', [QuestionNode, AnswerNode])
export type MessageNode = z.infer<typeof MessageNode>

/** One column: what its questions go to, and all that was ever asked and answered in it, as a tree. */
export const Pane = z.object({
  id: nodeId,
  modelId: ModelId.nullable(),
  /** Null lets every key take its turn. */
  keyId: KeyId.nullable(),
  /** Which of its children each message goes on with, where it is not the newest; '' is before the first message. */
  chosen: z.record(z.string().max(64), nodeId),
  messages: z.array(MessageNode).max(10_000),
})
export type Pane = z.infer<typeof Pane>

const settings = { system: z.string().max(maxSystemLength), parameters: ChatParameters }
const title = z.string().trim().max(maxTitle)

export const Conversation = z
  .object({
    id: ConversationId,
    /** Counts what was saved, so that a page notices that another one saved in between. */
    revision: z.number().int().min(1),
    title,
    createdAtMs: AtMs,
    updatedAtMs: AtMs,
    ...settings,
    panes: z.array(Pane).min(1).max(maxPanes),
    images,
  })
  .refine(hasItsImages)
export type Conversation = z.infer<typeof Conversation>

/** What has changed since `revision`: messages that are not named stay, and a pane that is not named goes. */
export const ConversationChange = z
  .object({
    id: ConversationId,
    /** 0 for one that was never saved. */
    revision: z.number().int().min(0),
    /** Holds for one that was never saved; `rename` changes it. */
    title,
    ...settings,
    panes: z.array(Pane).min(1).max(maxPanes),
    images,
  })
  .refine(hasItsImages)
export type ConversationChange = z.infer<typeof ConversationChange>

export const ConversationSummary = z.object({
  id: ConversationId,
  title: z.string(),
  createdAtMs: AtMs,
  updatedAtMs: AtMs,
  /** Of questions and answers, in all branches; a question that went to several panes counts once. */
  messages: z.number().int(),
  models: z.array(z.string()),
})
export type ConversationSummary = z.infer<typeof ConversationSummary>

export const ConversationList = z.object({
  /** The one that was changed last comes first. */
  conversations: z.array(ConversationSummary),
  /** Without a vault there is no key to encrypt with, and nothing is written to the disk. */
  kept: z.enum(['vault', 'memory']),
  /** How many files did not open and were set aside. */
  damaged: z.number().int(),
})
export type ConversationList = z.infer<typeof ConversationList>

export const FoundConversation = z.object({
  id: ConversationId,
  /** The words around what was found; empty where it is in the title. */
  before: z.string(),
  match: z.string(),
  after: z.string(),
})
export type FoundConversation = z.infer<typeof FoundConversation>

export const PresetId = uuid.brand('PresetId')
export type PresetId = z.infer<typeof PresetId>

/** A system prompt and parameters under a name. */
export const Preset = z.object({
  id: PresetId,
  name: z.string().trim().min(1, 'preset_name_empty').max(maxPresetName),
  ...settings,
})
export type Preset = z.infer<typeof Preset>
