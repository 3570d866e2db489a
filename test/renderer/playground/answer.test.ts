import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  answerOf,
  broke,
  heard,
  newAnswer,
  recordOf,
  stopped,
  tokensPerSecond,
  type Answer,
} from '../../../renderer/features/playground/answer.ts'
import { cutOff } from '../../../shared/cut-off.ts'
import type { ChatEvent } from '../../../shared/chat.ts'
import type { KeyId, RequestId } from '../../../shared/identity.ts'
import type { AttemptView } from '../../../shared/request.ts'
import { anOutcome } from '../live-events.ts'

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

describe('an answer that is kept', () => {
  it('comes back as it was', () => {
    const answer = listen(text('x'), done)
    expect(answerOf(recordOf(answer))).toEqual(answer)
  })

  it('is kept as stopped while it streams, because it ends with the page', () => {
    const streaming = listen({ kind: 'attempt', attempt: anAttempt(1) }, text('so far'))
    expect(recordOf(streaming)).toMatchObject({ status: 'stopped', text: 'so far', attempts: [{ outcome: cutOff }] })
  })

  it('has nothing of what the page alone knows', () => {
    const kept = recordOf(broke(listen({ kind: 'parked', untilMs: 5 }), new Error('lost')))
    expect(Object.keys(kept)).not.toContain('thrown')
    expect(Object.keys(kept)).not.toContain('parkedUntilMs')
  })
})
