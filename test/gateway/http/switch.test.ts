import { createServer } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { defaultGatewayPort } from '../../../shared/gateway.ts'
import { freePort } from '../../support/free-port.ts'
import { anOpenApp } from '../../support/open-app.ts'
import { aTestApp } from '../../support/test-app.ts'

const statusOf = (port: number, host = '127.0.0.1') =>
  fetch(`http://${host}:${port}/healthz`).then(
    ({ status }) => status,
    () => null,
  )

/** Another program at this port. */
function squat(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    onTestFinished(() => new Promise((closed) => server.close(() => closed())))
    server.once('error', reject)
    server.listen({ port, host, ipv6Only: true }, resolve)
  })
}

describe('the switch of the gateway', () => {
  it('is off until a person switches it on', async () => {
    const { client: page } = await anOpenApp()
    expect(await page.gateway.status()).toEqual({
      state: { kind: 'off' },
      port: defaultGatewayPort,
      baseUrl: `http://127.0.0.1:${defaultGatewayPort}/v1`,
      inFlight: 0,
      clients: 0,
    })
  })

  it('opens the port on both loopbacks, and closes it again', async () => {
    const { client: page } = await anOpenApp()
    const port = await freePort()
    const { state } = await page.gateway.switch({ on: true, port })
    expect(state).toEqual({ kind: 'on', hasIpv6: true })
    expect([await statusOf(port), await statusOf(port, '[::1]'), await statusOf(port, 'localhost')]).toEqual([
      200, 200, 200,
    ])
    expect(await page.gateway.switch({ on: false })).toMatchObject({ state: { kind: 'off' }, port })
    expect(await statusOf(port)).toBeNull()
  })

  it('moves to another port while it is on', async () => {
    const { client: page } = await anOpenApp()
    const [first, second] = [await freePort(), await freePort()]
    await page.gateway.switch({ on: true, port: first })
    expect(await page.gateway.switch({ on: true, port: second })).toMatchObject({ state: { kind: 'on' }, port: second })
    expect([await statusOf(first), await statusOf(second)]).toEqual([null, 200])
  })

  it('is remembered, together with its port, and closes with the application', async () => {
    const { client: page, host, app } = await anOpenApp()
    const port = await freePort()
    await page.gateway.switch({ on: true, port })
    await app.close()
    expect(await statusOf(port)).toBeNull()
    const again = await aTestApp({ dataFolder: host.dataFolder, settings: host.settings })
    expect(await again.client.gateway.status()).toMatchObject({ state: { kind: 'on' }, port })
    expect(await statusOf(port)).toBe(200)
  })

  it.each(['127.0.0.1', '::1'] as const)(
    'does not start while another program holds the port on %s',
    async (address) => {
      const { client: page } = await anOpenApp()
      const port = await freePort()
      await squat(port, address)
      const { state } = await page.gateway.switch({ on: true, port })
      expect(state).toMatchObject({ kind: 'port-taken', address, holder: expect.stringContaining(`(${process.pid})`) })
      expect(await statusOf(port, address === '::1' ? '127.0.0.1' : '[::1]')).toBeNull()
    },
  )

  it('starts when it is tried again after the port has become free', async () => {
    const { client: page } = await anOpenApp()
    const port = await freePort()
    const squatter = createServer().listen({ port, host: '127.0.0.1' })
    await page.gateway.switch({ on: true, port })
    await new Promise((closed) => squatter.close(closed))
    expect(await page.gateway.switch({ on: true })).toMatchObject({ state: { kind: 'on' } })
  })

  it('leaves one listener after many changes at once', async () => {
    const { client: page } = await anOpenApp()
    const ports = [await freePort(), await freePort(), await freePort()]
    const changes = ports.flatMap((port) => [
      page.gateway.switch({ on: true, port }),
      page.gateway.switch({ on: false }),
    ])
    await Promise.all([...changes, page.gateway.switch({ on: true, port: ports[1] })])
    expect(await Promise.all(ports.map((port) => statusOf(port)))).toEqual([null, 200, null])
    expect(await page.gateway.status()).toMatchObject({ state: { kind: 'on' }, port: ports[1] })
  })

  it('tells open pages of every change', async () => {
    const { client: page } = await anOpenApp()
    const stop = new AbortController()
    const live = await page.events.live(undefined, { signal: stop.signal })
    const [, switched] = await Promise.all([live.next(), page.gateway.switch({ on: true, port: await freePort() })])
    expect(switched.state.kind).toBe('on')
    const batch = await live.next()
    stop.abort()
    expect(batch).toMatchObject({ value: { events: [{ kind: 'gateway-changed' }, { kind: 'gateway-changed' }] } })
  })
})
