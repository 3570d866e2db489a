import { describe, expect, it } from 'vitest'
import { answer, anUpstream, aRequest, json, never, secret, startProvider, type Reply } from './local-provider.ts'
import type { UpstreamDeps } from '../../electron/upstream/upstream.ts'
import type { UpstreamRequest } from '../../electron/upstream/wire-attempt.ts'

const aProvider = (reply: Reply = (response) => json(response, 200, answer)) => startProvider(reply)

async function send(
  apiBase: string,
  over: Partial<UpstreamRequest> = {},
  deps: Partial<UpstreamDeps> = {},
  key = secret,
) {
  return anUpstream(deps).attempt(aRequest(apiBase, over), key, never)
}

describe('what goes upstream', () => {
  it('is built from an allow-list: no header of the client but the named ones', async () => {
    const provider = await aProvider()
    await send(provider.apiBase, {
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        'openai-beta': 'assistants=v2',
        'anthropic-beta': 'tools-2024-04-04',
        authorization: 'Bearer client-token',
        'x-api-key': 'client-token',
        'api-key': 'client-token',
        'x-goog-api-key': 'client-token',
        cookie: 'a=b',
        origin: 'https://evil.example',
        referer: 'https://evil.example',
        host: 'evil.example',
        'x-forwarded-for': '1.2.3.4',
        forwarded: 'for=1.2.3.4',
        'sec-fetch-site': 'cross-site',
        connection: 'x-secret',
        'transfer-encoding': 'chunked',
        'content-length': '5',
        te: 'trailers',
        'proxy-authorization': 'Basic eA==',
        'accept-encoding': 'gzip',
        'user-agent': 'client/1',
        'x-secret': 'x',
      },
    })
    expect(provider.seen[0]?.headers).toEqual({
      accept: 'text/event-stream',
      'accept-encoding': 'identity',
      'content-type': 'application/json',
      'openai-beta': 'assistants=v2',
      'anthropic-beta': 'tools-2024-04-04',
      authorization: `Bearer ${secret}`,
      'user-agent': 'keywheel',
      host: `127.0.0.1:${provider.port}`,
      connection: 'keep-alive',
      'content-length': String(Buffer.byteLength(provider.seen[0]?.body ?? '')),
    })
  })

  it('drops a value that could not be a header', async () => {
    const provider = await aProvider()
    await send(provider.apiBase, { headers: { accept: 'a\r\nx: y', 'openai-beta': 'x'.repeat(2_000) } })
    expect(provider.seen[0]?.headers).not.toHaveProperty('openai-beta')
    expect(provider.seen[0]?.headers.accept).toBe('application/json')
  })

  it('carries the body byte for byte', async () => {
    const provider = await aProvider()
    const body = Buffer.from('{"model":"m",  "messages":[{"content":"你好"}] }')
    await send(provider.apiBase, { body })
    expect(provider.seen[0]).toMatchObject({ method: 'POST', url: '/v1/chat/completions', body: body.toString() })
  })

  it("shows Anthropic's own endpoints the key their way", async () => {
    const provider = await aProvider((response) => json(response, 200, { type: 'message', content: [] }))
    const target = { apiBase: provider.apiBase, provider: 'anthropic', model: 'claude' }
    const request = { target, path: '/messages', headers: { 'anthropic-version': '2023-06-01' } }
    await send(provider.apiBase, request)
    expect(provider.seen[0]?.headers).toMatchObject({ 'x-api-key': secret, 'anthropic-version': '2023-06-01' })
    expect(provider.seen[0]?.headers).not.toHaveProperty('authorization')
  })

  it.each([
    ['a line break', 'sk-abc\r\nx-evil: 1'],
    ['a space', 'sk abc'],
    ['a letter outside ASCII', 'sk-\u00e9abc'],
    ['full-width letters', 'ｓｋ-abc'],
    ['nothing', ''],
    ['more than 4 KiB', 'x'.repeat(4_097)],
  ])('is nothing at all when the secret holds %s', async (_title, key) => {
    const provider = await aProvider()
    const result = await send(provider.apiBase, {}, {}, key)
    expect(result).toEqual({ committed: false, failure: { kind: 'transport', cause: 'not-sent', bodySent: false } })
    expect(provider.seen).toHaveLength(0)
  })

  it('is nothing at all when the path leaves the base', async () => {
    const provider = await aProvider()
    const result = await send(provider.apiBase, { path: '/../admin' })
    expect(result).toMatchObject({ failure: { cause: 'unknown-host' } })
    expect(provider.seen).toHaveLength(0)
  })

  it.each([301, 302, 303, 307, 308])('does not follow a redirect with %s to another host', async (status) => {
    const other = await aProvider()
    const provider = await aProvider((response) => {
      response.writeHead(status, { location: `${other.apiBase}/chat/completions` }).end()
    })
    const result = await send(provider.apiBase)
    expect(result).toMatchObject({ committed: false, failure: { kind: 'transport', cause: 'redirect' } })
    expect(other.seen).toHaveLength(0)
  })

  it('is nothing at all when the request was aborted before', async () => {
    const provider = await aProvider()
    const upstream = anUpstream()
    const result = await upstream.attempt(aRequest(provider.apiBase), secret, AbortSignal.abort())
    expect(result).toEqual({ committed: false, failure: { kind: 'cancelled' } })
    expect(provider.seen).toHaveLength(0)
  })
})

describe('an internal host', () => {
  it('is reached through the seam, under its own name and with what has to be shown there', async () => {
    const provider = await aProvider()
    const resolveHost = (hostname: string) =>
      hostname === 'simulator.keywheel.internal'
        ? { origin: `http://127.0.0.1:${provider.port}`, headers: { 'x-run': 'abc' } }
        : null
    const result = await send('http://simulator.keywheel.internal/v1', {}, { resolveHost })
    expect(result.committed).toBe(true)
    expect(provider.seen[0]?.headers).toMatchObject({ host: 'simulator.keywheel.internal', 'x-run': 'abc' })
  })

  it('is unknown, without asking anybody, while nothing serves it', async () => {
    const result = await send('http://simulator.keywheel.internal/v1', {}, { resolveHost: () => null })
    expect(result).toMatchObject({ failure: { kind: 'transport', cause: 'unknown-host', bodySent: false } })
  })

  it('does not let another host have its headers', async () => {
    const provider = await aProvider()
    const resolveHost = (hostname: string) =>
      hostname === 'simulator.keywheel.internal' ? { origin: 'http://127.0.0.1:1', headers: { 'x-run': 'abc' } } : null
    await send(provider.apiBase, {}, { resolveHost })
    expect(provider.seen[0]?.headers).not.toHaveProperty('x-run')
  })
})

describe('what comes back', () => {
  it('keeps no header but the useful ones', async () => {
    const provider = await aProvider((response) => {
      json(response, 200, answer, {
        'x-request-id': 'r1',
        'x-ratelimit-remaining-requests': '5',
        'anthropic-ratelimit-tokens-remaining': '6',
        'openai-processing-ms': '7',
        'set-cookie': 'a=b',
        'alt-svc': 'h3=":443"',
        'access-control-allow-origin': '*',
        'content-security-policy': 'default-src *',
        server: 'nginx',
        'x-leak': secret,
        'x-ratelimit-reset-requests': secret,
      })
    })
    const result = await send(provider.apiBase)
    expect(result).toMatchObject({ committed: true })
    expect(result.committed && result.answer.headers).toEqual({
      'content-type': 'application/json',
      'x-request-id': 'r1',
      'x-ratelimit-remaining-requests': '5',
      'anthropic-ratelimit-tokens-remaining': '6',
      'openai-processing-ms': '7',
    })
  })
})
