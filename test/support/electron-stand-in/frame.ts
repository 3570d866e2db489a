import type { MessagePort } from 'node:worker_threads'
import type { MessagePortMain } from './message-ports.ts'
import { schemeMap } from './runtime.ts'
import { notImitated } from './strict.ts'

/** Carries a message into the world of a frame's preload. */
export type Deliver = (context: number, message: object) => void

/** Electron's documentation, WebFrameMain: one object a frame; its url and origin are what Electron would say. */
export class WebFrameMain {
  url = ''
  origin = 'null'
  #context: number | undefined
  #ports = new Map<number, MessagePort>()
  #lastPort = 0
  readonly #send: Deliver

  constructor(send: Deliver) {
    this.#send = send
  }

  /** Electron says "null" where DevTools says "://" or nothing. */
  moved(url: string, securityOrigin: string): void {
    const opaque = securityOrigin === '' || securityOrigin === '://'
    this.url = schemeMap.fromBrowser(url)
    this.origin = opaque ? 'null' : schemeMap.fromBrowser(securityOrigin)
  }

  /** A new document: whatever port the old one held is disconnected. */
  preloadStarted(context: number): void {
    this.disconnect()
    this.#context = context
  }

  disconnect(): void {
    this.#context = undefined
    for (const port of this.#ports.values()) port.close()
    this.#ports.clear()
  }

  postMessage(channel: string, message: unknown, transfer: readonly MessagePortMain[] = []): void {
    const portIds = transfer.map((port) => this.#bridge(port.detach()))
    this.#deliver({ kind: 'message', channel, message, portIds })
  }

  portMessage(id: number, data: unknown): void {
    this.#ports.get(id)?.postMessage(data)
  }

  portClosed(id: number): void {
    this.#ports.get(id)?.close()
    this.#ports.delete(id)
  }

  #bridge(port: MessagePort): number {
    this.#lastPort += 1
    const id = this.#lastPort
    this.#ports.set(id, port)
    port.on('message', (data: unknown) => this.#deliver({ kind: 'port', id, data }))
    port.on('close', () => {
      if (this.#ports.delete(id)) this.#deliver({ kind: 'port-closed', id })
    })
    return id
  }

  #deliver(message: object): void {
    if (this.#context === undefined) return
    if ('data' in message && typeof message.data !== 'string') throw notImitated('a port message that is not text')
    this.#send(this.#context, message)
  }
}
