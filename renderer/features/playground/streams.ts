// Answers that are on their way. Each streams, is stopped and fails alone; what arrives is handed on once a frame.
import type { ChatEvent, ChatInput } from '../../../shared/chat.ts'
import { broke, heard, stopped, type Answer } from './answer.ts'
import type { AnswerEdits } from './pane.ts'

export interface StreamsDeps {
  chat: (input: ChatInput, signal: AbortSignal) => Promise<AsyncIterable<ChatEvent>>
  /** Runs once before the next frame is drawn, so that fast answers render once a frame and not once a token. */
  nextFrame: (task: () => void) => void
  edit: (edits: AnswerEdits) => void
}

export type Streams = ReturnType<typeof createStreams>

export function createStreams({ chat, nextFrame, edit }: StreamsDeps) {
  const running = new Map<string, AbortController>()
  const frames = batched<{ id: string; event: ChatEvent }>(nextFrame, (items) => {
    const byId = Map.groupBy(items, ({ id }) => id)
    edit(new Map([...byId].map(([id, heards]) => [id, (answer) => heards.reduce(hear, answer)])))
  })
  const change = (id: string, how: (answer: Answer) => Answer) => edit(new Map([[id, how]]))

  async function follow(id: string, input: ChatInput, { signal }: AbortController): Promise<void> {
    try {
      for await (const event of await chat(input, signal)) if (!signal.aborted) frames.push({ id, event })
      frames.flush()
      // A stream that just ends has said neither `done` nor `failed`: what arrived is kept.
      change(id, stopped)
    } catch (error) {
      frames.flush()
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
      frames.flush()
      for (const id of ids) running.get(id)?.abort()
      edit(new Map(ids.map((id) => [id, stopped])))
    },
  }
}

const hear = (answer: Answer, { event }: { event: ChatEvent }): Answer => heard(answer, event)

/** Gathers what is pushed and hands it on together, once a frame or when it is flushed. */
function batched<T>(nextFrame: (task: () => void) => void, handle: (items: T[]) => void) {
  let waiting: T[] = []
  let asked = false
  const flush = () => {
    asked = false
    const items = waiting
    waiting = []
    if (items.length > 0) handle(items)
  }
  return {
    push(item: T) {
      waiting.push(item)
      if (asked) return
      asked = true
      nextFrame(flush)
    },
    flush,
  }
}
