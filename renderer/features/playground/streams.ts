// Answers that are on their way. Each streams, is stopped and fails alone; what arrives is handed on frame by frame.
import type { AnswerEnd, ChatEvent, ChatInput } from '../../../shared/chat.ts'
import type { RequestId } from '../../../shared/identity.ts'
import { broke, heard, stopped, withEnd, type Answer } from './answer.ts'
import { createFrameTurns, type FrameTurnsDeps } from './frame-turns.ts'
import type { AnswerEdits } from './pane.ts'

export interface StreamsDeps extends Omit<FrameTurnsDeps<ChatEvent>, 'take'> {
  chat: (input: ChatInput, signal: AbortSignal) => Promise<AsyncIterable<ChatEvent>>
  /** What an answer that was stopped had come to. */
  ending: (requestId: RequestId) => Promise<AnswerEnd | null>
  edit: (edits: AnswerEdits) => void
}

export type Streams = ReturnType<typeof createStreams>

export function createStreams({ chat, ending, edit, ...frames }: StreamsDeps) {
  const running = new Map<string, AbortController>()
  const requests = new Map<string, RequestId>()
  const change = (id: string, how: (answer: Answer) => Answer) => edit(new Map([[id, how]]))
  const turns = createFrameTurns<ChatEvent>({
    ...frames,
    take: (id, events) => change(id, (answer) => events.reduce(heard, answer)),
  })

  async function follow(id: string, input: ChatInput, { signal }: AbortController): Promise<void> {
    try {
      for await (const event of await chat(input, signal)) {
        if (signal.aborted) continue
        if (event.kind === 'started') requests.set(id, event.requestId)
        turns.push(id, event)
      }
      turns.flush(id)
      // A stream that just ends has said neither `done` nor `failed`: what arrived is kept.
      change(id, stopped)
    } catch (error) {
      turns.flush(id)
      if (!signal.aborted) change(id, (answer) => broke(answer, error))
    } finally {
      running.delete(id)
      requests.delete(id)
    }
  }

  async function learnEnd(id: string, requestId: RequestId): Promise<void> {
    // Main cannot be asked: the answer stands without what it came to.
    const end = await ending(requestId).catch(() => null)
    if (end) change(id, (answer) => withEnd(answer, end))
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
      for (const id of ids) {
        const requestId = requests.get(id)
        if (requestId !== undefined) void learnEnd(id, requestId)
      }
    },
  }
}
