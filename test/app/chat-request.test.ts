import { describe, expect, it, onTestFinished } from 'vitest'
import type { ChatEvent, ChatInput } from '../../shared/chat.ts'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { addModel, anOpenApp, failureOf, say } from '../support/open-app.ts'

const secret = 'sk-of-the-only-account-0001'

/** A model with one key at a scripted provider. */
async function chatting(answer: upstream.Answer) {
  const provider = await startMockUpstream(['gpt-4o'])
  onTestFinished(() => provider.close())
  provider.script(secret, answer)
  const { client } = await anOpenApp()
  const { modelId } = await addModel(client, [secret], { apiBase: provider.url })
  const chat = async (over: Partial<ChatInput> = {}) =>
    Array.fromAsync(await client.playground.chat({ ...say(modelId), ...over }))
  const sent = () => JSON.parse(provider.requests.at(-1)?.body ?? '{}') as Record<string, unknown>
  return { client, modelId, chat, sent }
}

describe('a request of the playground', () => {
  it('has each parameter under the name that the API knows, and none that was not set', async () => {
    const { chat, sent } = await chatting(upstream.says('x'))
    await chat({
      parameters: {
        temperature: 0,
        topP: 0.5,
        maxTokens: 7,
        stop: ['\n'],
        presencePenalty: -1,
        frequencyPenalty: 1,
        seed: 42,
        reasoningEffort: 'low',
        extra: { top_k: 3, logit_bias: { '50256': -100 } },
      },
    })
    expect(sent()).toMatchObject({
      temperature: 0,
      top_p: 0.5,
      max_tokens: 7,
      stop: ['\n'],
      presence_penalty: -1,
      frequency_penalty: 1,
      seed: 42,
      reasoning_effort: 'low',
      top_k: 3,
      logit_bias: { '50256': -100 },
    })
    await chat()
    expect(Object.keys(sent()).toSorted()).toEqual(['messages', 'model', 'stream', 'stream_options'])
  })

  it('never lets a field written by hand take the place of a parameter', async () => {
    const { chat, sent } = await chatting(upstream.says('x'))
    await chat({ parameters: { temperature: 1, extra: { temperature: 2 } } })
    expect(sent()['temperature']).toBe(1)
  })

  it.each(['model', 'messages', 'stream', 'stream_options', 'n'])(
    'is refused with %s written by hand',
    async (name) => {
      const { client, modelId } = await chatting(upstream.says('x'))
      const call = client.playground.chat({ ...say(modelId), parameters: { extra: { [name]: 1 } } })
      expect(await failureOf(call)).toMatchObject({ code: 'BAD_REQUEST' })
    },
  )

  it('carries an image beside the text, as the API has it', async () => {
    const { chat, sent } = await chatting(upstream.says('a dot'))
    const dataUrl = 'data:image/png;base64,iVBORw0KGgo='
    await chat({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image', dataUrl, name: 'dot.png', width: 1, height: 1, bytes: 8 },
          ],
        },
      ],
    })
    expect(sent()['messages']).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image_url', image_url: { url: dataUrl } },
        ],
      },
    ])
  })

  it.each(['https://example.com/a.png', 'data:image/svg+xml;base64,PHN2Zz4=', 'data:image/png;base64,<script>'])(
    'is refused with %s for an image',
    async (dataUrl) => {
      const { client, modelId } = await chatting(upstream.says('x'))
      const part = { type: 'image' as const, dataUrl, name: 'x', width: 1, height: 1, bytes: 1 }
      const call = client.playground.chat({ ...say(modelId), messages: [{ role: 'user', content: [part] }] })
      expect(await failureOf(call)).toMatchObject({ code: 'BAD_REQUEST' })
    },
  )
})

describe('an answer of the playground', () => {
  const piece = (delta: object, reason: string | null = null) =>
    `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`
  const calls = (...tool_calls: unknown[]) => piece({ tool_calls })
  const stream = (...pieces: string[]) =>
    upstream.answers(200, [...pieces, 'data: [DONE]\n\n'].join(''), { 'content-type': 'text/event-stream' })
  const toolCalls = (events: ChatEvent[]) => events.filter((event) => event.kind === 'tool-call')

  it('hands on the pieces of the calls that the model wants made', async () => {
    const { chat } = await chatting(
      stream(
        calls({ index: 0, id: 'c1', type: 'function', function: { name: 'weather', arguments: '' } }),
        calls({ index: 0, function: { arguments: '{"city":' } }),
        calls({ index: 0, function: { arguments: '"Oslo"}' } }),
        calls({ index: 1, id: 'c2', function: { name: 'time', arguments: { zone: 'CET' } } }),
        calls(7, null, {}, { index: -1, function: { name: 5 } }),
        piece({}, 'tool_calls'),
      ),
    )
    const events = await chat()
    expect(toolCalls(events)).toEqual([
      { kind: 'tool-call', index: 0, id: 'c1', name: 'weather', argumentsText: '' },
      { kind: 'tool-call', index: 0, id: null, name: null, argumentsText: '{"city":' },
      { kind: 'tool-call', index: 0, id: null, name: null, argumentsText: '"Oslo"}' },
      { kind: 'tool-call', index: 1, id: 'c2', name: 'time', argumentsText: '{"zone":"CET"}' },
      { kind: 'tool-call', index: 3, id: null, name: null, argumentsText: '' },
    ])
    expect(events.at(-1)).toMatchObject({ kind: 'done', finishReason: 'tool_calls' })
  })

  it('says what it cost by the price that a person has set, and nothing where no price is known', async () => {
    const { chat, client, modelId } = await chatting(upstream.says('Good ', 'morning'))
    expect((await chat()).at(-1)).toMatchObject({ kind: 'done', cost: null })
    const price = { promptMicros: 2_000_000, completionMicros: 10_000_000 }
    await client.models.edit({ id: modelId, edit: { price }, allowNewHost: false })
    expect((await chat()).at(-1)).toMatchObject({
      usage: { promptTokens: 7, completionTokens: 2 },
      cost: { micros: 34, estimated: false },
    })
  })
})
