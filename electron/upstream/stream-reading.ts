import type { Usage } from '../../shared/request.ts'
import { asRecord } from '../rotation/classification/provider-error.ts'
import type { StreamEvent } from './event-stream.ts'
import { readEvent } from './first-output.ts'
import { responseIdOf } from './response-id.ts'
import { readUsage } from './usage.ts'
import type { UpstreamRequest } from './wire-attempt.ts'

/** What has been understood of an event stream so far. */
export interface StreamReading {
  see: (event: StreamEvent) => void
  /** `starting` until the first output or the first error; what comes after the first of them does not change it. */
  readonly phase: 'starting' | 'error' | 'output'
  /** The data of the error event that came before any output. */
  readonly errorData: string
  /** An error event came after the first output. */
  readonly broke: boolean
  /** The provider said that the answer is whole. */
  readonly finished: boolean
  /** It has said its last word; what keeps the connection open after it is no answer. */
  readonly isOver: boolean
  /** The stream is of a kind that says when it is whole. */
  readonly announcesEnd: boolean
  readonly usage: Usage | null
  /** Of a stream of the Responses API, from its first event on. */
  readonly responseId: string | undefined
  readonly events: number
  readonly badEvents: number
}

/**
 * After the first output, events are only opened when a byte pattern says that there is something to read: end, usage
 * or error. Text cannot forge one, because inside a JSON string its quotes are escaped.
 */
const worthReading =
  /"usage"\s*:\s*\{|"error"|"finish_reason"\s*:\s*"|"type"\s*:\s*"(?:message_|response\.(?:completed|incomplete|failed))/

export function createStreamReading(expects: UpstreamRequest['expects']): StreamReading {
  // Where anything may come (pictures, sounds, transcripts), what we do not know is no less an answer.
  const unknown = expects === 'anything' ? 'output' : 'start-up'
  const reading = {
    phase: 'starting' as StreamReading['phase'],
    errorData: '',
    broke: false,
    finished: false,
    isOver: false,
    announcesEnd: false,
    usage: null as Usage | null,
    responseId: undefined as string | undefined,
    events: 0,
    badEvents: 0,
    see,
  }

  function see({ name, data }: StreamEvent) {
    reading.events += 1
    if (data.trim() === '[DONE]') {
      reading.finished = true
      reading.isOver = true
      return
    }
    if (reading.phase !== 'starting' && name !== 'error' && !worthReading.test(data)) return
    const json = parse(data)
    if (json) return understand(name, json, data)
    reading.badEvents += 1
    if (name === 'error') fail(data)
    else if (unknown === 'output' && reading.phase === 'starting') reading.phase = 'output'
  }

  function understand(name: string, json: Readonly<Record<string, unknown>>, data: string) {
    reading.usage = readUsage(json, reading.usage)
    reading.responseId ??= responseIdOf(asRecord(json['response']) ?? {})
    const { kind, finishes, announcesEnd } = readEvent(name, json, unknown)
    reading.announcesEnd ||= announcesEnd
    reading.finished ||= finishes
    if (kind === 'error') fail(data)
    else if (kind === 'output' && reading.phase === 'starting') reading.phase = 'output'
  }

  function fail(data: string) {
    if (reading.phase === 'output') reading.broke = true
    else if (reading.phase === 'starting') {
      reading.phase = 'error'
      reading.errorData = data
    }
  }

  return reading
}

function parse(data: string) {
  try {
    return asRecord(JSON.parse(data))
  } catch {
    // Garbage between events is skipped and counted, as browsers do.
    return undefined
  }
}
