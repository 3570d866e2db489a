import { describe, expect, it, onTestFinished } from 'vitest'
import type { Answer } from '../support/mock-upstream/answers.ts'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { aGatewayInProcess } from '../support/gateway-in-process.ts'

interface Fault {
  answer: Answer
  /** How a request ends that finds no key without the fault: status and code. */
  alone: readonly [status: number, code: string]
  /** How often the first key is asked while another could serve, or `caller`: then nobody else is asked at all. */
  firstKeyAsked: number | 'caller'
}

const out = [429, 'keys_unavailable'] as const
const failed = [502, 'upstream_failed'] as const
const page = [502, 'bad_upstream'] as const
const announced = (retryAfter: string) =>
  upstream.refuses(429, { code: 'rate_limit_exceeded' }, { 'retry-after': retryAfter })

const htmlPage = (status: number, title: string) =>
  upstream.answers(status, `<!doctype html><title>${title}</title>`, { 'content-type': 'text/html' })

/** What a provider does, and what follows of it for the request; key by key, it is the rotation's own table. */
const faults: Record<string, Fault> = {
  '401': { answer: upstream.rejectsKey(), alone: out, firstKeyAsked: 1 },
  '403': { answer: upstream.refuses(403, { message: 'forbidden' }), alone: out, firstKeyAsked: 1 },
  '403 that names the model': {
    answer: upstream.refuses(403, { message: 'no access to ours' }),
    alone: out,
    firstKeyAsked: 1,
  },
  '402': { answer: upstream.refuses(402, { message: 'pay first' }), alone: out, firstKeyAsked: 1 },
  '429 insufficient_quota': { answer: upstream.outOfQuota(), alone: out, firstKeyAsked: 1 },
  '429 for an hour': { answer: announced('3600'), alone: out, firstKeyAsked: 1 },
  '429 for ever': { answer: announced('1000000000'), alone: out, firstKeyAsked: 1 },
  '429 until a date': { answer: announced('Thu, 01 Jan 2026 00:30:00 GMT'), alone: out, firstKeyAsked: 1 },
  '500': { answer: upstream.refuses(500), alone: failed, firstKeyAsked: 3 },
  '502 page': { answer: htmlPage(502, 'Bad Gateway'), alone: failed, firstKeyAsked: 3 },
  '503': { answer: upstream.refuses(503), alone: failed, firstKeyAsked: 3 },
  '504': { answer: upstream.refuses(504), alone: failed, firstKeyAsked: 3 },
  '529': { answer: upstream.refuses(529, { type: 'overloaded_error' }), alone: failed, firstKeyAsked: 3 },
  'a reset before the first byte': { answer: upstream.resets(), alone: [502, 'connection_lost'], firstKeyAsked: 3 },
  'no answer': { answer: upstream.stalls(), alone: [504, 'timeout|deadline_exceeded'], firstKeyAsked: 1 },
  'a web page': { answer: htmlPage(200, 'Welcome'), alone: page, firstKeyAsked: 'caller' },
  'a captcha': { answer: upstream.answersHtml(403), alone: [502, 'address_blocked'], firstKeyAsked: 'caller' },
  'no JSON': {
    answer: upstream.answers(200, 'just text', { 'content-type': 'application/json' }),
    alone: page,
    firstKeyAsked: 3,
  },
  nothing: { answer: upstream.answers(200, ''), alone: failed, firstKeyAsked: 3 },
  'no choices': {
    answer: upstream.answers(200, { object: 'chat.completion', choices: [] }),
    alone: failed,
    firstKeyAsked: 3,
  },
  'a refusal of the key in a 200': {
    answer: upstream.answers(200, { error: { message: 'Incorrect API key provided', code: 'invalid_api_key' } }),
    alone: out,
    firstKeyAsked: 1,
  },
  'a spent quota in a 200 stream': {
    answer: upstream.breaksOff({ message: 'quota', code: 'insufficient_quota' }),
    alone: out,
    firstKeyAsked: 1,
  },
  'a redirect': {
    answer: upstream.answers(307, '', { location: 'http://127.0.0.1:9/elsewhere' }),
    alone: [502, 'redirect_refused'],
    firstKeyAsked: 3,
  },
  '204': { answer: upstream.answers(204, ''), alone: failed, firstKeyAsked: 3 },
  '400': {
    answer: upstream.refuses(400, { message: 'no such field', code: 'bad_field' }),
    alone: [400, 'bad_field'],
    firstKeyAsked: 'caller',
  },
  '413': {
    answer: upstream.refuses(413, { message: 'too large', code: 'too_large' }),
    alone: [413, 'too_large'],
    firstKeyAsked: 'caller',
  },
  '422': {
    answer: upstream.refuses(422, { message: 'odd', code: 'odd' }),
    alone: [422, 'odd'],
    firstKeyAsked: 'caller',
  },
}

const secretOf = (number: number) => `sk-canary-${number}-0123456789abcdef`

async function aGateway(keys: number) {
  const mock = await startMockUpstream()
  onTestFinished(() => mock.close())
  const secrets = Array.from({ length: keys }, (_, index) => secretOf(index + 1))
  const gateway = aGatewayInProcess([{ name: 'ours', apiBase: mock.url, secrets, provider: 'openai' }])
  const script = (from: number, answer: Answer) => {
    for (const secret of secrets.slice(from - 1)) mock.script(secret, answer)
  }
  /** Asks, and lets time pass until there is an answer. */
  async function ask(stream: boolean) {
    let isOver = false
    const answer = gateway.ask({ model: 'ours', stream }).finally(() => (isOver = true))
    while (!isOver) {
      for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate)
      if (mock.requests.length > 0 && !isOver) await gateway.clock.advance(500)
    }
    return answer
  }
  const asked = () => mock.requests.map(({ key }) => key)
  return { ...gateway, mock, ask, script, asked }
}

const shapes = Object.keys(faults).flatMap((name) =>
  [false, true].flatMap((stream) => [1, 3, 10].map((keys) => [name, stream ? 'stream' : 'whole', keys] as const)),
)

describe('a provider that answers with', () => {
  it.each(shapes)('%s to every key of a %s request over %i keys', async (name, shape, keys) => {
    const { answer, alone, firstKeyAsked } = faults[name]!
    const { ask, script, asked, events } = await aGateway(keys)
    script(1, answer)
    const { status, text } = await ask(shape === 'stream')
    const [wantedStatus, code] = alone
    expect([status, text]).toEqual([wantedStatus, expect.stringMatching(`"code":"(?:${code})"`)])
    expect(text).not.toContain('sk-canary')
    expect(JSON.stringify(events)).not.toContain('sk-canary')
    expect(events.filter(({ kind }) => kind === 'request-ended')).toMatchObject([{ result: 'failed' }])
    // Faults of keys are tried with every key, faults of the endpoint with one other, faults of the caller with none.
    const tried = new Set(asked()).size
    const others = alone === out ? keys : Math.min(2, keys)
    expect(tried).toBe(firstKeyAsked === 'caller' ? 1 : others)
  })

  it.each(shapes.filter(([, , keys]) => keys > 1))(
    '%s to the first key of a %s request over %i keys',
    async (name, shape, keys) => {
      const { answer, firstKeyAsked } = faults[name]!
      const { ask, script, asked } = await aGateway(keys)
      script(1, answer)
      script(2, upstream.says('from a well key'))
      const { status, text } = await ask(shape === 'stream')
      const isCaller = firstKeyAsked === 'caller'
      expect(status === 200 && text.includes('from a well key')).toBe(!isCaller)
      const first = Array.from({ length: isCaller ? 1 : firstKeyAsked }, () => secretOf(1))
      expect(asked()).toEqual(isCaller ? first : [...first, secretOf(2)])
    },
  )
})

describe('a provider that goes wrong in the middle of a stream', () => {
  it.each([
    ['by a reset', upstream.resets('Hel')],
    ['by falling silent', upstream.stalls('Hel')],
    ['by an error event', upstream.breaksOff({ message: 'sorry', code: 'server_error' }, 'Hel')],
  ])('%s ends it for its client, and no other key is tried', async (_, answer) => {
    for (const keys of [1, 3, 10]) {
      const { ask, script, asked, events } = await aGateway(keys)
      script(1, answer)
      const { status, text } = await ask(true)
      expect([status, text]).toEqual([200, expect.stringMatching(/Hel[^]*"error":/)])
      expect(text).not.toContain('[DONE]')
      expect(asked()).toEqual([secretOf(1)])
      expect(events.at(-1)).toMatchObject({ kind: 'request-ended', failure: { code: 'stream_broken' } })
    }
  })
})

describe('a provider that cannot be reached', () => {
  it.each([1, 3, 10])('leaves %i keys as they were', async (keys) => {
    const secrets = Array.from({ length: keys }, (_, index) => secretOf(index + 1))
    const gateway = aGatewayInProcess([{ name: 'ours', apiBase: 'http://127.0.0.1:9/v1', secrets }])
    let isOver = false
    const answering = gateway.ask({ model: 'ours' }).finally(() => (isOver = true))
    while (!isOver) {
      await new Promise(setImmediate)
      await gateway.clock.advance(10)
    }
    const { status, text } = await answering
    expect([status, text]).toEqual([502, expect.stringContaining('connection_refused')])
    expect(text).not.toMatch(/"state":"(?:cooling|rejected|exhausted)"/)
  })
})
