import { describe, expect, it, onTestFinished } from 'vitest'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { aGatewayInProcess } from '../support/gateway-in-process.ts'

const responseOf = (id: string) => ({
  id,
  object: 'response',
  status: 'completed',
  output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello' }] }],
})

/** The same as a stream of events. */
function streamOf(id: string) {
  const response = responseOf(id)
  const events = [
    { type: 'response.created', response: { ...response, status: 'in_progress', output: [] } },
    { type: 'response.output_text.delta', delta: 'Hello' },
    { type: 'response.completed', response },
  ]
  const body = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('')
  return upstream.answers(200, body, { 'content-type': 'text/event-stream' })
}

/** Two keys in turn; the first request of each makes a response that only it knows. */
async function aGateway() {
  const mock = await startMockUpstream()
  onTestFinished(() => mock.close())
  const one = { apiBase: mock.url, provider: 'openai', secrets: ['sk-1', 'sk-2'], strategy: 'round-robin' as const }
  const gateway = aGatewayInProcess([
    { name: 'ours', ...one },
    { name: 'another', ...one },
  ])
  const respond = (body: object, model = 'ours') => gateway.ask({ model, ...body }, { path: '/v1/responses' })
  const usedKey = async (body: object, model = 'ours') => (await respond(body, model)).headers['x-keywheel-key']
  return { ...gateway, mock, respond, usedKey }
}

describe('a response that goes on from another', () => {
  it.each([
    ['whole', upstream.answers(200, responseOf('resp_1'))],
    ['as a stream', streamOf('resp_1')],
  ])('is served with the key that made that one, which came %s', async (_title, first) => {
    const { mock, usedKey, respond } = await aGateway()
    mock.script('sk-1', first, upstream.answers(200, responseOf('resp_3')))
    mock.script('sk-2', upstream.answers(200, responseOf('resp_2')))
    const streaming = first.kind === 'plain' && first.headers['content-type'] === 'text/event-stream'
    expect(await usedKey(streaming ? { stream: true } : {})).toMatch(/^ours\/1 /)
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await usedKey({ previous_response_id: 'resp_1' })).toMatch(/^ours\/1 /)
    }
    expect(await usedKey({})).toMatch(/^ours\/2 /)
    expect(await usedKey({ previous_response_id: 'resp_2' })).toMatch(/^ours\/2 /)
    expect((await respond({ previous_response_id: 'resp_nobody-knows' })).status).toBe(200)
  })

  it('is served with the same secret where another model goes on', async () => {
    const { mock, usedKey } = await aGateway()
    mock.script('sk-1', upstream.answers(200, responseOf('resp_1')))
    mock.script('sk-2', upstream.answers(200, responseOf('resp_2')))
    await usedKey({})
    await usedKey({})
    for (const id of ['resp_2', 'resp_2', 'resp_1']) {
      expect(await usedKey({ previous_response_id: id }, 'another')).toMatch(new RegExp(`^another/${id.at(-1)} `))
    }
  })

  it('waits for that key while it cools, and does not fail at another', async () => {
    const { mock, respond, usedKey, parked, clock } = await aGateway()
    mock.script(
      'sk-1',
      upstream.answers(200, responseOf('resp_1')),
      upstream.rateLimits(5),
      upstream.answers(200, responseOf('resp_3')),
    )
    mock.script('sk-2', upstream.refuses(400, { message: 'Previous response not found' }))
    await usedKey({})
    const waits = parked()
    const answer = respond({ previous_response_id: 'resp_1' })
    await waits
    await clock.advance(5_000)
    const { status, headers } = await answer
    expect([status, headers['x-keywheel-attempts']]).toEqual([200, '2'])
  })

  it('is tried with the others when that key is out for good: they may be of the same account', async () => {
    const { mock, respond, usedKey } = await aGateway()
    mock.script('sk-1', upstream.answers(200, responseOf('resp_1')), upstream.rejectsKey())
    mock.script('sk-2', upstream.answers(200, responseOf('resp_2')))
    await usedKey({})
    expect((await respond({ previous_response_id: 'resp_1' })).status).toBe(429)
    expect(await usedKey({ previous_response_id: 'resp_1' })).toMatch(/^ours\/2 /)
  })
})
