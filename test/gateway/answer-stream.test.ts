import { describe, expect, it } from 'vitest'
import { passOn } from '../../electron/gateway/answer-stream.ts'
import { plainFailure } from '../../electron/gateway/request-failure.ts'
import type { UpstreamAnswer } from '../../electron/upstream/wire-attempt.ts'

function anAnswer(chunks: string[], options: { breaks?: boolean; streaming?: boolean } = {}): UpstreamAnswer {
  async function* body() {
    for (const chunk of chunks) yield await Promise.resolve(Buffer.from(chunk))
    if (options.breaks) throw new Error('the provider broke off')
  }
  return { status: 200, headers: {}, streaming: options.streaming ?? true, bodyBytes: null, body: body() }
}

async function passed(answer: UpstreamAnswer, isCancelled = false) {
  let firsts = 0
  const chunks: string[] = []
  const deps = {
    onFirst: () => (firsts += 1),
    onBroken: () => plainFailure('stream_broken', 'glm'),
    isCancelled: () => isCancelled,
  }
  for await (const chunk of passOn(answer, deps)) chunks.push(Buffer.from(chunk).toString())
  return { chunks, firsts }
}

describe('an answer that is passed on', () => {
  it('keeps its chunks as they are and tells of the first', async () => {
    const chunks = ['data: {"a"', ':1}\n\n', 'data: [DONE]\n\n']
    expect(await passed(anAnswer(chunks))).toEqual({ chunks, firsts: 1 })
  })

  it('ends with an error event, and without [DONE], when the provider breaks off', async () => {
    const { chunks } = await passed(anAnswer(['data: {"half'], { breaks: true }))
    expect(chunks[0]).toBe('data: {"half')
    expect(chunks[1]).toMatch(/^\n\ndata: \{"error":\{.*"code":"stream_broken"/)
    expect(chunks.join('')).not.toContain('[DONE]')
  })

  it('just ends when it was the client who left', async () => {
    expect((await passed(anAnswer(['x'], { breaks: true }), true)).chunks).toEqual(['x'])
  })

  it('breaks as a connection where there are no events to say it with', async () => {
    await expect(passed(anAnswer(['{"half'], { breaks: true, streaming: false }))).rejects.toThrow(
      'the provider broke off',
    )
  })
})
