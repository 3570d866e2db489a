import { describe, expect, it } from 'vitest'
import { createPlaygroundStore } from '../../../renderer/features/playground/playground-store.ts'
import { createPushStream } from './push-stream.ts'
import type { ChatEvent, ChatInput } from '../../../shared/chat.ts'
import type { KeyId } from '../../../shared/identity.ts'
import { modelA } from '../live-events.ts'

const done: ChatEvent = { kind: 'done', finishReason: 'stop', usage: null, firstOutputMs: 1, durationMs: 2, cost: null }

function aPlayground() {
  const calls: { input: ChatInput; signal: AbortSignal; stream: ReturnType<typeof createPushStream<ChatEvent>> }[] = []
  const frames: (() => void)[] = []
  let ids = 0
  const store = createPlaygroundStore({
    chat: (input, signal) => {
      const stream = createPushStream<ChatEvent>(signal)
      calls.push({ input, signal, stream })
      return Promise.resolve(stream)
    },
    nextFrame: (task) => void frames.push(task),
    newId: () => `turn-${(ids += 1)}`,
  })
  store.getState().aim({ modelId: modelA, keyId: null })
  const call = (index: number) => {
    const found = calls[index]
    if (!found) throw new Error(`there is no call ${index}`)
    return found
  }
  const last = () => store.getState().turns.at(-1)?.answer
  /** Lets the stream be read and the frame be drawn. */
  const draw = async () => {
    for (let turn = 0; turn < 2_000; turn += 1) await Promise.resolve()
    for (const frame of frames.splice(0)) frame()
  }
  return { store, calls, call, frames, last, draw }
}

describe('the playground', () => {
  it('renders once a frame, however many tokens came', async () => {
    const { store, call, frames, last, draw } = aPlayground()
    store.getState().send('hello')
    let renders = 0
    store.subscribe(() => (renders += 1))
    await draw()
    for (let index = 0; index < 200; index += 1) call(0).stream.push({ kind: 'text', text: 'x' })
    await draw()
    expect(frames).toHaveLength(0)
    expect(last()?.text).toHaveLength(200)
    expect(renders).toBe(1)
  })

  it('sends the conversation so far, the parameters and the pinned key', async () => {
    const { store, call, draw } = aPlayground()
    store.getState().aim({ modelId: modelA, keyId: 'k2' as KeyId })
    store.getState().setParameters({ system: 'Be brief.', temperature: 0.5, maxTokens: 100 })
    store.getState().send('one')
    await draw()
    call(0).stream.push({ kind: 'text', text: 'first' })
    call(0).stream.push(done)
    call(0).stream.end()
    await draw()
    store.getState().send('two')
    expect(call(1).input).toEqual({
      modelId: modelA,
      keyId: 'k2',
      parameters: { temperature: 0.5, maxTokens: 100 },
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'one' },
        { role: 'assistant', content: 'first' },
        { role: 'user', content: 'two' },
      ],
    })
  })

  it('sends nothing for an empty question, without a model, or while an answer is running', () => {
    const { store, calls } = aPlayground()
    store.getState().send(' \n ')
    store.getState().aim({ modelId: null, keyId: null })
    store.getState().send('to nobody')
    expect(calls).toHaveLength(0)
    store.getState().aim({ modelId: modelA, keyId: null })
    store.getState().send('one')
    store.getState().send('two')
    expect(calls).toHaveLength(1)
  })

  it('keeps the partial text when it is stopped, and aborts the call', async () => {
    const { store, call, last, draw } = aPlayground()
    store.getState().send('long story')
    await draw()
    call(0).stream.push({ kind: 'text', text: 'Once upon' })
    await draw()
    store.getState().stop()
    call(0).stream.push({ kind: 'text', text: ' a time' })
    await draw()
    expect(call(0).signal.aborted).toBe(true)
    expect(last()).toMatchObject({ status: 'stopped', text: 'Once upon' })
  })

  it('puts the new answer in the place of the old one on a retry', async () => {
    const { store, call, calls, draw } = aPlayground()
    store.getState().send('again?')
    await draw()
    call(0).stream.fail(new Error('lost'))
    await draw()
    expect(store.getState().turns[0]?.answer.status).toBe('failed')
    store.getState().retry()
    expect(store.getState().turns).toHaveLength(1)
    expect(calls[1]?.input.messages).toEqual([{ role: 'user', content: 'again?' }])
  })

  it('shows all that arrived before the call broke', async () => {
    const { store, call, last, draw } = aPlayground()
    store.getState().send('hello')
    await draw()
    call(0).stream.push({ kind: 'text', text: 'part' })
    call(0).stream.fail(new Error('lost'))
    await draw()
    expect(last()).toMatchObject({ status: 'failed', text: 'part' })
  })

  it('brings back the conversation that a new one replaced', async () => {
    const { store, draw } = aPlayground()
    store.getState().send('one')
    await draw()
    store.getState().startOver()
    expect(store.getState().turns).toEqual([])
    store.getState().bringBack()
    expect(store.getState().turns.map((turn) => turn.question)).toEqual(['one'])
    expect(store.getState().turns[0]?.answer.status).toBe('stopped')
  })
})
