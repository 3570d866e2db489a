import { describe, expect, it } from 'vitest'
import { createReasoningTime } from '../../electron/playground/reasoning-time.ts'
import type { ChatEvent } from '../../shared/chat.ts'

const reasoning: ChatEvent = { kind: 'reasoning', text: 'hm' }
const text: ChatEvent = { kind: 'text', text: 'so' }

function aTimer() {
  let now = 1_000
  const time = createReasoningTime(() => now)
  return {
    ...time,
    after(ms: number, event: ChatEvent) {
      now += ms
      return time.follow(event)
    },
  }
}

describe('how long a model thought', () => {
  it('is from its first reasoning to its first other output, and is told once, before that', () => {
    const timer = aTimer()
    expect(timer.after(0, reasoning)).toEqual([reasoning])
    expect(timer.after(400, reasoning)).toEqual([reasoning])
    expect(timer.after(100, text)).toEqual([{ kind: 'reasoned', durationMs: 500 }, text])
    expect(timer.after(100, text)).toEqual([text])
    expect(timer.end()).toEqual([])
  })

  it('is told at the end when nothing else came', () => {
    const timer = aTimer()
    timer.after(0, reasoning)
    timer.after(250, reasoning)
    expect(timer.end()).toEqual([{ kind: 'reasoned', durationMs: 250 }])
  })

  it('is not told of a model that did not think', () => {
    const timer = aTimer()
    expect(timer.after(5, text)).toEqual([text])
    expect(timer.end()).toEqual([])
  })
})
