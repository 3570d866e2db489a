import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  broke,
  heard,
  messagesFor,
  newAnswer,
  stopped,
  tokensPerSecond,
  type Answer,
} from '../../../renderer/features/playground/answer.ts'
import type { ChatEvent, ChatMessage } from '../../../shared/chat.ts'
import type { KeyId, RequestId } from '../../../shared/identity.ts'
import type { AttemptView } from '../../../shared/request.ts'
import { anOutcome, modelA } from '../live-events.ts'

const anAttempt = (number: number, more: Partial<AttemptView> = {}): AttemptView => ({
  number,
  keyId: `k${number}` as KeyId,
  keyLabel: `acct-${number}`,
  startedAtMs: 0,
  durationMs: null,
  probe: false,
  outcome: null,
  ...more,
})

const text = (words: string): ChatEvent => ({ kind: 'text', text: words })
const done: ChatEvent = {
  kind: 'done',
  finishReason: 'stop',
  usage: { promptTokens: 10, completionTokens: 120 },
  firstOutputMs: 500,
  durationMs: 2_500,
  cost: null,
}
const said = ({ role, content }: ChatMessage) => `${role}: ${JSON.stringify(content)}`
const listen = (...events: ChatEvent[]): Answer => events.reduce(heard, newAnswer)

describe('an answer', () => {
  it('is the text that arrived, in order, however it was cut', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (parts) => {
        expect(listen(...parts.map(text), done).text).toBe(parts.join(''))
      }),
    )
  })

  it('keeps its trail in order, each attempt as it was told last', () => {
    const failed = anAttempt(1, { durationMs: 30, outcome: anOutcome('rate-limited') })
    const answer = listen(
      { kind: 'started', requestId: 'r' as RequestId },
      { kind: 'attempt', attempt: anAttempt(1) },
      { kind: 'attempt', attempt: anAttempt(2) },
      { kind: 'attempt', attempt: failed },
    )
    expect(answer.requestId).toBe('r')
    expect(answer.attempts).toEqual([failed, anAttempt(2)])
  })

  it('waits while it is parked and goes on with the next attempt', () => {
    const parked = listen({ kind: 'parked', untilMs: 9_000 })
    expect(parked).toMatchObject({ status: 'parked', parkedUntilMs: 9_000 })
    expect(heard(parked, { kind: 'attempt', attempt: anAttempt(1) }).status).toBe('waiting')
  })

  it('keeps its text when it is stopped, ends the running attempt and hears nothing more', () => {
    const answer = stopped(listen({ kind: 'attempt', attempt: anAttempt(1) }, text('half an ')))
    expect(answer).toMatchObject({ status: 'stopped', text: 'half an ' })
    expect(answer.attempts[0]?.outcome?.kind).toBe('cancelled')
    expect(heard(answer, text('answer'))).toBe(answer)
    expect(stopped(answer)).toBe(answer)
  })

  it('stays done when the connection breaks afterwards', () => {
    const answer = listen(text('all'), done)
    expect(broke(answer, new Error('lost'))).toBe(answer)
    expect(stopped(answer)).toBe(answer)
  })

  it('measures its speed from the first token on, and knows none without usage', () => {
    expect(tokensPerSecond(listen(text('x'), done))).toBe(60)
    expect(tokensPerSecond(listen(text('x'), { ...done, usage: null }))).toBeNull()
    expect(tokensPerSecond(listen(text('x'), { ...done, firstOutputMs: null }))).toBeNull()
    expect(tokensPerSecond(listen(text('x'), { ...done, firstOutputMs: 2_500 }))).toBeNull()
  })
})

describe('the messages of a conversation', () => {
  const sentTo = { modelId: modelA, keyId: null }
  const turns = [
    { ...sentTo, id: '1', question: 'one', answer: listen(text('first'), done) },
    { ...sentTo, id: '2', question: 'two', answer: broke(newAnswer, new Error('lost')) },
    { ...sentTo, id: '3', question: 'three', answer: stopped(listen(text('part'))) },
  ]

  it('are the questions that got an answer, also a stopped one, and the new question last', () => {
    expect(messagesFor(turns, 'four', '').map(said)).toEqual([
      'user: "one"',
      'assistant: "first"',
      'user: "three"',
      'assistant: "part"',
      'user: "four"',
    ])
  })

  it('begin with the system prompt when there is one', () => {
    expect(messagesFor([], 'hi', 'Be brief.')[0]).toEqual({ role: 'system', content: 'Be brief.' })
    expect(messagesFor([], 'hi', '  ')).toHaveLength(1)
  })
})
