/** The conversation lives outside the view, so that switching views in the middle of a stream loses nothing. */
import { createStore } from 'zustand/vanilla'
import type { ChatEvent, ChatInput } from '../../../shared/chat.ts'
import type { KeyId, ModelId } from '../../../shared/identity.ts'
import { broke, heard, isOpen, messagesFor, newAnswer, stopped, type Answer, type Turn } from './answer.ts'

export interface Parameters {
  system: string
  temperature: number | null
  maxTokens: number | null
}

export const defaultParameters: Parameters = { system: '', temperature: null, maxTokens: null }

export interface Target {
  modelId: ModelId | null
  /** Null lets every key take its turn. */
  keyId: KeyId | null
}

export interface PlaygroundState {
  target: Target
  parameters: Parameters
  draft: string
  turns: readonly Turn[]
  /** The conversation that the last new one replaced. */
  previous: readonly Turn[]
  aim: (target: Target) => void
  setParameters: (edit: Partial<Parameters>) => void
  setDraft: (draft: string) => void
  /** Sends the question; nothing happens while an answer is running, or for an empty question. */
  send: (question: string) => void
  /** Asks the last question again; its new answer takes the place of the old one. */
  retry: () => void
  stop: () => void
  startOver: () => void
  bringBack: () => void
}

export interface PlaygroundDeps {
  chat: (input: ChatInput, signal: AbortSignal) => Promise<AsyncIterable<ChatEvent>>
  /** Runs once before the next frame is drawn, so that a fast answer renders once a frame and not once a token. */
  nextFrame: (task: () => void) => void
  newId: () => string
}

export function createPlaygroundStore({ chat, nextFrame, newId }: PlaygroundDeps) {
  let running: AbortController | null = null

  return createStore<PlaygroundState>((set, get) => {
    const editAnswer = (turnId: string, edit: (answer: Answer) => Answer) =>
      set(({ turns }) => ({
        turns: turns.map((turn) => (turn.id === turnId ? { ...turn, answer: edit(turn.answer) } : turn)),
      }))

    const follow = async (turnId: string, input: ChatInput, control: AbortController) => {
      const frames = batched<ChatEvent>(nextFrame, (events) => {
        if (!control.signal.aborted) editAnswer(turnId, (answer) => events.reduce(heard, answer))
      })
      try {
        for await (const event of await chat(input, control.signal)) frames.push(event)
        frames.flush()
        // A stream that just ends has said neither `done` nor `failed`: what arrived is kept.
        editAnswer(turnId, stopped)
      } catch (error) {
        frames.flush()
        if (!control.signal.aborted) editAnswer(turnId, (answer) => broke(answer, error))
      } finally {
        if (running === control) running = null
      }
    }

    const ask = (turnId: string, question: string, earlier: readonly Turn[]) => {
      const { target, parameters } = get()
      const { modelId, keyId } = target
      if (modelId === null) return
      const control = new AbortController()
      running = control
      set({ turns: [...earlier, { id: turnId, question, modelId, keyId, answer: newAnswer }] })
      const { temperature, maxTokens, system } = parameters
      const messages = messagesFor(earlier, question, system)
      const sent = { ...(temperature !== null && { temperature }), ...(maxTokens !== null && { maxTokens }) }
      void follow(turnId, { modelId, keyId, messages, parameters: sent }, control)
    }

    const isRunning = () => {
      const last = get().turns.at(-1)
      return last !== undefined && isOpen(last.answer)
    }

    const stop = () => {
      const last = get().turns.at(-1)
      running?.abort()
      running = null
      if (last) editAnswer(last.id, stopped)
    }

    return {
      target: { modelId: null, keyId: null },
      parameters: defaultParameters,
      draft: '',
      turns: [],
      previous: [],
      aim: (target) => set({ target }),
      setParameters: (edit) => set(({ parameters }) => ({ parameters: { ...parameters, ...edit } })),
      setDraft: (draft) => set({ draft }),
      send: (question) => {
        if (question.trim() === '' || isRunning() || get().target.modelId === null) return
        set({ draft: '' })
        ask(newId(), question, get().turns)
      },
      retry: () => {
        const { turns } = get()
        const last = turns.at(-1)
        if (last && !isRunning()) ask(newId(), last.question, turns.slice(0, -1))
      },
      stop,
      startOver: () => {
        stop()
        set(({ turns, previous }) => ({ turns: [], previous: turns.length > 0 ? turns : previous }))
      },
      bringBack: () => {
        stop()
        set(({ previous }) => ({ turns: previous, previous: [] }))
      },
    }
  })
}

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
