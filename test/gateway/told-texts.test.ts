import { describe, expect, it } from 'vitest'
import type { GatewayAnswer } from '../../electron/gateway/answer.ts'
import type { Gateway, GatewayRequest } from '../../electron/gateway/gateway.ts'
import { tellTexts, type Exchange } from '../../electron/gateway/told-texts.ts'
import { aRequestId } from '../support/events.ts'

const request = (body = '{"model":"m"}'): GatewayRequest => ({
  id: aRequestId(),
  client: 'notebook',
  method: 'POST',
  path: '/v1/chat/completions',
  headers: {},
  body: Buffer.from(body),
  allowedModels: null,
  pinnedKeyId: null,
  conversation: null,
  signal: new AbortController().signal,
})

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text)
}

/** A gateway that gives this answer, with somebody who listens. */
function overheard(answer: () => GatewayAnswer, isWanted = true) {
  const told: { asked: string; answered: string }[] = []
  const gateway: Gateway = { handle: async () => answer() }
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()
  const tell = ({ asked, answered }: Exchange) => void told.push({ asked: text(asked), answered: text(answered) })
  return { gateway: tellTexts(gateway, tell, isWanted), told }
}

const streamed = (body: AsyncIterable<Uint8Array>) => () => ({ status: 200, headers: {}, body })
const whole = (text: string) => () => ({ status: 200, headers: {}, body: Buffer.from(text) })

async function read({ body }: GatewayAnswer): Promise<string> {
  if (body instanceof Uint8Array) return Buffer.from(body).toString()
  return Buffer.concat(await Array.fromAsync(body)).toString()
}

describe('what passes the gateway', () => {
  it('is told of a whole answer', async () => {
    const { gateway, told } = overheard(whole('{"id":1}'))
    expect(await read(await gateway.handle(request()))).toBe('{"id":1}')
    expect(told).toEqual([{ asked: '{"model":"m"}', answered: '{"id":1}' }])
  })

  it('is told of a stream when it is over, and passes piece by piece meanwhile', async () => {
    const { gateway, told } = overheard(streamed(pieces('one ', 'two')))
    const answer = await gateway.handle(request())
    const body = (answer.body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]()
    expect((await body.next()).value?.toString()).toBe('one ')
    expect(told).toEqual([])
    await body.next()
    expect((await body.next()).done).toBe(true)
    expect(told).toEqual([{ asked: '{"model":"m"}', answered: 'one two' }])
  })

  it('is told as far as it came when the client leaves, and the provider is told to stop', async () => {
    let isStopped = false
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.from('on ')
      } finally {
        isStopped = true
      }
    }
    const { gateway, told } = overheard(streamed(endless()))
    const answer = await gateway.handle(request())
    const body = (answer.body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]()
    await body.next()
    await body.return?.()
    expect(isStopped).toBe(true)
    expect(told).toEqual([{ asked: '{"model":"m"}', answered: 'on ' }])
  })

  it('is told as far as it came when the provider breaks off, which the client hears as before', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half')
      throw new Error('cut')
    }
    const { gateway, told } = overheard(streamed(broken()))
    await expect(read(await gateway.handle(request()))).rejects.toThrow('cut')
    expect(told).toEqual([{ asked: '{"model":"m"}', answered: 'half' }])
  })

  it('is not told, copied or wrapped while nobody wants it', async () => {
    const answer = streamed(pieces('one'))()
    const { gateway, told } = overheard(() => answer, false)
    expect(await gateway.handle(request())).toBe(answer)
    expect(told).toEqual([])
    gateway.wantTexts(true)
    await read(await gateway.handle(request()))
    expect(told).toHaveLength(1)
  })

  it('is not told any more when that is switched off while it runs', async () => {
    const { gateway, told } = overheard(streamed(pieces('one')))
    const answer = await gateway.handle(request())
    gateway.wantTexts(false)
    await read(answer)
    expect(told).toEqual([])
  })

  it('is told in its beginnings only when it is large', async () => {
    const { gateway, told } = overheard(streamed(pieces(...Array.from({ length: 6 }, () => 'x'.repeat(1 << 20)))))
    expect(await read(await gateway.handle(request('y'.repeat(2 << 20))))).toHaveLength(6 << 20)
    expect([told[0]?.asked.length, told[0]?.answered.length]).toEqual([1 << 20, 4 << 20])
  })

  it('is not told while what is under way fills its memory, and is again after', async () => {
    const { gateway, told } = overheard(streamed(pieces('a')))
    const large = 'y'.repeat(1 << 20)
    const running = await Promise.all(Array.from({ length: 70 }, async () => gateway.handle(request(large))))
    for (const answer of running) await read(answer)
    expect(told).toHaveLength(64)
    await read(await gateway.handle(request()))
    expect(told).toHaveLength(65)
  })
})
