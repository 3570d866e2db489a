// A pane is a column of the chat: what it aims at, and the tree of what was asked and answered in it.
import type { ChatContent, ChatMessage } from '../../../shared/chat.ts'
import type { MessageNode, Pane } from '../../../shared/conversation.ts'
import type { KeyId, ModelId } from '../../../shared/identity.ts'
import { added, ancestorsOf, pathOf, replaced, type MessageTree } from '../../../shared/message-tree.ts'
import { answerOf, isOpen, newAnswer, recordOf, type Answer } from './answer.ts'

interface Place {
  id: string
  parentId: string | null
  atMs: number
}

export interface Question extends Place {
  kind: 'question'
  content: ChatContent
}

export interface Reply extends Place {
  kind: 'answer'
  /** What it was sent to, which may no longer be what is aimed at. */
  modelId: ModelId
  modelName: string
  keyId: KeyId | null
  answer: Answer
}

export type Message = Question | Reply

export interface Target {
  modelId: ModelId | null
  /** Null lets every key take its turn. */
  keyId: KeyId | null
}

export interface ChatPane extends MessageTree<Message>, Target {
  id: string
}

export const newPane = (id: string, target: Target = { modelId: null, keyId: null }): ChatPane => ({
  id,
  ...target,
  chosen: {},
  messages: [],
})

/** A question and the answer to it that is shown, where there is one. */
export interface Turn {
  question: Question
  reply: Reply | null
}

export function turnsOf(pane: ChatPane): Turn[] {
  const path = pathOf(pane)
  return path.flatMap((message, index) => {
    if (message.kind !== 'question') return []
    const next = path[index + 1]
    return [{ question: message, reply: next?.kind === 'answer' ? next : null }]
  })
}

export const runningIn = ({ messages }: ChatPane): Reply[] =>
  messages.filter((message) => message.kind === 'answer' && isOpen(message.answer)) as Reply[]

export const isRunning = (pane: ChatPane): boolean => runningIn(pane).length > 0

export interface Asking extends Place {
  modelId: ModelId
  modelName: string
  keyId: KeyId | null
}

/** One more answer to a question, which nothing has been heard of yet. */
export const withReply = (pane: ChatPane, asking: Asking): ChatPane => ({
  ...pane,
  ...added<Message>(pane, { kind: 'answer', ...asking, answer: newAnswer }),
})

export const withQuestion = (pane: ChatPane, question: Omit<Question, 'kind'>): ChatPane => ({
  ...pane,
  ...added<Message>(pane, { kind: 'question', ...question }),
})

export type AnswerEdits = ReadonlyMap<string, (answer: Answer) => Answer>

/** The same pane where none of the answers is its own. */
export function withEdits(pane: ChatPane, edits: AnswerEdits): ChatPane {
  const own = pane.messages.filter(({ id }) => edits.has(id))
  return own.reduce((at, { id }) => ({ ...at, ...replaced(at, id, edited(edits)) }), pane)
}

const edited = (edits: AnswerEdits) => (message: Message) => {
  const edit = edits.get(message.id)
  return edit && message.kind === 'answer' ? { ...message, answer: edit(message.answer) } : message
}

/** The conversation as the model gets it: earlier questions with the answers they got, and the question itself. */
export const messagesFor = (pane: ChatPane, question: Question, system: string): ChatMessage[] => [
  ...messagesBefore(pane, question.id, system),
  { role: 'user', content: question.content },
]

/** What goes before a question that the pane holds, or before another in its place. */
export const messagesBefore = (pane: ChatPane, questionId: string, system: string): ChatMessage[] =>
  sentBefore(ancestorsOf<Message>(pane, questionId), system)

/** What would go before the next question. */
export const messagesIn = (pane: ChatPane, system: string): ChatMessage[] => sentBefore(pathOf<Message>(pane), system)

/** A question that got no answer is not asked again. */
function sentBefore(before: readonly Message[], system: string): ChatMessage[] {
  const messages: ChatMessage[] = system.trim() === '' ? [] : [{ role: 'system', content: system }]
  for (const [index, asked] of before.entries()) {
    const reply = before[index + 1]
    if (asked.kind !== 'question' || reply?.kind !== 'answer' || reply.answer.text === '') continue
    messages.push({ role: 'user', content: asked.content }, { role: 'assistant', content: reply.answer.text })
  }
  return messages
}

export const nodeOf = (message: Message): MessageNode =>
  message.kind === 'question' ? message : { ...message, answer: recordOf(message.answer) }

export const paneOf = (pane: Pane): ChatPane => ({
  ...pane,
  messages: pane.messages.map((node) => (node.kind === 'question' ? node : { ...node, answer: answerOf(node.answer) })),
})
