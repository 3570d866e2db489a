// After the first output no other key is tried: a stream that breaks ends with an error event in the words of its API,
// and without the sign that it is whole.
import type { StopSignal } from '../rotation/stop-signal.ts'
import type { RequestFailure } from '../../shared/request.ts'
import { errorEvent } from './error-answer.ts'
import type { Route } from './routes.ts'

export interface PassOnDeps {
  route: Pick<Route, 'api' | 'upstreamPath'>
  /** What a client is told when the provider breaks off after the first output. */
  onBroken: () => RequestFailure
  /** Aborted when the client has left: then there is nobody to tell. */
  signal: StopSignal
}

/** The chunks pass untouched, one for one; a break is told where the answer is a stream of events. */
export function passOn(
  streaming: boolean,
  body: AsyncIterable<Uint8Array>,
  deps: PassOnDeps,
): AsyncIterable<Uint8Array> {
  if (!streaming) return body
  const chunks = body[Symbol.asyncIterator]()
  let isOver = false
  const tellBreak = (): IteratorResult<Uint8Array, undefined> => {
    isOver = true
    return deps.signal.aborted ? end : { done: false, value: errorEvent(deps.onBroken(), deps.route) }
  }
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => (isOver ? Promise.resolve(end) : chunks.next().catch(tellBreak)),
      return: () => chunks.return?.() ?? Promise.resolve(end),
    }),
  }
}

const end = { done: true, value: undefined } as const
