import { randomBytes } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../../electron/rotation/system-clock.ts'
import { createSimulator, type SimulatorDeps } from '../../electron/simulator/simulator.ts'
import type { DemoScript } from '../../electron/simulator/demo-model.ts'
import { FakeClock } from '../support/fake-clock.ts'

interface Reply {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

async function aSimulator(deps: Partial<SimulatorDeps> = {}) {
  const simulator = createSimulator({
    clock: systemClock,
    random: () => 0,
    randomBytes,
    ...deps,
    pace: { wordDelayMs: 0, slowFirstByteMs: 0, ...deps.pace },
  })
  onTestFinished(simulator.close)
  const { port } = await simulator.listen()
  const { name, value } = simulator.secretHeader

  function send(method: string, path: string, headers: Record<string, string>, body?: string) {
    return new Promise<Reply>((resolve, reject) => {
      const request = httpRequest({ port, host: '127.0.0.1', method, path, headers }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          })
        })
      })
      request.on('error', reject)
      request.end(body)
    })
  }

  const secretOf = (script: DemoScript) => simulator.demoModel.keys.find((key) => key.script === script)?.secret ?? ''
  const headersOf = (script: DemoScript) => ({ [name]: value, authorization: `Bearer ${secretOf(script)}` })

  function chat(script: DemoScript, content = 'Hello there', over: Record<string, unknown> = {}) {
    const messages = [{ role: 'user', content }]
    const body = JSON.stringify({ model: simulator.demoModel.upstreamModel, messages, ...over })
    return send('POST', '/v1/chat/completions', headersOf(script), body)
  }

  return { simulator, send, chat, headersOf, secretOf }
}

const contentOf = (reply: Reply) =>
  (JSON.parse(reply.body) as { choices: { message: { content: string } }[] }).choices[0]?.message.content ?? ''
const eventsOf = (reply: Reply) =>
  reply.body
    .split('\n\n')
    .filter((event) => event.startsWith('data: {'))
    .map((event) => JSON.parse(event.slice(6)) as StreamChunk)
interface StreamChunk {
  choices: { delta: { content?: string }; finish_reason: string | null }[]
  usage?: { prompt_tokens: number; completion_tokens: number; total_tokens: number }
}

describe('access', () => {
  it('answers 403 and nothing else to whoever does not know the secret of this run', async () => {
    const { send, secretOf, simulator } = await aSimulator()
    const authorization = `Bearer ${secretOf('fine')}`
    for (const headers of [
      { authorization },
      { authorization, [simulator.secretHeader.name]: 'guess' },
      { authorization, [simulator.secretHeader.name]: `${simulator.secretHeader.value}x` },
    ]) {
      const reply = await send('GET', '/v1/models', headers)
      expect(reply.status).toBe(403)
      expect(reply.body).toBe('')
    }
  })

  it('is reached by its own name only, and only while it listens', async () => {
    const { simulator } = await aSimulator()
    expect(simulator.resolveHost('api.openai.com')).toBeNull()
    expect(simulator.resolveHost(simulator.host)?.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    await simulator.close()
    expect(simulator.resolveHost(simulator.host)).toBeNull()
  })

  it('has new secrets in every run', async () => {
    const first = await aSimulator()
    const second = await aSimulator()
    expect(first.secretOf('fine')).not.toBe(second.secretOf('fine'))
    expect(first.simulator.secretHeader.value).not.toBe(second.simulator.secretHeader.value)
  })
})

describe('the five keys', () => {
  it('lists the demo model', async () => {
    const { send, headersOf, simulator } = await aSimulator()
    const reply = await send('GET', '/v1/models', headersOf('fine'))
    expect(JSON.parse(reply.body)).toMatchObject({ data: [{ id: simulator.demoModel.upstreamModel }] })
  })

  it('rejects one of them, always, in the listing too', async () => {
    const { chat, send, headersOf } = await aSimulator()
    for (const reply of [await chat('rejected'), await send('GET', '/v1/models', headersOf('rejected'))]) {
      expect(reply.status).toBe(401)
      expect(JSON.parse(reply.body)).toMatchObject({ error: { code: 'invalid_api_key' } })
    }
  })

  it('limits one every few calls, says for how long, and keeps to it', async () => {
    const clock = new FakeClock()
    const { chat } = await aSimulator({ clock, pace: { limitedEvery: 2 } })
    expect((await chat('limited')).status).toBe(200)
    const limited = await chat('limited')
    expect(limited.status).toBe(429)
    expect(limited.headers['retry-after']).toBe('20')
    expect(limited.headers['x-request-id']).toMatch(/^simulator-\d+$/)
    await clock.advance(12_500)
    const still = await chat('limited')
    expect([still.status, still.headers['retry-after'], still.headers['retry-after-ms']]).toEqual([429, '8', '7500'])
    await clock.advance(7_500)
    expect((await chat('limited')).status).toBe(429)
    await clock.advance(20_000)
    expect((await chat('limited')).status).toBe(200)
  })

  it('lets one run out of quota after some calls, for good', async () => {
    const { chat } = await aSimulator({ pace: { quotaCalls: 2 } })
    const statuses = []
    for (let call = 0; call < 4; call += 1) statuses.push((await chat('quota')).status)
    expect(statuses).toEqual([200, 200, 429, 429])
    expect(JSON.parse((await chat('quota')).body)).toMatchObject({ error: { code: 'insufficient_quota' } })
  })

  it('takes its time with one before the first byte', async () => {
    const clock = new FakeClock()
    const { chat } = await aSimulator({ clock, pace: { slowFirstByteMs: 1_500 } })
    const reply = chat('slow')
    let isThere = false
    void reply.then(() => (isThere = true))
    while (clock.pending === 0) await new Promise(setImmediate)
    await clock.advance(1_499)
    expect(isThere).toBe(false)
    await clock.advance(1)
    expect((await reply).status).toBe(200)
    expect(contentOf(await reply)).toContain('1.5 s')
  })

  it('answers with one every time', async () => {
    const { chat } = await aSimulator()
    for (let call = 0; call < 10; call += 1) expect((await chat('fine')).status).toBe(200)
  })
})

describe('what it says', () => {
  it('tells which key answered and which ones could not', async () => {
    const { chat } = await aSimulator()
    await chat('rejected')
    const told = contentOf(await chat('fine', 'What is rotation?'))
    expect(told).toContain('“fine”')
    expect(told).toContain('“rejected” was rejected')
    expect(told).toContain('What is rotation?')
    expect(contentOf(await chat('fine'))).not.toContain('“rejected”')
  })

  it('answers in the language of the prompt', async () => {
    const { chat } = await aSimulator()
    expect(contentOf(await chat('fine', '你好，轮换是什么？'))).toContain('密钥“fine”')
    expect(contentOf(await chat('fine', 'Bonjour'))).toContain('The key “fine”')
  })

  it('varies its words', async () => {
    let turn = 0
    const { chat } = await aSimulator({ random: () => ((turn += 1) % 5) / 5 })
    const told = new Set<string>()
    for (let call = 0; call < 5; call += 1) told.add(contentOf(await chat('fine')))
    expect(told.size).toBe(5)
  })

  it('never says more of a key than its label', async () => {
    const { chat, simulator } = await aSimulator()
    for (const { script } of simulator.demoModel.keys) {
      const { body } = await chat(script)
      for (const { secret } of simulator.demoModel.keys) expect(body).not.toContain(secret.slice(-8))
    }
  })
})

describe('streaming', () => {
  it('gives the same text word by word, and usage when it was asked for', async () => {
    const { chat } = await aSimulator()
    const reply = await chat('fine', 'Hello', { stream: true, stream_options: { include_usage: true } })
    expect(reply.headers['content-type']).toBe('text/event-stream')
    const events = eventsOf(reply)
    const text = events.flatMap(({ choices }) => choices.map(({ delta }) => delta.content ?? '')).join('')
    expect(text).toContain('The key “fine” answered')
    expect(events.length).toBeGreaterThan(20)
    expect(events.at(-1)?.usage?.total_tokens).toBeGreaterThan(10)
    expect(reply.body.endsWith('data: [DONE]\n\n')).toBe(true)
  })

  it('leaves usage out when nobody asked', async () => {
    const { chat } = await aSimulator()
    const events = eventsOf(await chat('fine', 'Hello', { stream: true }))
    expect(events.some(({ usage }) => usage !== undefined)).toBe(false)
    expect(events.at(-1)?.choices[0]?.finish_reason).toBe('stop')
  })

  it('stops at the tokens that were allowed', async () => {
    const { chat } = await aSimulator()
    const events = eventsOf(await chat('fine', 'Hello', { stream: true, max_tokens: 3 }))
    expect(events.at(-1)?.choices[0]?.finish_reason).toBe('length')
    expect(events).toHaveLength(5)
  })
})

describe('rehearsed faults', () => {
  const error = { message: 'The server is on fire.', type: 'server_error', code: null }

  it('are data: any status', async () => {
    const fault = { kind: 'status', status: 529, error } as const
    const { chat } = await aSimulator({ scripts: { fine: [{ when: { kind: 'every', calls: 2 }, fault }] } })
    expect([(await chat('fine')).status, (await chat('fine')).status]).toEqual([200, 529])
  })

  it('a reset before any byte, and one in the middle', async () => {
    const reset = (afterWords: number | null) => [
      { when: { kind: 'always' } as const, fault: { kind: 'reset', afterWords } as const },
    ]
    const { chat } = await aSimulator({ scripts: { fine: reset(null), slow: reset(2) } })
    await expect(chat('fine', 'Hello', { stream: true })).rejects.toThrow(/socket hang up|aborted|ECONNRESET/)
    await expect(chat('slow', 'Hello', { stream: true })).rejects.toThrow(/socket hang up|aborted|ECONNRESET/)
    await expect(chat('slow')).rejects.toThrow(/socket hang up|aborted|ECONNRESET/)
  })

  it('an error inside a 200 stream', async () => {
    const fault = { kind: 'stream-error', afterWords: null, error } as const
    const { chat } = await aSimulator({ scripts: { fine: [{ when: { kind: 'always' }, fault }] } })
    const reply = await chat('fine', 'Hello', { stream: true })
    expect(reply.status).toBe(200)
    expect(reply.body).toContain('"error":{"message":"The server is on fire."')
  })

  it('garbage with a 200', async () => {
    const fault = { kind: 'garbage', contentType: 'text/html', body: '<html>hello</html>' } as const
    const { chat } = await aSimulator({ scripts: { fine: [{ when: { kind: 'always' }, fault }] } })
    expect(await chat('fine')).toMatchObject({ status: 200, body: '<html>hello</html>' })
  })

  it('by chance, with the chances handed in', async () => {
    const chances = [0.4, 0.6]
    const fault = { kind: 'status', status: 500, error } as const
    const { chat } = await aSimulator({
      random: () => chances.shift() ?? 0.9,
      scripts: { fine: [{ when: { kind: 'sometimes', probability: 0.5 }, fault }] },
    })
    expect([(await chat('fine')).status, (await chat('fine')).status]).toEqual([500, 200])
  })
})

describe('requests that make no sense', () => {
  it.each([
    ['no JSON', 'hello', 400],
    ['no messages', '{"model":"keywheel-simulator","messages":[]}', 400],
    ['no model', '{"messages":[{"role":"user","content":"hi"}]}', 400],
    ['another model', '{"model":"gpt-4o","messages":[{"role":"user","content":"hi"}]}', 404],
  ])('refuses %s without using up a call', async (_title, body, status) => {
    const { send, headersOf } = await aSimulator()
    const reply = await send('POST', '/v1/chat/completions', headersOf('fine'), body)
    expect(reply.status).toBe(status)
    expect(JSON.parse(reply.body)).toHaveProperty('error.type', 'invalid_request_error')
  })

  it('knows no other path and no other key', async () => {
    const { send, headersOf, simulator } = await aSimulator()
    expect((await send('GET', '/v1/files', headersOf('fine'))).status).toBe(404)
    const { name, value } = simulator.secretHeader
    expect((await send('GET', '/v1/models', { [name]: value, authorization: 'Bearer sk-other' })).status).toBe(401)
  })
})
