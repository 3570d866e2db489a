import { randomUUID } from 'node:crypto'
import type { AnswerRecord, ConversationChange, MessageNode, Pane, Preset } from '../../shared/conversation.ts'
import type { ConversationId, PresetId } from '../../shared/conversation.ts'
import type { ModelId } from '../../shared/identity.ts'

const modelId = 'm1' as ModelId

export const anAnswerRecord: AnswerRecord = {
  status: 'done',
  requestId: null,
  text: 'An answer.',
  reasoning: '',
  toolCalls: [],
  attempts: [],
  usage: null,
  firstOutputMs: null,
  durationMs: null,
  finishReason: 'stop',
  cost: null,
  failure: null,
}

export const aQuestion = (id: string, content: string, parentId: string | null = null): MessageNode => ({
  kind: 'question',
  id,
  parentId,
  atMs: 1,
  content,
})

export const anAnswer = (id: string, text: string, parentId: string): MessageNode => ({
  kind: 'answer',
  id,
  parentId,
  atMs: 2,
  modelId,
  modelName: 'glm-4.7',
  keyId: null,
  answer: { ...anAnswerRecord, text },
})

export const aPane = (...messages: MessageNode[]): Pane => ({
  id: 'pane-1',
  modelId,
  keyId: null,
  chosen: {},
  messages,
})

/** A conversation that was never saved. */
export const aConversation = (over: Partial<ConversationChange> = {}): ConversationChange => ({
  id: randomUUID() as ConversationId,
  revision: 0,
  title: 'About cats',
  system: '',
  parameters: {},
  panes: [aPane(aQuestion('q1', 'What is a cat?'), anAnswer('a1', 'A small animal.', 'q1'))],
  ...over,
})

export const aPreset = (over: Partial<Preset> = {}): Preset => ({
  id: randomUUID() as PresetId,
  name: 'Brief',
  system: 'Be brief.',
  parameters: { temperature: 0.2 },
  ...over,
})
