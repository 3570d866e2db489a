/** An answer is what its events said, in order; stopping it keeps what had arrived. */
import type { ChatEvent, ChatMessage, Cost } from '../../../shared/chat.ts'
import type { KeyId, ModelId } from '../../../shared/identity.ts'
import type { AttemptView, RequestFailure, Usage } from '../../../shared/request.ts'
import { cutOff } from '../../../shared/cut-off.ts'

export type AnswerStatus = 'waiting' | 'parked' | 'streaming' | 'done' | 'stopped' | 'failed'

/** A call that the model wants made; its arguments are text that should be JSON, and may break off. */
export interface ToolCall {
  index: number
  id: string | null
  name: string | null
  argumentsText: string
}

export interface Answer {
  status: AnswerStatus
  requestId: string | null
  text: string
  reasoning: string
  /** How long it thought, once that is over. */
  reasoningMs?: number
  /** Its text says why there is no answer. */
  isRefusal?: true
  toolCalls: readonly ToolCall[]
  attempts: readonly AttemptView[]
  parkedUntilMs: number | null
  usage: Usage | null
  firstOutputMs: number | null
  durationMs: number | null
  finishReason: string | null
  cost: Cost | null
  failure: RequestFailure | null
  /** What the call itself threw, when main could not even be asked. */
  thrown: unknown
}

export const newAnswer: Answer = {
  status: 'waiting',
  requestId: null,
  text: '',
  reasoning: '',
  toolCalls: [],
  attempts: [],
  parkedUntilMs: null,
  usage: null,
  firstOutputMs: null,
  durationMs: null,
  finishReason: null,
  cost: null,
  failure: null,
  thrown: null,
}

export const isOpen = ({ status }: Answer): boolean =>
  status === 'waiting' || status === 'parked' || status === 'streaming'

export function heard(answer: Answer, event: ChatEvent): Answer {
  if (!isOpen(answer)) return answer
  switch (event.kind) {
    case 'started':
      return { ...answer, requestId: event.requestId }
    case 'attempt':
      return { ...answer, status: leaveParking(answer), attempts: withAttempt(answer.attempts, event.attempt) }
    case 'parked':
      return { ...answer, status: 'parked', parkedUntilMs: event.untilMs }
    case 'reasoning':
      return { ...answer, status: 'streaming', reasoning: answer.reasoning + event.text }
    case 'reasoned':
      return { ...answer, reasoningMs: event.durationMs }
    case 'refusal':
      return { ...answer, status: 'streaming', text: answer.text + event.text, isRefusal: true }
    case 'text':
      return { ...answer, status: 'streaming', text: answer.text + event.text }
    case 'tool-call':
      return { ...answer, status: 'streaming', toolCalls: withToolCall(answer.toolCalls, event) }
    case 'done': {
      const { usage, firstOutputMs, durationMs, finishReason, cost } = event
      return { ...answer, status: 'done', usage, firstOutputMs, durationMs, finishReason, cost }
    }
    case 'failed':
      break
  }
  return { ...answer, status: 'failed', failure: event.failure }
}

function withToolCall(calls: readonly ToolCall[], piece: ToolCall): ToolCall[] {
  const { index, id, name, argumentsText } = piece
  const before = calls.find((call) => call.index === index)
  const call = {
    index,
    id: id ?? before?.id ?? null,
    name: name ?? before?.name ?? null,
    argumentsText: (before?.argumentsText ?? '') + argumentsText,
  }
  return [...calls.filter((other) => other.index !== index), call].sort((a, b) => a.index - b.index)
}

const leaveParking = ({ status }: Answer): AnswerStatus => (status === 'parked' ? 'waiting' : status)

function withAttempt(attempts: readonly AttemptView[], attempt: AttemptView): AttemptView[] {
  return [...attempts.filter(({ number }) => number !== attempt.number), attempt].sort((a, b) => a.number - b.number)
}

/** Dropping the stream aborts the upstream request, so that a running attempt ends here as well. */
export function stopped(answer: Answer): Answer {
  if (!isOpen(answer)) return answer
  const attempts = answer.attempts.map((attempt) =>
    attempt.outcome === null ? { ...attempt, outcome: cutOff } : attempt,
  )
  return { ...answer, status: 'stopped', attempts }
}

export const broke = (answer: Answer, thrown: unknown): Answer =>
  isOpen(answer) ? { ...answer, status: 'failed', thrown } : answer

/** Generation speed after the first token; null when the provider told no usage or nothing was measured. */
export function tokensPerSecond({ usage, firstOutputMs, durationMs }: Answer): number | null {
  if (usage === null || durationMs === null || firstOutputMs === null || durationMs <= firstOutputMs) return null
  return usage.completionTokens / ((durationMs - firstOutputMs) / 1_000)
}

export interface Turn {
  id: string
  question: string
  /** What it was sent to, which may no longer be what is aimed at. */
  modelId: ModelId
  keyId: KeyId | null
  answer: Answer
}

/** The conversation as the model gets it: earlier questions with the answers they got, and the new question. */
export function messagesFor(turns: readonly Turn[], question: string, system: string): ChatMessage[] {
  const messages: ChatMessage[] = system.trim() === '' ? [] : [{ role: 'system', content: system }]
  for (const turn of turns) {
    if (turn.answer.text === '') continue
    messages.push({ role: 'user', content: turn.question }, { role: 'assistant', content: turn.answer.text })
  }
  messages.push({ role: 'user', content: question })
  return messages
}
