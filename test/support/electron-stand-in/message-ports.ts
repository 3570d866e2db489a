import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'

/** Electron's documentation, MessageChannelMain and MessagePortMain: messages wait until the port is started. */
export class MessagePortMain extends EventEmitter {
  #port: MessagePort | undefined
  #started = false

  constructor(port: MessagePort) {
    super()
    this.#port = port
    port.on('close', () => this.emit('close'))
  }

  postMessage(message: unknown, transfer: readonly MessagePortMain[] = []): void {
    if (transfer.length > 0) throw new Error('The Electron stand-in does not imitate ports sent through ports.')
    this.#attached().postMessage(message, [])
  }

  start(): void {
    if (this.#started) return
    this.#started = true
    this.#attached().on('message', (data: unknown) => this.emit('message', { data, ports: [] }))
  }

  close(): void {
    this.#port?.close()
  }

  /** Gives the port away to a frame; afterwards this object is neutered, as a transferred port is. */
  detach(): MessagePort {
    const port = this.#attached()
    if (this.#started) throw new Error('The Electron stand-in does not imitate the transfer of a started port.')
    this.#port = undefined
    port.removeAllListeners()
    return port
  }

  #attached(): MessagePort {
    if (this.#port === undefined) throw new Error('This port was transferred.')
    return this.#port
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain
  readonly port2: MessagePortMain

  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new MessagePortMain(port1)
    this.port2 = new MessagePortMain(port2)
  }
}
