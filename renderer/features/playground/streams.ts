// Answers that are on their way. Each streams, is stopped and fails alone; what arrives is handed on frame by frame.
import type { ChatEvent, ChatInput } from '../../../shared/chat.ts'
import { broke, heard, stopped, type Answer } from './answer.ts'
import { createFrameTurns, type FrameTurnsDeps } from './frame-turns.ts'
import type { AnswerEdits } from './pane.ts'

export interface StreamsDeps extends Omit<FrameTurnsDeps<ChatEvent>, 'take'> {
  chat: (input: ChatInput, signal: AbortSignal) => Promise<AsyncIterable<ChatEvent>>
  edit: (edits: AnswerEdits) => void
}

export type Streams = ReturnType<typeof createStreams>

export function createStreams({ chat, edit, ...frames }: StreamsDeps) {
  const running = new Map<string, AbortController>()
  const change = (id: string, how: (answer: Answer) => Answer) => edit(new Map([[id, how]]))
  const turns = createFrameTurns<ChatEvent>({
    ...frames,
    take: (id, events) => change(id, (answer) => events.reduce(heard, answer)),
  })

  async function follow(id: string, input: ChatInput, { signal }: AbortController): Promise<void> {
    try {
      for await (const event of await chat(input, signal)) if (!signal.aborted) turns.push(id, event)
      turns.flush(id)
      // A stream that just ends has said neither `done` nor `failed`: what arrived is kept.
      change(id, stopped)
    } catch (error) {
      turns.flush(id)
      if (!signal.aborted) change(id, (answer) => broke(answer, error))
    } finally {
      running.delete(id)
    }
  }

  return {
    start(id: string, input: ChatInput): void {
      const control = new AbortController()
      running.set(id, control)
      void follow(id, input, control)
    },
    /** What has arrived stays. */
    stop(ids: readonly string[]): void {
      for (const id of ids) {
        turns.flush(id)
        running.get(id)?.abort()
      }
      edit(new Map(ids.map((id) => [id, stopped])))
    },
  }
}
