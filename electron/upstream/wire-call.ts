/**
 * One HTTP exchange over undici's dispatcher: a head, then chunks with backpressure. It ends by itself (complete,
 * failed, out of time) or by `abort`, and then holds no timer and no socket.
 */
import type { Dispatcher } from 'undici'
import type { Clock } from '../rotation/clock.ts'
import type { StopSignal } from '../rotation/stop-signal.ts'
import type { Headers, TransportCause } from '../rotation/wire-failure.ts'
import type { UpstreamTimeouts } from './limits.ts'
import { transportCause } from './transport-cause.ts'
import { transportFailure, WireFault, type WireHead } from './wire-attempt.ts'

export interface WireCall {
  /** A good answer's comes with the first of its body; where that begins like an object, with all of it if that is little. */
  readonly head: Promise<WireHead>
  /** The body, when all of it is here and nothing of it has been read; null otherwise. */
  whole(): Buffer | null
  /** The next piece of the body, or null at its end; rejects with a WireFault. One at a time. */
  read(): Promise<Buffer | null>
  /** Nothing of it is wanted any more: drops what still comes, and cuts the connection if its end does not come soon. */
  endSoon(): void
  /** Cuts the connection now. What is waiting fails as cancelled. */
  abort(): void
}

export interface CallOptions {
  dispatcher: Dispatcher
  clock: Clock
  timeouts: Pick<UpstreamTimeouts, 'connectMs' | 'firstByteMs' | 'idleMs'>
  /** The whole of it. */
  totalMs: number
  queuedBytes: number
  signal: StopSignal
  /** Nobody can do anything with less than the whole body, unless that is a stream of events. */
  wantsWhole: boolean
}

const openBrace = 0x7b
/** How long the end of a body may take after its last word. */
const endsWithinMs = 1_000

export function startCall(request: Dispatcher.DispatchOptions, options: CallOptions): WireCall {
  const call = new Call(options)
  call.start(request)
  return call
}

class Call implements WireCall, Dispatcher.DispatchHandler {
  readonly head: Promise<WireHead>
  private readonly options: CallOptions
  private readonly headSettled = Promise.withResolvers<WireHead>()
  private controller: Dispatcher.DispatchController | null = null
  private queue: Buffer[] = []
  private queuedBytes = 0
  private waiting: PromiseWithResolvers<Buffer | null> | null = null
  private ended = false
  private fault: WireFault | null = null
  private cancelTimer: () => void = nothing
  private timerAtMs = Number.POSITIVE_INFINITY
  private totalDueMs = 0
  /** When the step under way has taken too long; while the body comes, silence counts from the last progress. */
  private stepDueMs = 0
  private isReading = false
  /** Good, and nobody has been told of it yet. */
  private untoldHead: WireHead | null = null
  private isUnread = true
  private lastProgressMs = 0

  constructor(options: CallOptions) {
    this.options = options
    this.head = this.headSettled.promise
    // A failure is also told by read(); nobody has to wait for both.
    this.head.catch(nothing)
  }

  start(request: Dispatcher.DispatchOptions) {
    const { clock, signal, timeouts, totalMs, dispatcher } = this.options
    if (signal.aborted) return this.abort()
    signal.addEventListener('abort', this.abort, { once: true })
    const nowMs = clock.nowMs()
    this.totalDueMs = nowMs + totalMs
    this.stepDueMs = nowMs + timeouts.connectMs
    this.setTimer(Math.min(timeouts.connectMs, totalMs))
    try {
      // It writes to a connection that was idle when the loop turns, so that requests of about the same time leave together.
      dispatcher.dispatch(request, this)
    } catch (error) {
      this.fail(transportCause(error))
    }
  }

  endSoon() {
    if (this.fault || this.ended) return
    this.totalDueMs = Math.min(this.totalDueMs, this.options.clock.nowMs() + endsWithinMs)
    this.setTimer(endsWithinMs)
    void this.drop()
  }

  private async drop() {
    try {
      while ((await this.read()) !== null);
    } catch {
      // Cut at last; the answer was whole before.
    }
  }

  abort = () => this.finish(new WireFault({ kind: 'cancelled' }))

  whole(): Buffer | null {
    if (!this.ended || !this.isUnread) return null
    return this.queue.length === 1 ? this.queue[0]! : Buffer.concat(this.queue)
  }

  read(): Promise<Buffer | null> {
    this.isUnread = false
    const chunk = this.queue.shift()
    if (chunk) {
      this.queuedBytes -= chunk.length
      if (this.queue.length === 0 && this.controller?.paused) this.controller.resume()
      return Promise.resolve(chunk)
    }
    if (this.fault) return Promise.reject(this.fault)
    if (this.ended) return Promise.resolve(null)
    // Waiting for the provider begins here; the time its bytes waited for the reader is not its own.
    this.lastProgressMs = this.options.clock.nowMs()
    this.waiting = Promise.withResolvers<Buffer | null>()
    return this.waiting.promise
  }

  onRequestStart(controller: Dispatcher.DispatchController) {
    this.controller = controller
    if (this.fault) return controller.abort(this.fault)
    this.beginStep(this.options.timeouts.firstByteMs)
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: RawHeaders) {
    if (status < 200) return
    const { firstByteMs, idleMs } = this.options.timeouts
    // Many send the head of a good answer at once, and nothing of it until all of it has been generated.
    this.beginStep(status < 300 ? firstByteMs : idleMs)
    const head = { status, headers: flatten(headers) }
    if (status >= 300) this.headSettled.resolve(head)
    else this.untoldHead = head
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer) {
    this.lastProgressMs = this.options.clock.nowMs()
    if (!this.isReading) this.beginStep(this.options.timeouts.idleMs)
    this.isReading = true
    if (this.waiting) {
      const { resolve } = this.waiting
      this.waiting = null
      return resolve(chunk)
    }
    this.queue.push(chunk)
    this.queuedBytes += chunk.length
    const isFull = this.queuedBytes >= this.options.queuedBytes
    if (isFull) controller.pause()
    if (this.untoldHead && (isFull || !this.mayBecomeWhole(this.untoldHead))) this.tellHead()
  }

  private mayBecomeWhole({ headers }: WireHead): boolean {
    if (!this.options.wantsWhole || this.queue[0]![0] !== openBrace) return false
    return !(Number(headers['content-length']) > this.options.queuedBytes)
  }

  private tellHead() {
    if (this.untoldHead) this.headSettled.resolve(this.untoldHead)
    this.untoldHead = null
  }

  onResponseEnd() {
    this.ended = true
    this.release()
    this.tellHead()
    this.waiting?.resolve(null)
    this.waiting = null
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error) {
    this.fail(transportCause(error))
  }

  onRequestUpgrade(controller: Dispatcher.DispatchController) {
    controller.abort(new WireFault(transportFailure('not-json', true)))
    this.fail('not-json')
  }

  private fail(cause: TransportCause) {
    this.finish(new WireFault(transportFailure(cause, this.controller !== null)))
  }

  private finish(fault: WireFault) {
    if (this.fault || this.ended) return
    this.fault = fault
    this.release()
    this.headSettled.reject(fault)
    // Bytes that came before the failure are still handed out; only then is it told.
    this.waiting?.reject(fault)
    this.waiting = null
    if (fault.failure.kind === 'cancelled') this.queue = []
    this.controller?.abort(fault)
  }

  private beginStep(lengthMs: number) {
    this.stepDueMs = this.options.clock.nowMs() + lengthMs
    if (this.timerAtMs > this.stepDueMs) this.setTimer(lengthMs)
  }

  /** One timer for every step and for every pause: it looks back when it fires, instead of being set anew each time. */
  private setTimer(delayMs: number) {
    this.cancelTimer()
    const { clock } = this.options
    this.timerAtMs = clock.nowMs() + delayMs
    this.cancelTimer = clock.schedule(delayMs, this.checkTime)
  }

  private readonly checkTime = () => {
    const { clock, timeouts } = this.options
    const nowMs = clock.nowMs()
    const isAwaited = this.waiting !== null || this.untoldHead !== null
    if (this.isReading) this.stepDueMs = (isAwaited ? this.lastProgressMs : nowMs) + timeouts.idleMs
    const dueMs = Math.min(this.stepDueMs, this.totalDueMs)
    if (nowMs >= dueMs) this.fail('timeout')
    else this.setTimer(dueMs - nowMs)
  }

  private release() {
    this.cancelTimer()
    this.options.signal.removeEventListener('abort', this.abort)
  }
}

type RawHeaders = Readonly<Record<string, string | string[] | undefined>>

/** undici has made the names lower-case. */
function flatten(raw: RawHeaders): Headers {
  const headers: Record<string, string> = {}
  for (const name in raw) {
    const value = raw[name]
    if (value !== undefined) headers[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return headers
}

function nothing() {}
