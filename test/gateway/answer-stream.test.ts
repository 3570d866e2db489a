import { describe, expect, it } from 'vitest'
import { passOn } from '../../electron/gateway/answer-stream.ts'
import { plainFailure } from '../../electron/gateway/request-failure.ts'
import { routeOf } from '../../electron/gateway/routes.ts'

async function* pieces(chunks: string[], breaks: boolean) {
  for (const chunk of chunks) yield await Promise.resolve(Buffer.from(chunk))
  if (breaks) throw new Error('the provider broke off')
}

interface Passing {
  path?: string
  breaks?: boolean
  streaming?: boolean
  hasLeft?: boolean
}

async function passed(chunks: string[], { path, breaks = false, streaming = true, hasLeft = false }: Passing = {}) {
  const route = routeOf(path ?? '/v1/chat/completions')!
  const signal = hasLeft ? AbortSignal.abort() : new AbortController().signal
  const deps = { route, signal, onBroken: () => plainFailure('stream_broken', 'glm') }
  const got: string[] = []
  for await (const chunk of passOn(streaming, pieces(chunks, breaks), deps)) got.push(Buffer.from(chunk).toString())
  return got
}

describe('an answer that is passed on', () => {
  it('keeps its chunks as they are, one for one', async () => {
    const chunks = ['data: {"a"', ':1}\n\n', 'data: [DONE]\n\n']
    expect(await passed(chunks)).toEqual(chunks)
  })

  it('ends with an error event, and without [DONE], when the provider breaks off', async () => {
    const chunks = await passed(['data: {"half'], { breaks: true })
    expect(chunks[0]).toBe('data: {"half')
    expect(chunks[1]).toMatch(/^\n\ndata: \{"error":\{.*"code":"stream_broken"/)
    expect(chunks.join('')).not.toContain('[DONE]')
  })

  it.each([
    ['/v1/completions', /^\n\ndata: \{"error":\{"type":"keywheel_error"/],
    ['/v1/responses', /^\n\nevent: error\ndata: \{"type":"error","code":"stream_broken","message":"/],
    ['/v1/messages', /^\n\nevent: error\ndata: \{"type":"error","error":\{"type":"api_error","message":"/],
  ])('says so in the words of %s', async (path, event) => {
    expect((await passed(['data: {}\n\n'], { path, breaks: true }))[1]).toMatch(event)
  })

  it('just ends when it was the client who left', async () => {
    expect(await passed(['x'], { breaks: true, hasLeft: true })).toEqual(['x'])
  })

  it('breaks as a connection where there are no events to say it with', async () => {
    await expect(passed(['{"half'], { breaks: true, streaming: false })).rejects.toThrow('the provider broke off')
  })
})
