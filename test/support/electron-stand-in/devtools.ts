import { EventEmitter } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import type { Protocol } from '../../../node_modules/playwright-core/types/protocol.d.ts'

/** Speaks the DevTools protocol over Chromium's debugging pipe: one JSON text after the other, each ended by NUL. */
export type { Protocol }

type Commands = Protocol.CommandParameters
type Method = keyof Commands
type Events = Protocol.EventMap
type EventName = keyof Events

interface Message {
  id?: number
  sessionId?: string
  method?: string
  params?: unknown
  result?: unknown
  error?: { message: string }
}

interface Waiting {
  method: string
  resolve: (result: never) => void
  reject: (error: Error) => void
}

export interface Session {
  readonly id: string | undefined
  readonly send: <M extends Method>(method: M, params?: Commands[M]) => Promise<Protocol.CommandReturnValues[M]>
  readonly on: <E extends EventName>(event: E, listener: (params: Events[E][0]) => void) => void
}

export interface DevTools {
  /** The browser itself. */
  readonly browser: Session
  session(id: string): Session
  readonly closed: Promise<void>
}

export function connectDevTools(write: Writable, read: Readable): DevTools {
  const waiting = new Map<number, Waiting>()
  const events = new EventEmitter()
  events.setMaxListeners(0)
  let lastId = 0
  let isClosed = false

  function receive(message: Message) {
    if (message.id === undefined) {
      events.emit(`${message.sessionId ?? ''} ${message.method}`, message.params)
      return
    }
    const call = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.error) call?.reject(new DevToolsError(call.method, message.error.message))
    else call?.resolve(message.result as never)
  }

  function send(sessionId: string | undefined, method: string, params: unknown): Promise<never> {
    if (isClosed) return Promise.reject(new DevToolsError(method, 'the browser is gone'))
    lastId += 1
    const id = lastId
    return new Promise((resolve, reject) => {
      waiting.set(id, { method, resolve, reject })
      write.write(`${JSON.stringify({ id, method, params: params ?? {}, sessionId })}\0`)
    })
  }

  const session = (id: string | undefined): Session => ({
    id,
    send: (method, params) => send(id, method, params),
    on: (event, listener) => void events.on(`${id ?? ''} ${event}`, listener),
  })

  const closed = new Promise<void>((resolve) => {
    const end = () => {
      isClosed = true
      for (const call of waiting.values()) call.reject(new DevToolsError(call.method, 'the browser is gone'))
      waiting.clear()
      resolve()
    }
    read.once('close', end)
    write.once('error', end)
  })
  splitMessages(read, receive)
  return { browser: session(undefined), session, closed }
}

export class DevToolsError extends Error {
  constructor(method: string, reason: string) {
    super(`${method}: ${reason}`)
    this.name = 'DevToolsError'
  }
}

function splitMessages(read: Readable, receive: (message: Message) => void): void {
  let pending: Buffer[] = []
  read.on('data', (chunk: Buffer) => {
    let from = 0
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, from)) {
      pending.push(chunk.subarray(from, end))
      receive(JSON.parse(Buffer.concat(pending).toString()) as Message)
      pending = []
      from = end + 1
    }
    if (from < chunk.length) pending.push(chunk.subarray(from))
  })
}
