import { Agent, request as openRequest } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { GatewayAnswer } from '../../../electron/gateway/answer.ts'
import { aGatewayPort } from '../../support/gateway-port.ts'

const chunks = 20

/** Streams that wait for a word, and then speak in turn. */
function heldStreams() {
  const go = Promise.withResolvers<void>()
  const begun = { count: 0 }
  async function* pieces(): AsyncGenerator<Uint8Array> {
    begun.count += 1
    await go.promise
    for (let number = 0; number < chunks; number += 1) {
      yield Buffer.from(`data: ${number}\n\n`)
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  const handle = (): Promise<GatewayAnswer> =>
    Promise.resolve({ status: 200, headers: { 'content-type': 'text/event-stream' }, body: pieces() })
  return { handle, begun, go: go.resolve }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve))
}

type Port = Awaited<ReturnType<typeof aGatewayPort>>

function stream({ port }: Port, token: string, agent: Agent): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const path = '/v1/chat/completions'
    const asked = openRequest({ host: '127.0.0.1', port, path, method: 'POST', headers, agent })
    asked.on('error', reject)
    asked.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => (text += part))
      response.on('error', reject)
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
    asked.end('{}')
  })
}

function anAgent() {
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity })
  onTestFinished(() => agent.destroy())
  return agent
}

const wholeStream = Array.from({ length: chunks }, (_, number) => `data: ${number}\n\n`).join('')

describe('a thousand streams at once', () => {
  it('of four clients all arrive whole and in order, and leave nothing behind', async () => {
    const { handle, begun, go } = heldStreams()
    const port = await aGatewayPort({ handle })
    const tokens = [port.token]
    for (const name of ['second', 'third', 'fourth']) tokens.push((await port.mint({ name })).token)
    const agent = anAgent()
    const streams = Array.from({ length: 1000 }, (_, number) => stream(port, tokens[number % 4] ?? '', agent))
    await until(() => begun.count === 1000)
    go()
    const answers = await Promise.all(streams)
    expect(answers.filter(({ status, text }) => status !== 200 || text !== wholeStream)).toEqual([])
    expect([port.usage.inFlight(), port.bugs]).toEqual([0, []])
  })

  it('of one client are served as many as it may have, wait as many as may wait, and are refused beyond', async () => {
    const { handle, begun, go } = heldStreams()
    const port = await aGatewayPort({ handle })
    const agent = anAgent()
    const streams = Array.from({ length: 1000 }, () => stream(port, port.token, agent))
    await until(() => begun.count === 256 && port.answered.length === 1000 - 256 - 64)
    expect(new Set(port.answered)).toEqual(new Set(['POST 429']))
    go()
    const served = (await Promise.all(streams)).filter(({ status }) => status === 200)
    expect(served.map(({ text }) => text)).toEqual(Array.from({ length: 256 + 64 }, () => wholeStream))
    expect([begun.count, port.usage.inFlight()]).toEqual([256 + 64, 0])
  })
})
