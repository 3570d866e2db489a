import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import Anthropic, { BadRequestError } from '@anthropic-ai/sdk'
import { createOpenAI } from '@ai-sdk/openai'
import { ChatOpenAI } from '@langchain/openai'
import { embed, generateText, streamText } from 'ai'
import OpenAI, { NotFoundError, toFile } from 'openai'
import { describe, expect, it } from 'vitest'
import { anotherUpstream } from '../support/another-upstream.ts'
import { freePort } from '../support/free-port.ts'
import { aNewClient } from '../support/gateway-port.ts'
import { addModel, anOpenApp } from '../support/open-app.ts'

const living = 'sk-canary-alive-0123456789abcdef'
const dead = [1, 2, 3, 4].map((n) => `sk-canary-dead-${n}-0123456789abcdef`)

/** The gateway before a provider by others, with four dead keys before the one that lives. */
async function aGateway() {
  const upstream = await anotherUpstream((key) => key === living)
  const { client: page } = await anOpenApp()
  const about = { apiBase: upstream.url, temperature: 0.3 }
  await addModel(page, [...dead, living], { name: 'ours', provider: 'openai', ...about })
  await addModel(page, [...dead, living], { name: 'claude-ours', provider: 'anthropic', ...about })
  const { token } = await page.gateway.addClient(aNewClient())
  const port = await freePort()
  await page.gateway.switch({ on: true, port })
  const origin = `http://127.0.0.1:${port}`
  return { ...upstream, page, token, origin, base: `${origin}/v1` }
}

type Gateway = Awaited<ReturnType<typeof aGateway>>
const hello = [{ role: 'user' as const, content: 'hello there' }]
const openai = ({ base: baseURL, token: apiKey }: Gateway) => new OpenAI({ baseURL, apiKey, maxRetries: 0 })

async function collected<T>(stream: AsyncIterable<T>, textOf: (event: T) => string | null | undefined) {
  let text = ''
  for await (const event of stream) text += textOf(event) ?? ''
  return text
}

describe('the openai client', () => {
  it('chats, with four of five keys dead, as DSLighting asks', async () => {
    const gateway = await aGateway()
    gateway.mock.onMessage('hello', { content: 'Good day.' })
    const asked = openai(gateway).chat.completions.create({
      model: 'ours',
      messages: hello,
      temperature: 0.7,
      stream: false,
    })
    const { data, response } = await asked.withResponse()
    expect(data.choices[0]?.message.content).toBe('Good day.')
    expect(response.headers.get('x-keywheel-attempts')).toBe('5')
    expect(gateway.counts.refused).toBe(4)
    expect(gateway.mock.getLastRequest()?.body).toMatchObject({ model: 'ours', temperature: 0.7 })
  })

  it('streams a chat, and is told its usage when it asks', async () => {
    const gateway = await aGateway()
    gateway.mock.onMessage('hello', { content: 'Good day to you all.' })
    const stream = await openai(gateway).chat.completions.create({
      model: 'ours',
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
    })
    let usage = 0
    const text = await collected(stream, (chunk) => {
      usage += chunk.usage?.total_tokens ?? 0
      return chunk.choices[0]?.delta.content
    })
    expect(text).toBe('Good day to you all.')
    expect(usage).toBeGreaterThan(0)
  })

  it('calls tools, and passes on what they said', async () => {
    const gateway = await aGateway()
    gateway.mock.onToolResult('call-1', { content: 'It rains.' })
    gateway.mock.onMessage('weather', { toolCalls: [{ name: 'weather', arguments: '{"city":"Bern"}', id: 'call-1' }] })
    const tools = [{ type: 'function' as const, function: { name: 'weather', parameters: { type: 'object' } } }]
    const question = { role: 'user' as const, content: 'the weather?' }
    const client = openai(gateway)
    const first = await client.chat.completions.create({ model: 'ours', messages: [question], tools })
    const message = first.choices[0]!.message
    expect(message.tool_calls?.[0]).toMatchObject({ id: 'call-1', function: { name: 'weather' } })
    const said = { role: 'tool' as const, tool_call_id: 'call-1', content: 'rain' }
    const second = await client.chat.completions.create({ model: 'ours', messages: [question, message, said], tools })
    expect(second.choices[0]?.message.content).toBe('It rains.')
  })

  it('gets structured output, and sends images', async () => {
    const gateway = await aGateway()
    gateway.mock.onMessage('picture', { content: '{"animal":"cat"}' })
    const image = `data:image/png;base64,${Buffer.alloc(30_000, 7).toString('base64')}`
    const { choices } = await openai(gateway).chat.completions.create({
      model: 'ours',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'the picture?' },
            { type: 'image_url', image_url: { url: image } },
          ],
        },
      ],
      response_format: { type: 'json_schema', json_schema: { name: 'animal', schema: { type: 'object' } } },
    })
    expect(JSON.parse(choices[0]?.message.content ?? '')).toEqual({ animal: 'cat' })
    expect(JSON.stringify(gateway.mock.getLastRequest()?.body)).toContain(image.slice(-100))
  })

  it('uses the Responses API, whole and as a stream', async () => {
    const gateway = await aGateway()
    gateway.mock.onMessage('hello', { content: 'Good day.' })
    const whole = await openai(gateway).responses.create({ model: 'ours', input: 'hello there' })
    expect(whole.output_text).toBe('Good day.')
    const stream = await openai(gateway).responses.create({ model: 'ours', input: 'hello there', stream: true })
    expect(await collected(stream, (event) => (event.type === 'response.output_text.delta' ? event.delta : ''))).toBe(
      'Good day.',
    )
  })

  it('embeds text, and lists the models', async () => {
    const gateway = await aGateway()
    gateway.mock.onEmbedding('hello', { embedding: [0.5, -0.25] })
    const { data } = await openai(gateway).embeddings.create({
      model: 'ours',
      input: 'hello',
      encoding_format: 'float',
    })
    expect(data[0]?.embedding).toEqual([0.5, -0.25])
    const names = (await openai(gateway).models.list()).data.map(({ id }) => id)
    expect(names).toEqual(['ours', 'claude-ours'])
    expect((await openai(gateway).models.retrieve('ours')).id).toBe('ours')
  })

  it('sends a recording to be written down', async () => {
    const gateway = await aGateway()
    gateway.mock.onTranscription({ transcription: { text: 'spoken words' } })
    const file = await toFile(Buffer.from('RIFF no real sound'), 'speech.wav')
    const { text } = await openai(gateway).audio.transcriptions.create({ model: 'ours', file })
    expect(text).toBe('spoken words')
  })

  it("throws the gateway's error in its own type, with every key's reason", async () => {
    const gateway = await aGateway()
    const error = await openai(gateway)
      .chat.completions.create({ model: 'none-of-ours', messages: hello })
      .catch((error: unknown) => error)
    expect(error).toBeInstanceOf(NotFoundError)
    expect(error).toMatchObject({ status: 404, code: 'model_not_found', type: 'keywheel_error' })
  })
})

describe('clients that would try again by themselves', () => {
  it.each([
    [
      'openai',
      '/v1',
      (options: object) => new OpenAI(options).chat.completions.create({ model: 'dead', messages: hello }),
    ],
    [
      'Anthropic’s',
      '',
      (options: object) =>
        new Anthropic(options).messages.create({ model: 'claude-dead', max_tokens: 9, messages: hello }),
    ],
  ])('do not when every key is rejected: %s', async (_client, path, ask) => {
    const gateway = await aGateway()
    await addModel(gateway.page, dead, { name: 'dead', provider: 'openai', apiBase: gateway.url })
    await addModel(gateway.page, dead, { name: 'claude-dead', provider: 'anthropic', apiBase: gateway.url })
    let asked = 0
    const counting: typeof fetch = (...call) => {
      asked += 1
      return fetch(...call)
    }
    const options = { baseURL: gateway.origin + path, apiKey: gateway.token, maxRetries: 2, fetch: counting }
    const error = await ask(options).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ status: 429 })
    expect(asked).toBe(1)
  })
})

describe('the client of Anthropic', () => {
  const anthropic = ({ origin: baseURL, token: apiKey }: Gateway) => new Anthropic({ baseURL, apiKey, maxRetries: 0 })

  it('gets a message, whole and as a stream, by the provider’s own way to show a key', async () => {
    const gateway = await aGateway()
    gateway.mock.onMessage('hello', { content: 'Good day.' })
    const ask = { model: 'claude-ours', max_tokens: 100, messages: hello }
    const whole = await anthropic(gateway).messages.create(ask)
    expect(whole.content[0]).toMatchObject({ type: 'text', text: 'Good day.' })
    const stream = anthropic(gateway).messages.stream(ask)
    expect(await stream.finalText()).toBe('Good day.')
    expect(gateway.counts.refused).toBe(4)
    expect(gateway.seen[0]).toMatchObject({
      path: '/v1/messages',
      headers: { 'x-api-key': living, 'anthropic-version': expect.stringMatching(/^20\d\d-/) },
    })
  })

  it('reaches only models of its own provider by its own API', async () => {
    const gateway = await aGateway()
    const error = await anthropic(gateway)
      .messages.create({ model: 'ours', max_tokens: 100, messages: hello })
      .catch((error: unknown) => error)
    expect(error).toBeInstanceOf(BadRequestError)
    expect(JSON.stringify(error)).toContain('wrong_api')
  })

  it('is not needed: its models are reached by the API that all others have', async () => {
    const gateway = await aGateway()
    gateway.mock.onMessage('hello', { content: 'Good day.' })
    const { choices } = await openai(gateway).chat.completions.create({ model: 'claude-ours', messages: hello })
    expect(choices[0]?.message.content).toBe('Good day.')
    expect(gateway.seen[0]?.headers).toMatchObject({ authorization: `Bearer ${living}` })
  })
})

describe('other clients', () => {
  it('the AI SDK generates, streams and embeds', async () => {
    const gateway = await aGateway()
    gateway.mock.onMessage('hello', { content: 'Good day.' })
    gateway.mock.onEmbedding('hello', { embedding: [0.5] })
    const provider = createOpenAI({ baseURL: gateway.base, apiKey: gateway.token })
    for (const model of [provider.chat('ours'), provider.responses('ours')]) {
      const options = { model, prompt: 'hello there', maxRetries: 0 }
      expect((await generateText(options)).text).toBe('Good day.')
      expect(await collected(streamText(options).textStream, (text) => text)).toBe('Good day.')
    }
    const embedding = await embed({ model: provider.embedding('ours'), value: 'hello', maxRetries: 0 })
    expect(embedding.embedding).toEqual([0.5])
  })

  it('LangChain invokes and streams', async () => {
    const gateway = await aGateway()
    gateway.mock.onMessage('hello', { content: 'Good day.' })
    const model = new ChatOpenAI({
      model: 'ours',
      apiKey: gateway.token,
      configuration: { baseURL: gateway.base },
      maxRetries: 0,
    })
    expect((await model.invoke('hello there')).text).toBe('Good day.')
    expect(await collected(await model.stream('hello there'), ({ text }) => text)).toBe('Good day.')
  })

  it('curl does with one line', async () => {
    const gateway = await aGateway()
    gateway.mock.onMessage('hello', { content: 'Good day.' })
    const { stdout } = await promisify(execFile)('curl', [
      '-sS',
      `${gateway.base}/chat/completions`,
      '-H',
      `Authorization: Bearer ${gateway.token}`,
      '-H',
      'Content-Type: application/json',
      '-d',
      JSON.stringify({ model: 'ours', messages: hello }),
    ])
    expect(JSON.parse(stdout)).toMatchObject({ choices: [{ message: { content: 'Good day.' } }] })
    expect(stdout).not.toContain('sk-canary')
  })
})
