import { connect, type Socket } from 'node:net'

export interface Answered {
  status: number
  /** From the request to the first byte of the answer's body. */
  firstByteMs: number
  tookMs: number
}

/**
 * One keep-alive connection that sends prepared bytes and reads an answer's length or chunks, and no more: a client that
 * costs little leaves the machine to what is measured.
 */
export class Connection {
  readonly #socket: Socket
  #settle: PromiseWithResolvers<Answered> | null = null
  #onBody: ((piece: Buffer) => void) | null = null
  #startedMs = 0
  #firstByteMs = 0
  #status = 0
  #pending: Buffer = Buffer.alloc(0)
  /** What is read next. */
  #state: 'head' | 'length' | 'chunk-size' | 'chunk' | 'trailer' = 'head'
  #left = 0
  isOpen = true

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1')
    this.#socket.setNoDelay(true)
    this.#socket.on('data', (bytes: Buffer) => this.#read(bytes))
    this.#socket.on('error', () => {})
    this.#socket.on('close', () => {
      this.isOpen = false
      this.#settle?.reject(new Error('the connection was closed'))
    })
  }

  send(request: Buffer, onBody: ((piece: Buffer) => void) | null = null): Promise<Answered> {
    if (!this.isOpen) return Promise.reject(new Error('the connection was closed'))
    const settle = Promise.withResolvers<Answered>()
    this.#settle = settle
    this.#onBody = onBody
    this.#startedMs = performance.now()
    this.#firstByteMs = 0
    this.#socket.write(request)
    return settle.promise
  }

  destroy(): void {
    this.#socket.destroy()
  }

  #read(bytes: Buffer) {
    let rest = this.#pending.length > 0 ? Buffer.concat([this.#pending, bytes]) : bytes
    this.#pending = Buffer.alloc(0)
    while (rest.length > 0) {
      const taken = this.#take(rest)
      if (taken === 0) {
        this.#pending = rest
        return
      }
      rest = rest.subarray(taken)
    }
  }

  /** How many bytes were understood; none when more have to come first. */
  #take(bytes: Buffer): number {
    switch (this.#state) {
      case 'head':
        return this.#takeHead(bytes)
      case 'length':
      case 'chunk':
        return this.#takeBody(bytes)
      case 'chunk-size':
        return this.#takeSize(bytes)
      case 'trailer':
      default:
        return this.#takeTrailer(bytes)
    }
  }

  #takeHead(bytes: Buffer): number {
    const end = bytes.indexOf('\r\n\r\n')
    if (end < 0) return 0
    const head = bytes.toString('latin1', 0, end)
    this.#status = Number(head.slice(9, 12))
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
    this.#left = Number(length ?? 0)
    this.#state = length === undefined ? 'chunk-size' : 'length'
    if (length === '0') this.#finish()
    return end + 4
  }

  #takeBody(bytes: Buffer): number {
    this.#firstByteMs ||= performance.now() - this.#startedMs
    const taken = Math.min(this.#left, bytes.length)
    this.#onBody?.(bytes.subarray(0, taken))
    this.#left -= taken
    if (this.#left > 0) return taken
    if (this.#state === 'length') this.#finish()
    else this.#state = 'chunk-size'
    return taken
  }

  #takeSize(bytes: Buffer): number {
    // The line break that ends the chunk before belongs to it.
    const from = bytes[0] === 0x0d ? 2 : 0
    const end = bytes.indexOf('\r\n', from)
    if (end < 0) return 0
    this.#left = Number.parseInt(bytes.toString('latin1', from, end), 16)
    this.#state = this.#left === 0 ? 'trailer' : 'chunk'
    return end + 2
  }

  #takeTrailer(bytes: Buffer): number {
    if (bytes.length < 2) return 0
    this.#finish()
    return 2
  }

  #finish() {
    this.#state = 'head'
    const settle = this.#settle
    this.#settle = null
    const tookMs = performance.now() - this.#startedMs
    settle?.resolve({ status: this.#status, firstByteMs: this.#firstByteMs, tookMs })
  }
}
