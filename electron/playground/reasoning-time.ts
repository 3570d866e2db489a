import type { ChatEvent } from '../../shared/chat.ts'

/** Follows an answer's pieces and says once how long the model thought: from its first reasoning to the first other output. */
export function createReasoningTime(nowMs: () => number) {
  let beganMs: number | null = null
  let isTold = false

  const told = (): ChatEvent[] => {
    if (beganMs === null || isTold) return []
    isTold = true
    return [{ kind: 'reasoned', durationMs: nowMs() - beganMs }]
  }

  return {
    /** The event itself, after what it ends. */
    follow: (event: ChatEvent): ChatEvent[] => {
      if (event.kind !== 'reasoning') return [...told(), event]
      beganMs ??= nowMs()
      return [event]
    },
    /** When nothing but reasoning came. */
    end: told,
  }
}
