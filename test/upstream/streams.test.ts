import { describe, expect, it } from 'vitest'
import { FakeClock } from '../support/fake-clock.ts'
import { ask, transport } from './asking.ts'
import {
  anUpstream,
  aRequest,
  committed,
  delta,
  done,
  event,
  finish,
  never,
  roleDelta,
  secret,
  sse,
  startProvider,
  textOf,
  usageEvent,
  wholeStream,
  type Reply,
} from './local-provider.ts'
import type { UpstreamDeps } from '../../electron/upstream/upstream.ts'

describe('streams that are written in their own way', () => {
  const stream = (text: string | Buffer, deps: Partial<UpstreamDeps> = {}) =>
    ask((response) => sse(response, text), { streaming: true }, deps)

  it.each<[string, string]>([
    ['with CRLF', wholeStream.replaceAll('\n', '\r\n')],
    ['with CR', wholeStream.replaceAll('\n', '\r')],
    ['with a byte order mark', `\uFEFF${wholeStream}`],
    ['with [DONE] twice', wholeStream + done],
    ['without a final newline', wholeStream.trimEnd()],
    ['without [DONE]', wholeStream.replace(done, '')],
    ['with keep-alive comments', `: keep-alive\n\n${wholeStream}`],
    ['with garbage between its events', `data: garbage\n\n${wholeStream}`],
    ['with NUL', wholeStream.replace('lo', '\\u0000')],
  ])('pass through untouched %s', async (_title, text) => {
    const { answer: got, ended } = committed(await stream(text))
    expect(await textOf(got.body)).toBe(text)
    expect(await ended).toEqual({ kind: 'complete', usage: { promptTokens: 7, completionTokens: 3 } })
  })

  it('pass through when every byte comes alone, and a character is split', async () => {
    const text = roleDelta + delta('你好') + finish + usageEvent + done
    const reply: Reply = async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (const byte of Buffer.from(text)) await new Promise((resolve) => response.write(Buffer.from([byte]), resolve))
      response.end()
    }
    const { answer: got, ended } = committed(await ask(reply, { streaming: true }))
    expect(await textOf(got.body)).toBe(text)
    expect(await ended).toMatchObject({ kind: 'complete', usage: { completionTokens: 3 } })
  })

  it('are known by their first field when the content type forgets to say it', async () => {
    const reply: Reply = (response) => response.writeHead(200, { 'content-type': 'text/plain' }).end(wholeStream)
    expect(committed(await ask(reply, { streaming: true })).answer.streaming).toBe(true)
  })

  it('are not answers when they hold garbage only, or nothing', async () => {
    expect(await stream('data: one\n\ndata: two\n\n')).toMatchObject(transport('not-json'))
    expect(await stream(done)).toMatchObject(transport('empty-answer'))
    expect(await stream(': ping\n\n')).toMatchObject(transport('empty-answer'))
    expect(await stream(roleDelta + done)).toMatchObject(transport('empty-answer'))
  })

  it.each<[string, string]>([
    ['a tool call', event({ choices: [{ delta: { tool_calls: [{ index: 0, id: 'c', function: { name: 'f' } }] } }] })],
    ['reasoning', event({ choices: [{ delta: { reasoning_content: 'hm' } }] })],
    ['a refusal', event({ choices: [{ delta: { refusal: 'no' } }] })],
    ['the length limit without text', event({ choices: [{ delta: {}, finish_reason: 'length' }] })],
    ['the content filter', event({ choices: [{ delta: {}, finish_reason: 'content_filter' }] })],
    ["Anthropic's text", event({ type: 'content_block_delta', delta: { type: 'text_delta', text: 'Hi' } })],
    ['a delta of Responses', event({ type: 'response.output_text.delta', delta: 'Hi' })],
    ['an old completion', event({ choices: [{ text: 'Hi', index: 0 }] })],
  ])('commit at %s, so that a later error is a broken stream', async (_title, first) => {
    const failure = event({ error: { message: 'Overloaded', type: 'overloaded_error' } })
    const { answer: got, ended } = committed(await stream(roleDelta + first + failure))
    expect(await textOf(got.body)).toBe(roleDelta + first + failure)
    expect(await ended).toMatchObject({ kind: 'broken', cause: 'stream-error' })
  })

  it.each<[string, string]>([
    ['a role', roleDelta],
    ["Anthropic's start", event({ type: 'message_start', message: { usage: { input_tokens: 5 } } })],
    ['an empty text block', event({ type: 'content_block_start', content_block: { type: 'text', text: '' } })],
    ['a ping', event({ type: 'ping' })],
    ['a response created', event({ type: 'response.created', response: { id: 'r' } })],
    ['a message item', event({ type: 'response.output_item.added', item: { type: 'message' } })],
    ['usage alone', usageEvent],
  ])('do not commit at %s, so that another key can still answer', async (_title, first) => {
    const failure = { error: { message: 'Overloaded', type: 'overloaded_error' } }
    expect(await stream(first + event(failure))).toMatchObject({
      committed: false,
      failure: { kind: 'stream-error', status: 200, data: JSON.stringify(failure) },
    })
  })

  it('are failures as soon as the error comes, and are cut then', async () => {
    const provider = await startProvider((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(roleDelta + event({ error: { message: 'Overloaded' } }))
    })
    const upstream = anUpstream()
    const result = await upstream.attempt(aRequest(provider.apiBase, { streaming: true }), secret, never)
    expect(result).toMatchObject({ failure: { kind: 'stream-error' } })
    await provider.closed()
  })

  it('are failures too when the error is an event of that name', async () => {
    const text = `${roleDelta}event: error\ndata: upstream went away\n\n`
    expect(await stream(text)).toMatchObject({ failure: { kind: 'stream-error', data: 'upstream went away' } })
  })

  it('commit when they have started up for too long', async () => {
    const many = roleDelta.repeat(70) + delta('Hi') + finish + done
    const { answer: got, ended } = committed(await stream(many))
    expect(await textOf(got.body)).toBe(many)
    expect(await ended).toMatchObject({ kind: 'complete' })
  })

  it('are given up when they start up for too long with nothing that makes sense', async () => {
    expect(await stream('data: garbage\n\n'.repeat(100))).toMatchObject(transport('not-json'))
    expect(await stream(': ping\n\n'.repeat(2_000), { limits: { heldBytes: 1_000 } })).toMatchObject(
      transport('not-json'),
    )
  })

  it('are broken when they stop without saying that they are whole', async () => {
    const { answer: got, ended } = committed(await stream(roleDelta + delta('Hel')))
    expect(await textOf(got.body)).toBe(roleDelta + delta('Hel'))
    expect(await ended).toMatchObject({ kind: 'broken', cause: 'connection-lost' })
  })

  it("are read for Anthropic's usage, which comes in two events", async () => {
    const text = [
      event({
        type: 'message_start',
        message: { usage: { input_tokens: 10, cache_read_input_tokens: 5, output_tokens: 1 } },
      }),
      event({ type: 'content_block_delta', delta: { type: 'text_delta', text: 'Hi' } }),
      event({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 42 } }),
      event({ type: 'message_stop' }),
    ].join('')
    const { answer: got, ended } = committed(await stream(text))
    await textOf(got.body)
    expect(await ended).toEqual({ kind: 'complete', usage: { promptTokens: 15, completionTokens: 42 } })
  })

  it('cannot be ended or broken by what a model writes', async () => {
    const tricky = delta('"error" "finish_reason":"stop" {"usage":{"prompt_tokens":9}} data: [DONE]')
    const { answer: got, ended } = committed(await stream(delta('Hi') + tricky))
    await textOf(got.body)
    expect(await ended).toMatchObject({ kind: 'broken', cause: 'connection-lost' })
  })
})

describe('streams of another kind than text', () => {
  const stream = (text: string, deps: Partial<UpstreamDeps> = {}) =>
    ask((response) => sse(response, text), { streaming: true, expects: 'anything' }, deps)

  const transcript =
    event({ type: 'transcript.text.delta', delta: 'Hel' }) +
    event({ type: 'transcript.text.done', text: 'Hello', usage: { input_tokens: 14, output_tokens: 2 } })

  it.each<[string, string, object | null]>([
    ['a transcript', transcript, { promptTokens: 14, completionTokens: 2 }],
    ['a picture in parts', event({ type: 'image_generation.partial_image', b64_json: 'iVBOR' }), null],
    ['sounds', event({ type: 'speech.audio.delta', audio: 'UklGR' }) + event({ type: 'speech.audio.done' }), null],
    ['messages of another API', event({ type: 'message.output.delta', content: 'Hi' }) + done, null],
    ['no JSON', 'data: Hi\n\n', null],
    ['comments alone', ': nothing yet\n\n', null],
  ])('pass through untouched: %s', async (_title, text, usage) => {
    const { answer: got, ended } = committed(await stream(text))
    expect(await textOf(got.body)).toBe(text)
    expect(await ended).toEqual({ kind: 'complete', usage })
  })

  it('pass on a first event that is longer than what is held back', async () => {
    const text = event({ type: 'image_generation.completed', b64_json: 'A'.repeat(2_000) })
    const { answer: got } = committed(await stream(text, { limits: { heldBytes: 1_000 } }))
    expect(await textOf(got.body)).toBe(text)
  })

  it('are failures when they begin with an error, so that another key can still answer', async () => {
    expect(await stream(event({ type: 'error', error: { message: 'Overloaded' } }))).toMatchObject({
      failure: { kind: 'stream-error' },
    })
  })
})

describe('a stream whose connection stays open after [DONE]', () => {
  it('is over at once for its reader, and its connection is cut a second later', async () => {
    const clock = new FakeClock()
    const closed = Promise.withResolvers<void>()
    const reply: Reply = (response) => {
      response.once('close', closed.resolve)
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(wholeStream)
    }
    const { answer: got, ended } = committed(await ask(reply, { streaming: true }, { clock }))
    expect(await textOf(got.body)).toBe(wholeStream)
    expect(await ended).toEqual({ kind: 'complete', usage: { promptTokens: 7, completionTokens: 3 } })
    await clock.advance(1_000)
    await closed.promise
    expect(clock.pending).toBe(0)
  })
})
