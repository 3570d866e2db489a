import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { createSockets, type SocketDeps } from '../../../electron/host/browser/sockets.ts'
import { systemClock } from '../../../electron/rotation/system-clock.ts'
import { closeCodeOf, outcomeOf } from '../../support/browser-server.ts'

type Page = Parameters<SocketDeps['handler']['upgrade']>[0]

/** One admitted socket from both ends: the page's own, and what main is handed for it. */
async function aSocket(touch: () => void = () => undefined) {
  const page = Promise.withResolvers<Page>()
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const session = { touch, close: () => undefined, onEnd: () => () => undefined }
  const sockets = createSockets({
    origin: () => origin,
    sessions: { open: () => ({ token: '', close: () => undefined }), find: () => session, expire: () => undefined },
    throttle: { failed: () => Promise.resolve() },
    handler: { upgrade: async (opened) => page.resolve(opened) },
    clock: systemClock,
  })
  server.on('upgrade', (request, connection, head) => void sockets.upgrade(request, connection, head))
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, ['keywheel', 'token'], { headers: { origin } })
  onTestFinished(async () => {
    await sockets.close(0)
    server.close()
  })
  expect(await outcomeOf(socket)).toBe('open')
  return { socket, page: await page.promise }
}

describe('An open socket', () => {
  it('keeps its session in use with every message of its page', async () => {
    const used = Promise.withResolvers<string>()
    const { socket } = await aSocket(() => used.resolve('used'))
    socket.send('a call')
    expect(await used.promise).toBe('used')
  })

  it('is cut off when its page reads slower than it is told things, before much is kept in memory', async () => {
    const { socket, page } = await aSocket()
    socket.pause()
    const closed = closeCodeOf(socket)
    const megabyte = 'x'.repeat(1024 * 1024)
    for (let sent = 0; sent < 40; sent += 1) page.send(megabyte)
    socket.resume()
    expect(await closed).toBe(1006)
  })

  it('is told everything when its page keeps up', async () => {
    const { socket, page } = await aSocket()
    const heard: number[] = []
    const all = new Promise<void>((resolve) =>
      socket.on('message', (data: Buffer) => heard.push(data.length) === 8 && resolve()),
    )
    for (let sent = 0; sent < 8; sent += 1) page.send('x'.repeat(1024 * 1024))
    await all
    expect(heard).toEqual(Array.from({ length: 8 }, () => 1024 * 1024))
  })
})
