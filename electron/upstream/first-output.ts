import { asRecord } from '../rotation/classification/provider-error.ts'

type Json = Readonly<Record<string, unknown>>

/** What one event of a stream is to somebody who may still change his mind. */
export interface EventReading {
  /**
   * `start-up`: roles, ids, empty deltas; another key may still answer. `output`: something the client would see, tool
   * calls, reasoning and refusals included, and a finish without text (`length`, `content_filter`): an answer too.
   */
  kind: 'start-up' | 'output' | 'error'
  /** The answer is whole after this event, but for usage and `[DONE]`. */
  finishes: boolean
  /** It belongs to a kind of stream that says when it is whole. */
  announcesEnd: boolean
}

const startUp: EventReading = { kind: 'start-up', finishes: false, announcesEnd: false }
const error: EventReading = { kind: 'error', finishes: false, announcesEnd: true }

/** `unknown` is what an event of none of these APIs is: nothing yet, or what was asked for. */
export function readEvent(name: string, json: Json, unknown: 'start-up' | 'output'): EventReading {
  const type = typeof json['type'] === 'string' ? json['type'] : name
  if (isFilled(json['error']) || type === 'error' || type === 'response.failed') return error
  if (Array.isArray(json['choices'])) return readChoices(json['choices'])
  if (type.startsWith('response.')) return readResponsesEvent(type, json)
  if (/^(?:message_|content_block_|ping$)/.test(type)) return readAnthropicEvent(type, json)
  if (Array.isArray(json['candidates']) && json['candidates'].length > 0) return output(false, false)
  return unknown === 'output' ? output(false, false) : startUp
}

const output = (finishes: boolean, announcesEnd = true): EventReading => ({ kind: 'output', finishes, announcesEnd })

function readChoices(choices: readonly unknown[]): EventReading {
  let kind: EventReading['kind'] = 'start-up'
  let finishes = false
  for (const choice of choices.map(asRecord)) {
    const reason = choice?.['finish_reason']
    if (reason === 'error') return error
    if (isFilled(reason)) finishes = true
    const delta = asRecord(choice?.['delta']) ?? asRecord(choice?.['message'])
    if (finishes || isFilled(choice?.['text']) || (delta && outputFields.some((name) => isFilled(delta[name]))))
      kind = 'output'
  }
  return { kind, finishes, announcesEnd: choices.length > 0 }
}

const outputFields = [
  'content',
  'reasoning_content',
  'reasoning',
  'reasoning_details',
  'tool_calls',
  'function_call',
  'refusal',
  'audio',
  'images',
]

function readResponsesEvent(type: string, json: Json): EventReading {
  if (type === 'response.completed' || type === 'response.incomplete') return output(true)
  if (type.endsWith('.delta')) return isFilled(json['delta']) ? output(false) : { ...startUp, announcesEnd: true }
  const item = asRecord(json['item'])
  if (type === 'response.output_item.added' && typeof item?.['type'] === 'string' && item['type'].endsWith('_call')) {
    return output(false)
  }
  const isPreparation =
    /^response\.(?:created|queued|in_progress|output_item\.added|content_part\.added|reasoning_summary_part\.added)$/
  return isPreparation.test(type) ? { ...startUp, announcesEnd: true } : output(false)
}

function readAnthropicEvent(type: string, json: Json): EventReading {
  if (type === 'message_stop') return output(true)
  if (type === 'content_block_delta') return output(false)
  if (type === 'message_delta') return isFilled(asRecord(json['delta'])?.['stop_reason']) ? output(true) : output(false)
  const block = asRecord(json['content_block'])
  const isText = block?.['type'] === 'text' || block?.['type'] === 'thinking'
  if (type === 'content_block_start' && block && (!isText || isFilled(block['text']) || isFilled(block['thinking']))) {
    return output(false)
  }
  return { ...startUp, announcesEnd: type !== 'ping' }
}

/** Neither absent nor empty. */
function isFilled(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === false) return false
  return Array.isArray(value) ? value.length > 0 : true
}

/** A whole 2xx body that is an answer: it has at least one choice, output item, datum, or is a message. */
export function isWholeAnswer(json: Json): boolean {
  for (const name of ['choices', 'output', 'data', 'results', 'candidates', 'content'])
    if (isFilled(json[name])) return true
  if (json['type'] === 'message' || typeof json['input_tokens'] === 'number') return true
  // A list may be empty, and a background response has no output yet.
  if (json['object'] === 'list') return Array.isArray(json['data'])
  return json['object'] === 'response' && json['status'] !== 'completed' && json['status'] !== 'failed'
}
