import { describe, expect, it } from 'vitest'
import { maxMessageLength } from '../../../shared/chat-limits.ts'
import type { ConversationId } from '../../../shared/conversation.ts'
import type { ContentPart } from '../../../shared/chat.ts'
import type { KeyId, RequestId } from '../../../shared/identity.ts'
import { modelA } from '../live-events.ts'
import { aPlayground, done } from './a-playground.ts'

/** Two of them fit into one request, three do not. */
const anImage: ContentPart = {
  type: 'image',
  dataUrl: `data:image/png;base64,${'A'.repeat(4 * 1024 * 1024)}`,
  name: 'cat.png',
  width: 10,
  height: 10,
  bytes: 3 * 1024 * 1024,
}
const rotating = { modelId: modelA, keyId: null }

describe('the playground', () => {
  it('renders a pane once a frame, however many tokens came', async () => {
    const { store, state, call, frames, last, draw } = aPlayground()
    for (let pane = 1; pane < 4; pane += 1) state().addPane(rotating)
    state().send('hello')
    let renders = 0
    store.subscribe(() => (renders += 1))
    await draw()
    for (let index = 0; index < 200; index += 1) call(index % 4).stream.push({ kind: 'text', text: 'x' })
    await draw()
    expect(frames).toHaveLength(0)
    expect([0, 1, 2, 3].map((pane) => last(pane)?.text.length)).toEqual([50, 50, 50, 50])
    expect(renders).toBe(4)
  })

  it('sends the conversation so far, the parameters and the pinned key', async () => {
    const { state, pane, call, answer } = aPlayground()
    state().aim(pane().id, { modelId: modelA, keyId: 'k2' as KeyId })
    state().setSystem('Be brief.')
    state().setParameter('temperature', 0.5)
    state().setParameter('seed', 7)
    state().setParameter('seed', null)
    state().setExtra('{"top_k": 3}')
    state().send('one')
    await answer(0, 'first')
    state().send('two')
    expect(call(1).input).toEqual({
      modelId: modelA,
      keyId: 'k2',
      parameters: { temperature: 0.5, extra: { top_k: 3 } },
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'one' },
        { role: 'assistant', content: 'first' },
        { role: 'user', content: 'two' },
      ],
    })
  })

  it('says that there is nothing to send, until something is written', () => {
    const { state, calls } = aPlayground()
    state().send(' \n ')
    state().send([{ type: 'text', text: ' ' }])
    expect(calls).toHaveLength(0)
    expect(state().refusal).toEqual({ kind: 'empty' })
    state().forgive()
    expect(state().refusal).toBeNull()
  })

  it('is not sent when it is longer than one text may be, wherever that text stands', () => {
    const { state, calls } = aPlayground()
    const long = 'x'.repeat(maxMessageLength + 1)
    expect(state().send(long)).toBe(false)
    expect(state().refusal).toEqual({ kind: 'long', characters: maxMessageLength + 1 })
    state().setSystem(long)
    expect(state().send('one')).toBe(false)
    state().setSystem('')
    expect(state().send('x'.repeat(maxMessageLength))).toBe(true)
    expect(calls).toHaveLength(1)
  })

  it('is not sent, retried or edited when one request cannot hold it with the images that were sent before', async () => {
    const { state, calls, answer, pane, turns } = aPlayground()
    expect(state().send([anImage, anImage])).toBe(true)
    await answer(0, 'Two cats.')
    expect(state().send([anImage, { type: 'text', text: 'And this?' }])).toBe(false)
    expect(state().refusal).toMatchObject({ kind: 'large', hasImages: true })
    expect(state().send('What colour?')).toBe(true)
    await answer(1, 'Grey.')
    const [first, second] = turns()
    expect(state().edit(second!.question.id, [anImage])).toBe(false)
    state().setSystem('猫'.repeat(maxMessageLength))
    state().retry(pane().id, first!.question.id)
    expect(calls).toHaveLength(2)
    expect(state().refusal).toMatchObject({ kind: 'large', hasImages: true })
    expect(state().edit(first!.question.id, 'Without images')).toBe(true)
    expect(state().refusal).toBeNull()
  })

  it.each([
    [
      'there is no model',
      ({ state, pane }: ReturnType<typeof aPlayground>) => state().aim(pane().id, { modelId: null, keyId: null }),
    ],
    ['an answer is running', ({ state }: ReturnType<typeof aPlayground>) => state().send('one')],
    ['the further fields are no JSON', ({ state }: ReturnType<typeof aPlayground>) => state().setExtra('{"a":')],
    [
      'a further field has the name of the prototype',
      ({ state }: ReturnType<typeof aPlayground>) => state().setExtra('{"__proto__":{"stream":false}}'),
    ],
    ['a further field has no name', ({ state }: ReturnType<typeof aPlayground>) => state().setExtra('{"":1}')],
    [
      'the further fields name the messages',
      ({ state }: ReturnType<typeof aPlayground>) => state().setExtra('{"messages":[]}'),
    ],
  ])('sends nothing while %s, and says so to what was written', (_what, prepare) => {
    const playground = aPlayground()
    prepare(playground)
    const before = playground.calls.length
    expect(playground.state().send('two')).toBe(false)
    expect(playground.calls).toHaveLength(before)
  })

  it('keeps the partial text when it is stopped, and aborts the call', async () => {
    const { state, call, last, draw } = aPlayground()
    state().send('long story')
    await draw()
    call(0).stream.push({ kind: 'text', text: 'Once upon' })
    await draw()
    state().stop()
    call(0).stream.push({ kind: 'text', text: ' a time' })
    await draw()
    expect(call(0).signal.aborted).toBe(true)
    expect(last()).toMatchObject({ status: 'stopped', text: 'Once upon' })
  })

  it('keeps what had arrived within the frame in which it is stopped', async () => {
    const { state, call, last, draw } = aPlayground()
    state().send('long story')
    await draw()
    call(0).stream.push({ kind: 'text', text: 'Once upon' })
    for (let turn = 0; turn < 100; turn += 1) await Promise.resolve()
    state().stop()
    expect(last()).toMatchObject({ status: 'stopped', text: 'Once upon' })
  })

  it('says what a stopped answer came to, once main knows it', async () => {
    const { state, call, last, draw, ending } = aPlayground()
    const end = { usage: { promptTokens: 7, completionTokens: 2, estimated: true as const }, firstOutputMs: 3 }
    ending.current = { ...end, durationMs: 40, cost: { micros: 12, estimated: true } }
    state().send('hello')
    call(0).stream.push({ kind: 'started', requestId: 'r1' as RequestId })
    call(0).stream.push({ kind: 'text', text: 'Once upon' })
    await draw()
    state().stop()
    await draw()
    expect(last()).toMatchObject({ status: 'stopped', text: 'Once upon', ...end, cost: { micros: 12 } })
  })

  it('shows all that arrived before the call broke', async () => {
    const { state, call, last, draw } = aPlayground()
    state().send('hello')
    await draw()
    call(0).stream.push({ kind: 'text', text: 'part' })
    call(0).stream.fail(new Error('lost'))
    await draw()
    expect(last()).toMatchObject({ status: 'failed', text: 'part' })
  })
})

describe('a branch', () => {
  it('of a retry stands beside the first answer, and both can be shown', async () => {
    const { state, pane, call, turns, answer } = aPlayground()
    state().send('again?')
    await answer(0, 'first')
    state().retry(pane().id, turns()[0]!.question.id)
    await answer(1, 'second')
    expect(call(1).input.messages).toEqual([{ role: 'user', content: 'again?' }])
    expect(turns()[0]?.reply?.answer.text).toBe('second')
    const first = pane().messages.find((message) => message.kind === 'answer')!
    state().choose(pane().id, first.id)
    expect(turns()[0]?.reply?.answer.text).toBe('first')
  })

  it('of an edited question keeps the other with all that followed it', async () => {
    const { state, call, turns, pane, answer } = aPlayground()
    state().send('one')
    await answer(0, 'first')
    state().send('two')
    await answer(1, 'second')
    const original = turns()[0]!.question
    state().edit(original.id, 'uno')
    await answer(2, 'primero')
    expect(call(2).input.messages).toEqual([{ role: 'user', content: 'uno' }])
    expect(turns().map(({ question }) => question.content)).toEqual(['uno'])
    state().choose(pane().id, original.id)
    expect(turns().map(({ question, reply }) => [question.content, reply?.answer.text])).toEqual([
      ['one', 'first'],
      ['two', 'second'],
    ])
  })

  it('is what the next question goes on from', async () => {
    const { state, call, turns, answer } = aPlayground()
    state().send('one')
    await answer(0, 'first')
    state().edit(turns()[0]!.question.id, 'uno')
    await answer(1, 'primero')
    state().send('dos')
    expect(call(2).input.messages.map(({ content }) => content)).toEqual(['uno', 'primero', 'dos'])
  })

  it('is not begun while an answer of the pane is running', async () => {
    const { state, pane, calls, turns, draw } = aPlayground()
    state().send('one')
    await draw()
    state().retry(pane().id, turns()[0]!.question.id)
    state().edit(turns()[0]!.question.id, 'uno')
    expect(calls).toHaveLength(1)
  })
})

describe('panes that are compared', () => {
  it('get the same question at once, each for its own model or key', () => {
    const { state, calls } = aPlayground()
    state().addPane({ modelId: modelA, keyId: 'k3' as KeyId })
    state().send('hello')
    expect(calls.map(({ input }) => input.keyId)).toEqual([null, 'k3'])
  })

  it('fail alone', async () => {
    const { state, call, last, draw } = aPlayground()
    state().addPane(rotating)
    state().send('hello')
    await draw()
    call(0).stream.fail(new Error('lost'))
    call(1).stream.push({ kind: 'text', text: 'fine' })
    call(1).stream.push(done)
    call(1).stream.end()
    await draw()
    await draw()
    expect(last(0)?.status).toBe('failed')
    expect(last(1)).toMatchObject({ status: 'done', text: 'fine' })
  })

  it('are stopped alone or together', async () => {
    const { state, pane, call, draw } = aPlayground()
    state().addPane(rotating)
    state().addPane(rotating)
    state().send('hello')
    await draw()
    state().stop(pane(1).id)
    expect([0, 1, 2].map((index) => call(index).signal.aborted)).toEqual([false, true, false])
    state().stop()
    expect([0, 1, 2].map((index) => call(index).signal.aborted)).toEqual([true, true, true])
  })

  it('go on from what the first one shows when they are opened', async () => {
    const { state, call, turns, answer } = aPlayground()
    state().send('one')
    await answer(0, 'first')
    state().addPane(rotating)
    expect(turns(1)).toEqual(turns(0))
    state().send('two')
    expect(call(2).input.messages).toEqual(call(1).input.messages)
  })

  it('branch together when a question is edited that went to all of them', async () => {
    const { state, turns, answer, calls } = aPlayground()
    state().addPane(rotating)
    state().send('one')
    await answer(0, 'a')
    await answer(1, 'b')
    state().edit(turns(0)[0]!.question.id, 'uno')
    expect(calls).toHaveLength(4)
    expect([turns(0), turns(1)].map(([turn]) => turn?.question.content)).toEqual(['uno', 'uno'])
  })

  it('are four at the most, and one at the least', async () => {
    const { state, pane, call, draw } = aPlayground()
    for (let more = 0; more < 6; more += 1) state().addPane(rotating)
    expect(state().panes).toHaveLength(4)
    state().send('hello')
    await draw()
    state().removePane(pane(3).id)
    expect(call(3).signal.aborted).toBe(true)
    for (let less = 0; less < 6; less += 1) state().removePane(pane().id)
    expect(state().panes).toHaveLength(1)
  })
})

describe('a new conversation', () => {
  it('is empty and goes to the same panes with the same parameters', async () => {
    const { state, call, turns, draw } = aPlayground()
    state().addPane({ modelId: modelA, keyId: 'k3' as KeyId })
    state().setSystem('Be brief.')
    state().send('one')
    await draw()
    const before = state().conversation.id
    state().startOver()
    expect(call(0).signal.aborted).toBe(true)
    expect([turns(0), turns(1)]).toEqual([[], []])
    expect(state().panes.map(({ keyId }) => keyId)).toEqual([null, 'k3'])
    expect(state().system).toBe('Be brief.')
    expect(state().conversation.id).not.toBe(before)
  })
})

describe('a conversation that is on its way', () => {
  it('is waited for: nothing is asked in the one that is about to go', async () => {
    const { state, calls, answer, pane, turns } = aPlayground()
    state().send('one')
    await answer(0, 'first')
    const { id } = turns()[0]!.question
    state().setOpening('00000000-0000-4000-8000-000000000001' as ConversationId)
    expect(state().send('two')).toBe(false)
    expect(state().edit(id, 'uno')).toBe(false)
    state().retry(pane().id, id)
    expect(calls).toHaveLength(1)
    state().startOver()
    expect(state().send('two')).toBe(true)
  })
})

describe('the parameters', () => {
  it('are all back at their defaults when they are reset', () => {
    const { state } = aPlayground()
    state().applyPreset({ system: 'Be kind.', parameters: { topP: 0.5, extra: { top_k: 3 } } })
    expect(JSON.parse(state().extra)).toEqual({ top_k: 3 })
    state().resetSettings()
    expect(state()).toMatchObject({ system: '', parameters: {}, extra: '' })
  })

  it('keep the further fields that were right while others are being written', () => {
    const { state } = aPlayground()
    state().setExtra('{"top_k": 3}')
    state().setExtra('{"top_k": 3')
    expect(state().parameters).toEqual({ extra: { top_k: 3 } })
    state().setExtra(' ')
    expect(state().parameters).toEqual({})
  })
})
