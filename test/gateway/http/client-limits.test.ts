import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { GatewayAnswer } from '../../../electron/gateway/answer.ts'
import { aGatewayPort } from '../../support/gateway-port.ts'
import { rawRequest, sendRaw, type RawAnswer } from '../../support/raw-http.ts'
import { connect } from 'node:net'

type Port = Awaited<ReturnType<typeof aGatewayPort>>

const ask = (port: Port, { token = port.token, line = 'POST /v1/chat/completions' } = {}): Promise<RawAnswer> =>
  sendRaw(
    port.port,
    rawRequest(
      line,
      [`Host: ${port.host}`, `Authorization: Bearer ${token}`, 'Content-Type: application/json'],
      line.startsWith('POST') ? '{}' : '',
    ),
  )

const headerOf = ({ head }: RawAnswer, name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim()

/** Answers that end when a test says so, the first one first. */
function heldAnswers() {
  const held: ((answer: GatewayAnswer) => void)[] = []
  const waiting: { count: number; reached: () => void }[] = []
  const handle = () =>
    new Promise<GatewayAnswer>((resolve) => {
      held.push(resolve)
      for (const { count, reached } of waiting) if (held.length >= count) reached()
    })
  return {
    handle,
    count: () => held.length,
    reached: (count: number) =>
      new Promise<void>((resolve) => {
        waiting.push({ count, reached: resolve })
        if (held.length >= count) resolve()
      }),
    release: () => {
      for (const resolve of held) resolve({ status: 200, headers: {}, body: Buffer.from('ok') })
    },
  }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve))
}

describe('many answers at once', () => {
  it('wait for their turn beyond what a client may have, and are refused beyond what may wait', async () => {
    const answers = heldAnswers()
    const port = await aGatewayPort({ handle: answers.handle, limits: { streamsPerClient: 2, waitingPerClient: 1 } })
    const first = [ask(port), ask(port)]
    await answers.reached(2)
    const waits = ask(port)
    await until(() => port.usage.inFlight() === 3)
    const refused = await ask(port)
    expect([refused.status, headerOf(refused, 'retry-after')]).toEqual([429, '1'])
    expect(answers.count()).toBe(2)
    answers.release()
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200])
    await answers.reached(3)
    answers.release()
    expect(await waits).toMatchObject({ status: 200 })
  })

  it('of one client leave another’s alone', async () => {
    const answers = heldAnswers()
    const port = await aGatewayPort({ handle: answers.handle, limits: { streamsPerClient: 1, waitingPerClient: 0 } })
    const { token } = await port.mint({ name: 'other' })
    const mine = ask(port)
    await answers.reached(1)
    expect(await ask(port)).toMatchObject({ status: 429 })
    const theirs = ask(port, { token })
    await answers.reached(2)
    answers.release()
    expect([(await mine).status, (await theirs).status]).toEqual([200, 200])
  })

  it('free the place of a request that was given up while it waited', async () => {
    const answers = heldAnswers()
    const port = await aGatewayPort({ handle: answers.handle, limits: { streamsPerClient: 1, waitingPerClient: 1 } })
    const first = ask(port)
    await answers.reached(1)
    const socket = connect(port.port, '127.0.0.1')
    socket.write(
      rawRequest(
        'POST /v1/chat/completions',
        [`Host: ${port.host}`, `Authorization: Bearer ${port.token}`, 'Content-Type: application/json'],
        '{}',
      ),
    )
    await until(() => port.usage.inFlight() === 2)
    socket.destroy()
    await until(() => port.usage.inFlight() === 1)
    answers.release()
    expect(await first).toMatchObject({ status: 200 })
    const next = ask(port)
    await answers.reached(2)
    answers.release()
    expect(await next).toMatchObject({ status: 200 })
    expect(answers.count()).toBe(2)
  })

  it('of more connections than are taken are told to try again, and none is reset', async () => {
    const port = await aGatewayPort({ limits: { maxConnections: 3 } })
    const open = await Promise.all(
      Array.from({ length: 3 }, async () => {
        const socket = connect(port.port, '127.0.0.1')
        await once(socket, 'connect')
        return socket
      }),
    )
    // A request on one of them is served, so that all three are known to have arrived.
    const one = ask(port)
    expect([(await one).status, headerOf(await one, 'retry-after')]).toEqual([503, '1'])
    for (const socket of open) socket.destroy()
    await until(() => open.every(({ closed }) => closed))
    await vi.waitFor(async () => expect(await ask(port)).toMatchObject({ status: 200 }))
  })
})

describe('the requests of a minute', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(2026, 0, 1, 12) })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('are counted for a client that has a limit, and told to it', async () => {
    const port = await aGatewayPort()
    const { token } = await port.mint({ name: 'limited', requestsPerMinute: 2 })
    const answers = [await ask(port, { token }), await ask(port, { token }), await ask(port, { token })]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429])
    expect(answers.map((answer) => headerOf(answer, 'x-ratelimit-remaining-requests'))).toEqual(['1', '0', '0'])
    expect(headerOf(answers[2]!, 'x-ratelimit-limit-requests')).toBe('2')
    expect(headerOf(answers[2]!, 'retry-after')).toBe('60')
    expect(port.requests).toHaveLength(2)
    expect(await ask(port)).toMatchObject({ status: 200 })
  })

  it('are free again when the minute is over', async () => {
    const port = await aGatewayPort()
    const { token } = await port.mint({ name: 'limited', requestsPerMinute: 1 })
    await ask(port, { token })
    vi.setSystemTime(new Date(2026, 0, 1, 12, 0, 59))
    expect(headerOf(await ask(port, { token }), 'retry-after')).toBe('1')
    vi.setSystemTime(new Date(2026, 0, 1, 12, 1, 1))
    expect(await ask(port, { token })).toMatchObject({ status: 200 })
  })

  it('follow a limit that was changed', async () => {
    const port = await aGatewayPort()
    const { token, client } = await port.mint({ name: 'limited', requestsPerMinute: 1 })
    await ask(port, { token })
    await port.clients.edit(client.id, { requestsPerMinute: null })
    expect(await ask(port, { token })).toMatchObject({ status: 200 })
  })
})

describe('the tokens of a day', () => {
  const noon = new Date(2026, 0, 1, 12).getTime()
  const spend = (port: Port, client: string, tokens: number) => port.ledger.add(client, tokens)

  it('hold the next request back once they are spent, and name the midnight that gives them back', async () => {
    const port = await aGatewayPort({ wallMs: () => noon })
    const { token, client } = await port.mint({ name: 'budgeted', tokensPerDay: 100 })
    spend(port, client.id, 99)
    const fine = await ask(port, { token })
    expect([fine.status, headerOf(fine, 'x-ratelimit-remaining-tokens')]).toEqual([200, '1'])
    spend(port, client.id, 1)
    const over = await ask(port, { token })
    expect([over.status, headerOf(over, 'retry-after')]).toEqual([429, String(12 * 60 * 60)])
    expect(headerOf(over, 'x-ratelimit-limit-tokens')).toBe('100')
    expect(port.requests).toHaveLength(1)
  })

  it('do not hold back what costs none', async () => {
    const port = await aGatewayPort({ wallMs: () => noon })
    const { token, client } = await port.mint({ name: 'budgeted', tokensPerDay: 1 })
    spend(port, client.id, 5)
    expect(await ask(port, { token, line: 'GET /v1/models' })).toMatchObject({ status: 200 })
  })

  it('are refused in the words of the API that was called', async () => {
    const port = await aGatewayPort({ wallMs: () => noon })
    const { token, client } = await port.mint({ name: 'budgeted', tokensPerDay: 1 })
    spend(port, client.id, 5)
    const { body } = await ask(port, { token, line: 'POST /v1/messages' })
    expect(JSON.parse(body)).toMatchObject({ type: 'error', error: { type: 'rate_limit_error' } })
  })
})

describe('the figures', () => {
  it('are for clients that may use every model', async () => {
    const port = await aGatewayPort()
    const { token } = await port.mint({ name: 'narrow', allowedModels: [] })
    expect(await ask(port, { line: 'GET /metrics' })).toMatchObject({ status: 200 })
    expect(await ask(port, { line: 'GET /metrics', token })).toMatchObject({ status: 403 })
    expect(await ask(port, { line: 'GET /metrics', token: 'gw-none' })).toMatchObject({ status: 401 })
  })
})
