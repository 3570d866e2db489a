import { createPlaygroundStore } from '../../../renderer/features/playground/playground-store.ts'
import { turnsOf } from '../../../renderer/features/playground/pane.ts'
import type { AnswerEnd, ChatEvent, ChatInput } from '../../../shared/chat.ts'
import { modelA } from '../live-events.ts'
import { createPushStream } from './push-stream.ts'

export const done: ChatEvent = {
  kind: 'done',
  finishReason: 'stop',
  usage: null,
  firstOutputMs: 1,
  durationMs: 2,
  cost: null,
}

/** A playground whose model is the test, one pane aimed at a model, and frames that are drawn when the test says. */
export function aPlayground() {
  const calls: { input: ChatInput; signal: AbortSignal; stream: ReturnType<typeof createPushStream<ChatEvent>> }[] = []
  const frames: (() => void)[] = []
  /** What main knows of an answer that was stopped. */
  const ending: { current: AnswerEnd | null } = { current: null }
  let ids = 0
  const store = createPlaygroundStore({
    chat: (input, signal) => {
      const stream = createPushStream<ChatEvent>(signal)
      calls.push({ input, signal, stream })
      return Promise.resolve(stream)
    },
    ending: () => Promise.resolve(ending.current),
    nextFrame: (task) => void frames.push(task),
    nowMs: () => 0,
    drawn: (edit) => edit(),
    newId: () => `id-${(ids += 1)}`,
    wallMs: () => 1_000,
    modelName: () => 'glm-4.7',
  })
  const state = () => store.getState()
  const pane = (index = 0) => {
    const found = state().panes[index]
    if (!found) throw new Error(`there is no pane ${index}`)
    return found
  }
  const call = (index: number) => {
    const found = calls[index]
    if (!found) throw new Error(`there is no call ${index}`)
    return found
  }
  const turns = (index = 0) => turnsOf(pane(index))
  const last = (index = 0) => turns(index).at(-1)?.reply?.answer
  /** Lets the streams be read and the frame be drawn. */
  const draw = async () => {
    for (let turn = 0; turn < 2_000; turn += 1) await Promise.resolve()
    for (const frame of frames.splice(0)) frame()
  }
  /** The answer of a call, whole. */
  const answer = async (index: number, text: string) => {
    await draw()
    call(index).stream.push({ kind: 'text', text })
    call(index).stream.push(done)
    call(index).stream.end()
    await draw()
    await draw()
  }
  state().aim(pane().id, { modelId: modelA, keyId: null })
  return { store, state, pane, calls, call, ending, frames, turns, last, draw, answer }
}
