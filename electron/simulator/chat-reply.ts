import type { ServerResponse } from 'node:http'
import type { Clock } from '../rotation/clock.ts'
import { countTokens } from './answer-text.ts'
import type { SimulatedError } from './script.ts'

/** The words of one answer on their way out, in OpenAI's shapes. */
export interface ChatReply {
  id: string
  createdS: number
  model: string
  words: readonly string[]
  promptTokens: number
  finishReason: 'stop' | 'length'
}

export interface Delivery {
  clock: Clock
  wordDelayMs: number
  includeUsage: boolean
  /** Ends the connection (null) or the stream with an error after so many words. */
  cut: { afterWords: number; error: SimulatedError | null } | null
}

export function sendError(
  response: ServerResponse,
  status: number,
  error: SimulatedError,
  headers: Record<string, string> = {},
) {
  sendJson(response, status, { error: { ...error, param: null } }, headers)
}

export function sendJson(
  response: ServerResponse,
  status: number,
  json: unknown,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(json))
}

export function sendWhole(response: ServerResponse, reply: ChatReply, headers: Record<string, string>) {
  const message = { role: 'assistant', content: reply.words.join(''), refusal: null }
  const choices = [{ index: 0, message, logprobs: null, finish_reason: reply.finishReason }]
  sendJson(response, 200, { ...headOf(reply, 'chat.completion'), choices, usage: usageOf(reply) }, headers)
}

/** Word by word; ends early when the client leaves. */
export async function sendStream(
  response: ServerResponse,
  reply: ChatReply,
  { clock, wordDelayMs, includeUsage, cut }: Delivery,
  headers: Record<string, string>,
) {
  const head = headOf(reply, 'chat.completion.chunk')
  const send = (json: unknown) => response.write(`data: ${JSON.stringify(json)}\n\n`)
  const chunk = (delta: unknown, reason: string | null) =>
    send({ ...head, choices: [{ index: 0, delta, logprobs: null, finish_reason: reason }] })
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', ...headers })
  chunk({ role: 'assistant', content: '' }, null)
  for (const [index, word] of reply.words.entries()) {
    if (cut && index >= cut.afterWords) return cutOff(response, cut.error)
    await pause(clock, wordDelayMs)
    if (response.destroyed) return
    chunk({ content: word }, null)
  }
  chunk({}, reply.finishReason)
  if (includeUsage) send({ ...head, choices: [], usage: usageOf(reply) })
  response.end('data: [DONE]\n\n')
}

function cutOff(response: ServerResponse, error: SimulatedError | null) {
  if (error) response.end(`data: ${JSON.stringify({ error: { ...error, param: null } })}\n\n`)
  else flushAndDestroy(response)
}

/** What was written gets out first, so that a reset after some words is one for the client too. */
function flushAndDestroy(response: ServerResponse) {
  response.write(': cut\n\n', () => response.destroy())
}

function headOf({ id, createdS, model }: ChatReply, object: string) {
  return { id, object, created: createdS, model, system_fingerprint: 'simulator' }
}

function usageOf({ words, promptTokens }: ChatReply) {
  const completionTokens = countTokens(words.join(''))
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  }
}

export function pause(clock: Clock, delayMs: number): Promise<void> {
  if (delayMs <= 0) return Promise.resolve()
  return new Promise((resolve) => {
    clock.schedule(delayMs, resolve)
  })
}
