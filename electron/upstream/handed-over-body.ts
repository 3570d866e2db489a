/** Once handed over, an answer only ends in one of three ways, told once: complete, broken, or left by its reader. */
import type { StopSignal } from '../rotation/stop-signal.ts'
import type { UpstreamCause } from '../../shared/outcome.ts'
import type { Usage } from '../../shared/request.ts'
import { createSecretEraser, type Erased } from './secret-eraser.ts'
import { failureOf, transportFailure, WireFault, type WireEnd } from './wire-attempt.ts'
import type { WireCall } from './wire-call.ts'

/** Looks at the bytes as they pass. */
export interface Watcher {
  /** A cause when the stream cannot be read on. */
  see(chunk: Buffer): UpstreamCause | null
  /** The provider has said its last word; some keep the connection open after it. */
  isOver(): boolean
  /** The bytes have ended, in whatever way: what did they say, and cost? `finished` means that nothing was missing. */
  end(): { finished: boolean; broken: UpstreamCause | null; usage: Usage | null }
}

export interface HandedOver {
  body: AsyncIterable<Buffer>
  ended: Promise<WireEnd>
}

export interface HandOverOptions {
  call: WireCall
  /** Bytes that the watcher has seen already. */
  held: readonly Buffer[]
  watcher: Watcher
  erased: Erased
  /** Ends it also when nobody reads. */
  signal: StopSignal
}

export function handOver({ call, held, watcher, erased, signal }: HandOverOptions): HandedOver {
  const { promise: ended, resolve: settle } = Promise.withResolvers<WireEnd>()
  const eraser = createSecretEraser(erased)
  const ready = [...held]
  let isOver = false
  /** What its reader has still to be told. */
  let untold: WireFault | null = null

  function close() {
    isOver = true
    signal.removeEventListener('abort', stop)
  }

  /** All was said, as far as can be seen. */
  function saidAll({ broken, usage }: ReturnType<Watcher['end']>): void {
    settle(broken ? { kind: 'broken', cause: broken, usage } : { kind: 'complete', usage })
  }

  function complete(): IteratorResult<Buffer, undefined> {
    close()
    saidAll(watcher.end())
    return { done: true, value: undefined }
  }

  /** Its end is usually on its way, and then the connection can be used again. */
  function lastWord(): null {
    call.endSoon()
    return null
  }

  /** What comes after the provider said that all was said does not matter any more. */
  function breakOff(fault: WireFault): void {
    const last = watcher.end()
    close()
    call.abort()
    const { usage } = last
    const { failure } = fault
    if (last.finished && failure.kind === 'transport') return saidAll(last)
    settle(
      failure.kind === 'cancelled' ? { kind: 'cancelled', usage } : { kind: 'broken', cause: failure.cause, usage },
    )
    untold = fault
  }

  function over(): IteratorResult<Buffer, undefined> {
    const fault = untold
    untold = null
    if (fault) throw fault
    return { done: true, value: undefined }
  }

  async function next(): Promise<IteratorResult<Buffer, undefined>> {
    while (!isOver) {
      const waiting = ready.shift()
      let chunk: Buffer | null
      try {
        chunk = waiting ?? (watcher.isOver() ? lastWord() : await call.read())
      } catch (thrown) {
        if (!untold) breakOff(new WireFault(failureOf(thrown)))
        break
      }
      if (chunk === null) {
        const rest = eraser.end()
        if (rest.length === 0) return complete()
        complete()
        return { done: false, value: rest }
      }
      const cause = waiting ? null : watcher.see(chunk)
      if (cause) {
        breakOff(new WireFault(transportFailure(cause === 'too-large' ? cause : 'connection-lost', true)))
        break
      }
      const clean = eraser.push(chunk)
      if (clean.length > 0) return { done: false, value: clean }
    }
    return over()
  }

  /** The reader leaves. Not a failure when everything had been said. */
  function leave() {
    if (isOver) return
    close()
    const { finished, usage } = watcher.end()
    settle({ kind: finished ? 'complete' : 'cancelled', usage })
    call.abort()
  }

  /** What only its deadline ends has not been left: whoever reads it must not take it for whole. */
  function stop() {
    if (!signal.isPastDeadline) leave()
    else if (!isOver) breakOff(new WireFault(transportFailure('timeout', true)))
  }

  async function leaveNow(): Promise<IteratorResult<Buffer, undefined>> {
    leave()
    return { done: true, value: undefined }
  }

  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { once: true })
  // Written by hand, because an async generator would let `return` wait for the read that is under way.
  return { ended, body: { [Symbol.asyncIterator]: () => ({ next, return: leaveNow }) } }
}
