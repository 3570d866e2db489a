import { createServer, type AddressInfo, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import {
  answer,
  anUpstream,
  aRequest,
  committed,
  delta,
  done,
  event,
  finish,
  json,
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
import type { UpstreamRequest } from '../../electron/upstream/wire-attempt.ts'

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

async function ask(reply: Reply, over: Partial<UpstreamRequest> = {}, deps: Partial<UpstreamDeps> = {}) {
  const provider = await startProvider(reply)
  const upstream = anUpstream(deps)
  cleanUps.push(provider.close, upstream.close)
  return upstream.attempt(aRequest(provider.apiBase, over), secret, never)
}

/** A provider that speaks bytes of its own choice. */
async function askSocket(speak: (socket: Socket) => void, over: Partial<UpstreamRequest> = {}) {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => speak(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const upstream = anUpstream()
  cleanUps.push(upstream.close, () => new Promise((resolve) => server.close(() => resolve())))
  const { port } = server.address() as AddressInfo
  return upstream.attempt(aRequest(`http://127.0.0.1:${port}/v1`, over), secret, never)
}

const transport = (cause: string) => ({ committed: false, failure: { kind: 'transport', cause } })

describe.each([
  ['in one piece', false],
  ['as a stream', true],
])('a failure before any output, asked for %s', (_title, streaming) => {
  it.each([400, 401, 402, 403, 404, 408, 429, 500, 502, 503, 504, 529])(
    'keeps status, headers and words of a %s',
    async (status) => {
      const result = await ask(
        (response) => json(response, status, { error: { message: 'No.' } }, { 'retry-after': '3' }),
        {
          streaming,
        },
      )
      expect(result).toMatchObject({
        committed: false,
        failure: { kind: 'answer', status, contentType: 'application/json', body: '{"error":{"message":"No."}}' },
      })
      expect(!result.committed && result.failure.kind === 'answer' && result.failure.headers['retry-after']).toBe('3')
    },
  )

  it('takes a page inside a 200 for what it is', async () => {
    const html = '<!doctype html><html><title>Login</title></html>'
    for (const type of ['text/html', 'text/event-stream', 'application/json']) {
      const reply: Reply = (response) => response.writeHead(200, { 'content-type': type }).end(html)
      expect(await ask(reply, { streaming })).toMatchObject({
        committed: false,
        failure: { kind: 'answer', status: 200, body: html },
      })
    }
  })

  it('takes a JSON error inside a 200 for what it is', async () => {
    const result = await ask((response) => json(response, 200, { error: { message: 'Busy', code: 429 } }), {
      streaming,
    })
    expect(result).toMatchObject({
      failure: { kind: 'answer', status: 200, body: '{"error":{"message":"Busy","code":429}}' },
    })
  })

  it.each<[string, unknown]>([
    ['no choices', { object: 'chat.completion', choices: [] }],
    ['an object with nothing in it', {}],
    ['null', null],
    ['a list', []],
  ])('does not believe a 200 with %s', async (_what, body) => {
    expect(await ask((response) => json(response, 200, body), { streaming })).toMatchObject(transport('empty-answer'))
  })

  it('does not believe a 200 without a body, or a 204', async () => {
    const empty: Reply = (response) => response.writeHead(200, { 'content-type': 'application/json' }).end()
    expect(await ask(empty, { streaming })).toMatchObject(transport('empty-answer'))
    expect(await ask((response) => response.writeHead(204).end(), { streaming })).toMatchObject(
      transport('empty-answer'),
    )
  })

  it('does not believe text that is no JSON', async () => {
    const reply: Reply = (response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"choices":')
    expect(await ask(reply, { streaming })).toMatchObject(transport('not-json'))
  })

  it('names a refused connection', async () => {
    const gone = await startProvider(() => {})
    await gone.close()
    const upstream = anUpstream()
    cleanUps.push(upstream.close)
    const result = await upstream.attempt(aRequest(gone.apiBase, { streaming }), secret, never)
    expect(result).toMatchObject({ failure: { kind: 'transport', cause: 'connection-refused', bodySent: false } })
  })

  it('names a connection that is lost before the first byte', async () => {
    const result = await ask((response) => response.destroy(), { streaming })
    expect(result).toMatchObject({ failure: { kind: 'transport', cause: 'connection-lost', bodySent: true } })
  })

  it('names something that is no HTTP', async () => {
    const result = await askSocket((socket) => socket.end('220 mail.example ESMTP\r\n'), { streaming })
    expect(result).toMatchObject(transport('not-json'))
  })

  it('names an upgrade that nobody asked for', async () => {
    const head = 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'
    const result = await askSocket((socket) => socket.end(head), { streaming })
    expect(result.committed).toBe(false)
  })

  it('passes over informational answers', async () => {
    const reply: Reply = (response) => {
      response.writeProcessing()
      response.writeEarlyHints({ link: '</x>; rel=preload' })
      json(response, 200, answer)
    }
    expect((await ask(reply, { streaming })).committed).toBe(true)
  })

  it('judges a status nobody knows', async () => {
    const head = 'HTTP/1.1 999 Request denied\r\ncontent-length: 0\r\n\r\n'
    const result = await askSocket((socket) => socket.end(head), { streaming })
    expect(result).toMatchObject({ failure: { kind: 'answer', status: 999 } })
  })

  it('notices a body shorter than announced', async () => {
    const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"choices":[1'
    const result = await askSocket((socket) => socket.end(head), { streaming })
    expect(result).toMatchObject(transport('connection-lost'))
  })

  it('keeps the status when the explanation breaks off', async () => {
    const head = 'HTTP/1.1 429 No\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"err'
    const result = await askSocket((socket) => socket.end(head), { streaming })
    expect(result).toMatchObject({ failure: { kind: 'answer', status: 429 } })
  })
})

describe('more than can be held', () => {
  it('reads no more of an error than 64 KiB', async () => {
    const result = await ask((response) =>
      response.writeHead(500, { 'content-type': 'text/plain' }).end('x'.repeat(200_000)),
    )
    expect(!result.committed && result.failure.kind === 'answer' && result.failure.body.length).toBe(64 * 1024)
  })

  it('gives a body up that is larger than the limit', async () => {
    const big = { ...answer, padding: 'x'.repeat(100_000) }
    const result = await ask((response) => json(response, 200, big), {}, { limits: { bodyBytes: 50_000 } })
    expect(result).toMatchObject(transport('too-large'))
  })

  it('gives an endless line up before any output', async () => {
    const reply: Reply = (response) => sse(response, `data: ${'x'.repeat(100_000)}`)
    const result = await ask(reply, { streaming: true }, { limits: { lineBytes: 10_000 } })
    expect(result).toMatchObject(transport('too-large'))
  })

  it('breaks off at an endless line after the first output', async () => {
    const reply: Reply = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(delta('Hi'), () => response.write(`data: ${'x'.repeat(100_000)}`))
    }
    const { answer: got, ended } = committed(await ask(reply, { streaming: true }, { limits: { lineBytes: 10_000 } }))
    await expect(textOf(got.body)).rejects.toThrow('too-large')
    expect(await ended).toEqual({ kind: 'broken', cause: 'too-large' })
  })

  it('opens a compressed answer that nobody asked for, but no bomb', async () => {
    const packed =
      (body: Buffer, status: number): Reply =>
      (response) => {
        response
          .writeHead(status, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
          .end(gzipSync(body))
      }
    const { answer: got } = committed(await ask(packed(Buffer.from(JSON.stringify(answer)), 200)))
    expect(JSON.parse(await textOf(got.body))).toEqual(answer)
    const bomb = Buffer.alloc(5_000_000, ' ')
    expect(await ask(packed(bomb, 200), {}, { limits: { bodyBytes: 1_000_000 } })).toMatchObject(transport('too-large'))
    expect(await ask(packed(bomb, 500))).toMatchObject({ failure: { kind: 'answer', status: 500, body: '' } })
  })
})

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
    expect(await ended).toEqual({ kind: 'broken', cause: 'stream-error' })
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
    expect(await ended).toEqual({ kind: 'broken', cause: 'connection-lost' })
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
    expect(await ended).toEqual({ kind: 'broken', cause: 'connection-lost' })
  })
})

describe('a provider that echoes the key', () => {
  it('does not show it in an answer', async () => {
    const { answer: got } = committed(await ask((response) => json(response, 200, { ...answer, echo: secret })))
    const text = await textOf(got.body)
    expect(text).not.toContain(secret)
    expect(text).toContain('*'.repeat(secret.length))
  })

  it('does not show it in a stream, across the border of two chunks', async () => {
    const reply: Reply = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const text = delta(`key ${secret} end`)
      const middle = text.indexOf(secret) + 9
      response.write(text.slice(0, middle), () => {
        setImmediate(() => response.end(text.slice(middle) + finish + done))
      })
    }
    const { answer: got, ended } = committed(await ask(reply, { streaming: true }))
    const text = await textOf(got.body)
    expect(text).toBe(delta(`key ${'*'.repeat(secret.length)} end`) + finish + done)
    expect(await ended).toMatchObject({ kind: 'complete' })
  })
})

describe('a slow reader', () => {
  it('slows the provider down instead of filling memory', async () => {
    let written = 0
    const chunk = delta('x'.repeat(10_000))
    const reply: Reply = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const write = () => {
        while (written < 5_000) {
          written += 1
          if (!response.write(chunk)) return
        }
        response.end(finish + done)
      }
      response.on('drain', write)
      write()
    }
    const { answer: got, ended } = committed(await ask(reply, { streaming: true }))
    const iterator = got.body[Symbol.asyncIterator]()
    await iterator.next()
    let before = -1
    while (written !== before) {
      before = written
      for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate)
    }
    // What the operating system buffers on loopback is megabytes; all of it would be fifty.
    expect(written).toBeLessThan(2_500)
    await iterator.return?.()
    expect(await ended).toEqual({ kind: 'cancelled' })
  })
})
