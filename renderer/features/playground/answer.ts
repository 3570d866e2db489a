/** An answer is what its events said, in order; stopping it keeps what had arrived. */
import type { AnswerEnd, ChatEvent } from '../../../shared/chat.ts'
import type { AnswerRecord, ToolCall } from '../../../shared/conversation.ts'
import type { AttemptView } from '../../../shared/request.ts'
import { cutOff } from '../../../shared/cut-off.ts'

export type AnswerStatus = 'waiting' | 'parked' | 'streaming' | 'done' | 'stopped' | 'failed'

export interface Answer extends Omit<AnswerRecord, 'status'> {
  status: AnswerStatus
  parkedUntilMs: number | null
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
      return {
        ...answer,
        status: leaveParking(answer),
        attempts: withAttempt(answer.attempts, event.attempt),
        ...standInOf(event),
      }
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
  return { ...answer, status: 'failed', failure: event.failure, ...event.end }
}

const standInOf = ({ standIn }: Extract<ChatEvent, { kind: 'attempt' }>) => (standIn ? { standIn } : {})

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

/** What a stopped answer had come to is heard after it was stopped. */
export const withEnd = (answer: Answer, end: AnswerEnd): Answer =>
  answer.status === 'stopped' ? { ...answer, ...end } : answer

export const broke = (answer: Answer, thrown: unknown): Answer =>
  isOpen(answer) ? { ...answer, status: 'failed', thrown } : answer

/** Generation speed after the first token; null when the provider told no usage or nothing was measured. */
export function tokensPerSecond({ usage, firstOutputMs, durationMs }: Answer): number | null {
  if (usage === null || durationMs === null || firstOutputMs === null || durationMs <= firstOutputMs) return null
  return usage.completionTokens / ((durationMs - firstOutputMs) / 1_000)
}

/** As it is kept: one that has not ended is kept as if it were stopped here, because it ends with the page. */
export function recordOf(answer: Answer): AnswerRecord {
  const { status, parkedUntilMs: _waits, thrown: _thrown, ...kept } = stopped(answer)
  return { ...kept, status: status === 'done' || status === 'failed' ? status : 'stopped' }
}

export const answerOf = (record: AnswerRecord): Answer => ({ ...record, parkedUntilMs: null, thrown: null })
