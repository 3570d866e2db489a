import { asRecord } from '../../rotation/classification/provider-error.ts'
import { createEventScanner } from '../../upstream/event-stream.ts'
import { parsed } from './asked-text.ts'
import { contentText, isSaid, messageText } from './content-text.ts'

type Json = Readonly<Record<string, unknown>>

const openBrace = 0x7b
const longestLine = 1 << 20

/** What was answered: out of a whole answer, or put together from the events of a stream; null when it holds no words. */
export function answeredText(body: Uint8Array): string | null {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  if (bytes[0] !== openBrace) return isEventStream(bytes) ? streamText(bytes) : null
  const text = bytes.toString()
  const json = parsed(text)
  return json ? wholeText(json) : text
}

/** Its first field, or a comment, tells it from a file or a sound. */
const isEventStream = (bytes: Buffer) => /^\s*(?:(?:data|event|id|retry):|:)/.test(bytes.toString('latin1', 0, 64))

function wholeText(json: Json): string | null {
  const error = asRecord(json['error'])
  if (error) return typeof error['message'] === 'string' ? `[error]\n${error['message']}` : null
  const choices = listOf(json['choices']).map((choice) => {
    const { message, text } = asRecord(choice) ?? {}
    return message === undefined ? contentText(text) : messageText(message)
  })
  const outputs = listOf(json['output']).map(messageText)
  const said = [...choices, ...outputs, contentText(listOf(json['content']))].filter(isSaid)
  return said.length === 0 ? null : said.join('\n\n')
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** Each choice, block or item of a stream by its place; they may come in turns. */
function streamText(bytes: Buffer): string | null {
  const places = new Map<string, string>()
  const say = (place: unknown, text: unknown) => {
    if (typeof text !== 'string' || text === '') return
    const name = placeName(place)
    places.set(name, (places.get(name) ?? '') + text)
  }
  const scanner = createEventScanner(({ data }) => sayEvent(parsed(data) ?? {}, say), longestLine)
  scanner.push(bytes)
  scanner.end()
  return places.size === 0 ? null : [...places.values()].join('\n\n')
}

const placeName = (place: unknown) => (typeof place === 'number' || typeof place === 'string' ? String(place) : '0')

type Say = (place: unknown, text: unknown) => void

function sayEvent(event: Json, say: Say): void {
  for (const choice of listOf(event['choices'])) sayChoice(asRecord(choice) ?? {}, say)
  const delta = asRecord(event['delta'])
  switch (event['type']) {
    case 'response.output_text.delta':
    case 'response.refusal.delta':
    case 'response.function_call_arguments.delta':
      return say(event['output_index'], event['delta'])
    case 'response.output_item.added':
      return say(event['output_index'], asRecord(event['item'])?.['name'])
    case 'content_block_start':
      return sayBlock(event['index'], asRecord(event['content_block']) ?? {}, say)
    case 'content_block_delta':
      return say(event['index'], delta?.['text'] ?? delta?.['partial_json'])
    default: {
      const message = asRecord(event['error'])?.['message']
      if (typeof message === 'string') say('error', `[error]\n${message}`)
    }
  }
}

function sayBlock(place: unknown, { name, text }: Json, say: Say): void {
  say(place, name)
  say(place, text)
}

function sayChoice({ index, text, delta }: Json, say: Say): void {
  const { content, refusal, tool_calls: calls } = asRecord(delta) ?? {}
  for (const said of [text, content, refusal]) say(index, said)
  for (const call of listOf(calls)) {
    const { index: nth, function: called } = asRecord(call) ?? {}
    const place = `${placeName(index)} ${placeName(nth)}`
    say(place, asRecord(called)?.['name'])
    say(place, asRecord(called)?.['arguments'])
  }
}
