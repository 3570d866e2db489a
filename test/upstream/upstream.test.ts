import { describe, expect, it } from 'vitest'
import {
  aRequest,
  anUpstream,
  answer,
  committed,
  delta,
  done,
  event,
  finish,
  json,
  never,
  piecesOf,
  roleDelta,
  secret,
  sse,
  startProvider,
  textOf,
  wholeStream,
} from './local-provider.ts'

describe('an answer in one piece', () => {
  it('hands over status, bytes and usage', async () => {
    const provider = await startProvider((response) => json(response, 200, answer, { 'x-request-id': 'r1' }))
    const { answer: got, ended } = committed(await anUpstream().attempt(aRequest(provider.apiBase), secret, never))
    expect(got.status).toBe(200)
    expect(got.streaming).toBe(false)
    expect(got.headers).toEqual({ 'content-type': 'application/json', 'x-request-id': 'r1' })
    const text = await textOf(got.body)
    expect(JSON.parse(text)).toEqual(answer)
    expect(got.body).toBeInstanceOf(Buffer)
    expect(await ended).toEqual({ kind: 'complete', usage: { promptTokens: 7, completionTokens: 3 } })
  })

  it('is settled before it is read', async () => {
    const provider = await startProvider((response) => json(response, 200, answer))
    const { ended } = committed(await anUpstream().attempt(aRequest(provider.apiBase), secret, never))
    expect(await ended).toMatchObject({ kind: 'complete' })
  })
})

describe('a stream', () => {
  it('passes its bytes on untouched, the held ones included, and reads usage from them', async () => {
    const provider = await startProvider((response) => sse(response, wholeStream))
    const request = aRequest(provider.apiBase, { streaming: true })
    const { answer: got, ended } = committed(await anUpstream().attempt(request, secret, never))
    expect(got.streaming).toBe(true)
    expect(await textOf(got.body)).toBe(wholeStream)
    expect(await ended).toEqual({ kind: 'complete', usage: { promptTokens: 7, completionTokens: 3 } })
  })

  it('is not handed over when it fails inside the 200 before any output', async () => {
    const failing = roleDelta + event({ error: { message: 'overloaded', type: 'overloaded_error' } })
    const provider = await startProvider((response) => sse(response, failing))
    const result = await anUpstream().attempt(aRequest(provider.apiBase, { streaming: true }), secret, never)
    expect(result).toMatchObject({ committed: false, failure: { kind: 'stream-error', status: 200 } })
  })

  it('is broken when the provider is cut off after the first output', async () => {
    const provider = await startProvider((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(roleDelta + delta('Hel'), () => response.destroy())
    })
    const request = aRequest(provider.apiBase, { streaming: true })
    const { answer: got, ended } = committed(await anUpstream().attempt(request, secret, never))
    await expect(textOf(got.body)).rejects.toThrow('connection-lost')
    expect(await ended).toMatchObject({ kind: 'broken', cause: 'connection-lost' })
  })

  it('is complete when only the closing of the connection went wrong', async () => {
    const provider = await startProvider((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(roleDelta + delta('Hello') + finish + done, () => response.destroy())
    })
    const request = aRequest(provider.apiBase, { streaming: true })
    const { answer: got, ended } = committed(await anUpstream().attempt(request, secret, never))
    expect(await textOf(got.body)).toBe(roleDelta + delta('Hello') + finish + done)
    expect(await ended).toMatchObject({ kind: 'complete' })
  })

  it('cuts the provider at once when its reader leaves', async () => {
    const provider = await startProvider((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(roleDelta + delta('Hel'))
    })
    const request = aRequest(provider.apiBase, { streaming: true })
    const { answer: got, ended } = committed(await anUpstream().attempt(request, secret, never))
    const pieces = piecesOf(got)
    expect((await pieces.next()).done).toBe(false)
    await pieces.return?.()
    await provider.closed()
    expect(await ended).toMatchObject({ kind: 'cancelled' })
  })

  it('cuts the provider at once when the request is aborted, even while nobody reads', async () => {
    const provider = await startProvider((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(roleDelta + delta('Hel'))
    })
    const abort = new AbortController()
    const request = aRequest(provider.apiBase, { streaming: true })
    const { ended } = committed(await anUpstream().attempt(request, secret, abort.signal))
    abort.abort()
    await provider.closed()
    expect(await ended).toMatchObject({ kind: 'cancelled' })
  })
})
