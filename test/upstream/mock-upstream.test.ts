import OpenAI from 'openai'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  answersHtml,
  breaksOff,
  held,
  outOfQuota,
  rateLimits,
  resets,
  says,
  stalls,
} from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'

async function anUpstream() {
  const upstream = await startMockUpstream(['model-a', 'model-b'])
  onTestFinished(() => upstream.close())
  const client = (apiKey: string) => new OpenAI({ apiKey, baseURL: upstream.url, maxRetries: 0 })
  return { upstream, client }
}

const ask = { model: 'model-a', messages: [{ role: 'user' as const, content: 'Hi' }] }

async function readStream(client: OpenAI, signal?: AbortSignal) {
  const pieces: string[] = []
  const stream = await client.chat.completions.create({ ...ask, stream: true }, signal ? { signal } : {})
  try {
    for await (const chunk of stream) pieces.push(chunk.choices[0]?.delta.content ?? '')
    return { text: pieces.join(''), failed: false }
  } catch {
    return { text: pieces.join(''), failed: true }
  }
}

describe('the mock upstream, as the official client sees it', () => {
  it('answers whole or piece by piece, as asked, and says what it used', async () => {
    const { upstream, client } = await anUpstream()
    upstream.script('sk-1', says('Hello ', 'there'))
    const whole = await client('sk-1').chat.completions.create(ask)
    expect(whole.choices[0]?.message.content).toBe('Hello there')
    expect(whole.usage?.total_tokens).toBe(9)
    expect(await readStream(client('sk-1'))).toEqual({ text: 'Hello there', failed: false })
  })

  it('follows the script of each key by itself and stays with its last answer', async () => {
    const { upstream, client } = await anUpstream()
    upstream.script('sk-1', rateLimits(3), says('at last'))
    upstream.script('sk-2', outOfQuota())
    await expect(client('sk-1').chat.completions.create(ask)).rejects.toMatchObject({ status: 429 })
    for (let turn = 0; turn < 2; turn += 1) expect((await readStream(client('sk-1'))).text).toBe('at last')
    await expect(client('sk-2').chat.completions.create(ask)).rejects.toMatchObject({ code: 'insufficient_quota' })
  })

  it('rejects a key that it was not told of, also when it only asks for the models', async () => {
    const { upstream, client } = await anUpstream()
    upstream.script('sk-1', says('x'))
    await expect(client('sk-9').chat.completions.create(ask)).rejects.toMatchObject({ status: 401 })
    await expect(client('sk-9').models.list()).rejects.toMatchObject({ status: 401 })
    const { data } = await client('sk-1').models.list()
    expect(data.map(({ id }) => id)).toEqual(['model-a', 'model-b'])
  })

  it.each([
    ['tears the connection down before any answer', resets(), ''],
    ['tears it down in the middle of a stream', resets('one ', 'two'), 'one two'],
    ['ends a stream with an error event', breaksOff({ message: 'overloaded', code: 'x' }, 'one '), 'one '],
  ])('%s', async (_what, answer, seen) => {
    const { upstream, client } = await anUpstream()
    upstream.script('sk-1', answer)
    const outcome = await readStream(client('sk-1')).catch(() => ({ text: '', failed: true }))
    expect(outcome).toEqual({ text: seen, failed: true })
  })

  it('answers a page of HTML where JSON was expected', async () => {
    const { upstream } = await anUpstream()
    upstream.script('sk-1', answersHtml(403))
    const response = await fetch(`${upstream.url}/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk-1' },
      body: '{}',
    })
    expect([response.status, response.headers.get('content-type')]).toEqual([403, 'text/html'])
  })

  it('stalls until the client leaves, and knows that it left', async () => {
    const { upstream, client } = await anUpstream()
    upstream.script('sk-1', stalls('one '))
    const leaving = new AbortController()
    const reading = readStream(client('sk-1'), leaving.signal)
    const { leftEarly } = await upstream.arrival(1)
    leaving.abort()
    await reading.catch(() => undefined)
    expect(await leftEarly).toBe(true)
  })

  it('holds an answer back until it is let go', async () => {
    const { upstream, client } = await anUpstream()
    const gate = Promise.withResolvers<void>()
    upstream.script('sk-1', held(gate.promise, says('now')))
    let answered = false
    const reading = readStream(client('sk-1')).then((outcome) => {
      answered = true
      return outcome
    })
    await upstream.arrival(1)
    expect(answered).toBe(false)
    gate.resolve()
    expect((await reading).text).toBe('now')
  })

  it('keeps every request that it has seen, with its key, path and body', async () => {
    const { upstream, client } = await anUpstream()
    upstream.script('sk-1', says('x'))
    await client('sk-1').chat.completions.create(ask)
    expect(upstream.requests).toHaveLength(1)
    expect(upstream.requests[0]).toMatchObject({ method: 'POST', path: '/v1/chat/completions', key: 'sk-1' })
    expect(JSON.parse(upstream.requests[0]!.body)).toMatchObject({ model: 'model-a' })
  })
})
