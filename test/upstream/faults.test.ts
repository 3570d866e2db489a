import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { ask, askSocket, transport } from './asking.ts'
import {
  aRequest,
  anUpstream,
  answer,
  committed,
  delta,
  done,
  finish,
  json,
  never,
  piecesOf,
  secret,
  sse,
  startProvider,
  textOf,
  type Reply,
} from './local-provider.ts'

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

  it('does not begin with a body that announces more than the limit', async () => {
    const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1073741824\r\n\r\n{'
    const result = await askSocket((socket) => socket.write(head))
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
    expect(await ended).toMatchObject({ kind: 'broken', cause: 'too-large' })
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

describe('a file that was compressed although nobody asked for it', () => {
  const packed =
    (bytes: Buffer): Reply =>
    (response) => {
      response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-encoding': 'gzip' }).end(gzipSync(bytes))
    }

  it('is opened, because the client is told of no coding, and shows no key', async () => {
    const sound = Buffer.concat([Buffer.from([0xff, 0xfb, 0x00]), Buffer.from(secret), Buffer.from([0x80])])
    const { answer: got, ended } = committed(await ask(packed(sound), { expects: 'anything' }))
    expect(got.headers).toEqual({ 'content-type': 'audio/mpeg' })
    expect(got.body).toEqual(Buffer.from(sound.toString('latin1').replace(secret, '*'.repeat(secret.length)), 'latin1'))
    expect(await ended).toEqual({ kind: 'complete', usage: null })
  })

  it('is no bomb', async () => {
    const limits = { bodyBytes: 1_000_000 }
    const got = await ask(packed(Buffer.alloc(5_000_000)), { expects: 'anything' }, { limits })
    expect(got).toMatchObject(transport('too-large'))
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
    const iterator = piecesOf(got)
    await iterator.next()
    let before = -1
    while (written !== before) {
      before = written
      for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate)
    }
    // What the operating system buffers on loopback is megabytes; all of it would be fifty.
    expect(written).toBeLessThan(2_500)
    await iterator.return?.()
    expect(await ended).toMatchObject({ kind: 'cancelled' })
  })
})
