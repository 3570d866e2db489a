/** Start-up events are held back until the first output: until then a failure inside the 200 can still be another key's turn. */
import type { WireFailure } from '../rotation/wire-failure.ts'
import { createEventScanner, type EventScanner } from './event-stream.ts'
import { usageOfEvents } from './estimated-usage.ts'
import type { Watcher } from './handed-over-body.ts'
import type { UpstreamLimits } from './limits.ts'
import { createStreamReading, type StreamReading } from './stream-reading.ts'
import { transportFailure, type UpstreamRequest, type WireHead } from './wire-attempt.ts'
import type { WireCall } from './wire-call.ts'

export type HeldStream =
  | { kind: 'output'; held: readonly Buffer[]; watcher: Watcher; responseId: string | undefined }
  | { kind: 'failure'; failure: WireFailure }

export async function holdStream(
  call: WireCall,
  head: WireHead,
  first: Buffer,
  expects: UpstreamRequest['expects'],
  limits: UpstreamLimits,
): Promise<HeldStream> {
  const reading = createStreamReading(expects)
  const scanner = createEventScanner(reading.see, limits.lineBytes)
  const held: Buffer[] = []
  let heldBytes = 0
  for (let chunk: Buffer | null = first; chunk !== null; chunk = await call.read()) {
    held.push(chunk)
    heldBytes += chunk.length
    if (!scanner.push(chunk)) return failed(call, transportFailure('too-large', true))
    if (reading.phase === 'output')
      return { kind: 'output', held, watcher: watch(reading, scanner), responseId: reading.responseId }
    if (reading.phase === 'error') return failed(call, streamError(head, reading))
    if (reading.events < limits.heldEvents && heldBytes < limits.heldBytes) continue
    // So much and no output yet: rather late than never, unless nothing of it made sense.
    if (!reading.announcesEnd && expects === 'output') return failed(call, transportFailure('not-json', true))
    return { kind: 'output', held, watcher: watch(reading, scanner), responseId: reading.responseId }
  }
  scanner.end()
  if (reading.phase === 'output' || (reading.phase === 'starting' && expects === 'anything'))
    return { kind: 'output', held, watcher: watch(reading, scanner), responseId: reading.responseId }
  if (reading.phase === 'error') return failed(call, streamError(head, reading))
  const isGarbage = reading.badEvents > 0 && reading.badEvents === reading.events
  return failed(call, transportFailure(isGarbage ? 'not-json' : 'empty-answer', true))
}

function failed(call: WireCall, failure: WireFailure): HeldStream {
  call.abort()
  return { kind: 'failure', failure }
}

function streamError(head: WireHead, reading: StreamReading): WireFailure {
  return { kind: 'stream-error', status: head.status, headers: head.headers, data: reading.errorData }
}

function watch(reading: StreamReading, scanner: EventScanner): Watcher {
  return {
    see: (chunk) => (scanner.push(chunk) ? null : 'too-large'),
    isOver: () => reading.isOver,
    end() {
      scanner.end()
      const { finished, broke, announcesEnd } = reading
      // What was said of tokens before the end is what they were at the beginning.
      const counted = finished || !announcesEnd ? reading.usage : null
      const usage = counted ?? (announcesEnd ? usageOfEvents(reading.events, reading.usage) : null)
      // A stream of a kind that says when it is whole, and that stopped without saying so, was cut.
      const cut = announcesEnd && !finished
      return { finished, usage, broken: broke ? 'stream-error' : cut ? 'connection-lost' : null }
    },
  }
}
