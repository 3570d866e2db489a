import { Agent, request } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { aGatewayPort } from '../../support/gateway-port.ts'

type Port = Awaited<ReturnType<typeof aGatewayPort>>

/** Requests on one and the same connection. */
function onOneConnection({ port }: Port) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  onTestFinished(() => agent.destroy())
  const ports = new Set<number | undefined>()
  const ask = (headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      const options = { port, host: '127.0.0.1', method: 'POST', path: '/v1/chat/completions', agent }
      const call = request({ ...options, headers: { 'content-type': 'application/json', ...headers } }, (response) => {
        ports.add(response.socket.localPort)
        response.resume().once('end', () => resolve(response.statusCode ?? 0))
      })
      call.once('error', reject)
      call.end('{"model":"m"}')
    })
  return { ask, bearer: (token: string) => ask({ authorization: `Bearer ${token}` }), connections: () => ports.size }
}

const lastClient = ({ requests }: Port) => requests.at(-1)?.client

describe('a connection that is kept', () => {
  it('is whose token it shows with each request, not whose it showed before', async () => {
    const port = await aGatewayPort()
    const { token: other } = await port.mint({ name: 'other' })
    const { bearer, ask, connections } = onOneConnection(port)
    expect([await bearer(port.token), lastClient(port)]).toEqual([200, 'notebook'])
    expect([await bearer(port.token), lastClient(port)]).toEqual([200, 'notebook'])
    expect([await bearer(other), lastClient(port)]).toEqual([200, 'other'])
    expect([await ask({ 'x-api-key': port.token }), lastClient(port)]).toEqual([200, 'notebook'])
    expect(await bearer(`${port.token}x`)).toBe(401)
    expect(await ask({})).toBe(401)
    expect([await bearer(other), lastClient(port)]).toEqual([200, 'other'])
    expect(connections()).toBe(1)
  })

  it('is refused with the next request after its client was revoked or given another token', async () => {
    const port = await aGatewayPort()
    const { client, token } = await port.mint({ name: 'other' })
    const { bearer, connections } = onOneConnection(port)
    expect(await bearer(token)).toBe(200)
    const { token: newToken } = await port.clients.rotate(client.id)
    expect(await bearer(token)).toBe(401)
    expect(await bearer(newToken)).toBe(200)
    await port.clients.revoke(client.id)
    expect(await bearer(newToken)).toBe(401)
    expect(connections()).toBe(1)
  })

  it('is asked by the client as it is now', async () => {
    const port = await aGatewayPort()
    const { client, token } = await port.mint({ name: 'other' })
    const { bearer } = onOneConnection(port)
    await bearer(token)
    await port.clients.edit(client.id, { name: 'renamed', allowedModels: [] })
    expect([await bearer(token), lastClient(port)]).toEqual([200, 'renamed'])
    expect(port.requests.at(-1)?.allowedModels).toEqual(new Set())
  })
})
