/** Test traffic: short chats to one model, at a steady pace or as a burst, until it is stopped. */
import type { ChatEvent, ChatInput } from '../../../shared/chat.ts'
import type { ModelId } from '../../../shared/identity.ts'

export interface TrafficDeps {
  chat: (input: ChatInput, signal: AbortSignal) => Promise<AsyncIterable<ChatEvent>>
  wait: (delayMs: number) => Promise<void>
  onChange: (counts: TrafficCounts) => void
}

export interface TrafficCounts {
  sent: number
  unanswered: number
}

const paceMs = 900
/** A slow answer must not let requests pile up. */
export const mostInFlight = 4

const prompt = 'Say in one short sentence what a key wheel does.'

export function createTraffic({ chat, wait, onChange }: TrafficDeps) {
  let counts: TrafficCounts = { sent: 0, unanswered: 0 }
  let inFlight = 0

  const count = (edit: Partial<TrafficCounts>) => {
    counts = { ...counts, ...edit }
    onChange(counts)
  }

  const sendOne = async (modelId: ModelId, signal: AbortSignal) => {
    inFlight += 1
    count({ sent: counts.sent + 1 })
    try {
      const messages = [{ role: 'user' as const, content: prompt }]
      const input = { modelId, messages, keyId: null, parameters: {} }
      for await (const event of await chat(input, signal)) {
        if (event.kind === 'failed') count({ unanswered: counts.unanswered + 1 })
      }
    } catch {
      // The dashboard shows what became of the request; here it only counts as not answered.
      if (!signal.aborted) count({ unanswered: counts.unanswered + 1 })
    } finally {
      inFlight -= 1
    }
  }

  return {
    /** Sends one request after the other at the pace, until the signal aborts. */
    async run(modelId: ModelId, signal: AbortSignal): Promise<void> {
      while (!signal.aborted) {
        if (inFlight < mostInFlight) void sendOne(modelId, signal)
        await wait(paceMs)
      }
    },
    /** Sends so many requests, a few at a time. */
    async burst(modelId: ModelId, requests: number, signal: AbortSignal): Promise<void> {
      let left = requests
      const sender = async () => {
        while (left > 0 && !signal.aborted) {
          left -= 1
          await sendOne(modelId, signal)
        }
      }
      await Promise.all(Array.from({ length: mostInFlight }, sender))
    },
  }
}
