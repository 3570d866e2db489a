import { EventEmitter } from 'node:events'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { os, type RouterClient } from '@orpc/server'
import type { IpcMain, MessageChannelMain as ElectronChannel, WebFrameMain } from 'electron'
import { describe, expect, it, onTestFinished } from 'vitest'
import { isTrustedSender, limitMessages, servePage } from '../../../electron/host/electron/ipc.ts'
import { MessageChannelMain, type MessagePortMain } from '../../support/electron-stand-in/message-ports.ts'

const router = { greet: os.handler(() => 'hello') }

class FakeFrame {
  readonly ports: MessagePortMain[] = []
  readonly origin: string
  constructor(origin = 'app://bundle') {
    this.origin = origin
  }
  postMessage(_channel: string, _message: unknown, [port]: MessagePortMain[]) {
    this.ports.push(port!)
  }
}

/** The desktop host's side, with a main frame that a test may replace. */
function serving(mainFrame: FakeFrame | null) {
  const ipcMain = new EventEmitter()
  const channels: MessageChannelMain[] = []
  servePage({
    ipcMain: ipcMain as unknown as IpcMain,
    createChannel: () => {
      const channel = new MessageChannelMain()
      channels.push(channel)
      onTestFinished(() => channel.port1.close())
      return channel as unknown as ElectronChannel
    },
    mainFrame: () => mainFrame as unknown as WebFrameMain | null,
    router,
  })
  return { channels, ask: (senderFrame: FakeFrame | null) => ipcMain.emit('keywheel:connect', { senderFrame }) }
}

function clientOn(port: MessagePortMain): RouterClient<typeof router> {
  port.start()
  return createORPCClient(new RPCLink({ port }))
}

describe('a port is handed', () => {
  it('to the main frame of our window when it shows our page, and answers the contract', async () => {
    const frame = new FakeFrame()
    serving(frame).ask(frame)
    expect(await clientOn(frame.ports[0]!).greet()).toBe('hello')
  })

  it('anew to each page load, and the old page is cut off', async () => {
    const frame = new FakeFrame()
    const { ask } = serving(frame)
    ask(frame)
    const closed = new Promise((resolve) => frame.ports[0]!.once('close', () => resolve('closed')))
    ask(frame)
    expect(await closed).toBe('closed')
    expect(await clientOn(frame.ports[1]!).greet()).toBe('hello')
  })
})

describe('no port is handed', () => {
  it.each([
    'app://evil',
    'app://bundle.evil',
    'https://bundle',
    'file://',
    'null',
    '',
    'https://bundle.app.keywheel-stand-in.invalid',
  ])('to a main frame of the origin %j', (origin) => {
    const frame = new FakeFrame(origin)
    const { ask, channels } = serving(frame)
    ask(frame)
    expect(channels).toEqual([])
  })

  it('to another frame, be it of our own origin', () => {
    const { ask, channels } = serving(new FakeFrame())
    ask(new FakeFrame())
    expect(channels).toEqual([])
  })

  it('to a frame that is gone', () => {
    const { ask, channels } = serving(new FakeFrame())
    ask(null)
    expect(channels).toEqual([])
  })

  it('when the window is gone', () => {
    const { ask, channels } = serving(null)
    ask(new FakeFrame())
    expect(channels).toEqual([])
    expect(isTrustedSender(null, new FakeFrame() as unknown as WebFrameMain)).toBe(false)
  })
})

describe('a message on the port', () => {
  async function received(message: unknown, maxLength: number) {
    const { port1, port2 } = new MessageChannelMain()
    const limited = limitMessages(port1, maxLength)
    const answer = new Promise((resolve) => {
      limited.on('message', (event) => resolve(event?.data))
      port2.on('close', () => resolve('disconnected'))
    })
    port1.start()
    port2.start()
    port2.postMessage(message)
    const result = await answer
    port1.close()
    return result
  }

  it('is heard when it is text within the limit', async () => {
    expect(await received('x'.repeat(10), 10)).toBe('x'.repeat(10))
  })

  it.each([
    ['too long', 'x'.repeat(11)],
    ['not text', { p: '/vault/status' }],
    ['bytes', new Uint8Array(2)],
    ['nothing', null],
  ])('disconnects the page when it is %s', async (_what, message) => {
    expect(await received(message, 10)).toBe('disconnected')
  })
})
