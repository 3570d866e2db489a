import type { ServerResponse } from 'node:http'

/** What a scripted upstream may do with one request. Every way to fail that a provider has is one of these. */
export type Answer =
  | { kind: 'text'; pieces: readonly string[]; usage: Usage }
  | { kind: 'plain'; status: number; headers: Readonly<Record<string, string>>; body: string }
  /** After so many pieces of a stream (none: before any answer), the connection is torn down. */
  | { kind: 'reset'; afterPieces: readonly string[] }
  /** Never goes on; ends when the client leaves or the upstream is closed. */
  | { kind: 'stall'; afterPieces: readonly string[] }
  /** An error as an event inside a stream that began with 200. */
  | { kind: 'stream-error'; afterPieces: readonly string[]; error: object }
  /** Goes on, after some pieces, once this is settled. */
  | { kind: 'pause'; afterPieces: readonly string[]; until: Promise<unknown>; pieces: readonly string[]; usage: Usage }
  /** Another answer, once this is settled. */
  | { kind: 'held'; until: Promise<unknown>; answer: Answer }

export interface Usage {
  prompt_tokens: number
  completion_tokens: number
}

/** Answers with this text, as one JSON body or as a stream of its pieces, whichever the client asks for. */
export const says = (...pieces: string[]): Answer => ({
  kind: 'text',
  pieces,
  usage: { prompt_tokens: 7, completion_tokens: pieces.length },
})

export const answers = (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  typeof body === 'string'
    ? { kind: 'plain', status, headers, body }
    : { kind: 'plain', status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }

/** An error in OpenAI's form. */
export const refuses = (
  status: number,
  error: { message?: string; code?: string; type?: string } = {},
  headers: Record<string, string> = {},
): Answer => answers(status, { error: { message: 'refused', ...error } }, headers)

export const rateLimits = (retryAfterSeconds?: number): Answer =>
  refuses(
    429,
    { message: 'Rate limit reached', code: 'rate_limit_exceeded', type: 'requests' },
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
  )

export const outOfQuota = (): Answer =>
  refuses(429, { message: 'You exceeded your current quota', code: 'insufficient_quota', type: 'insufficient_quota' })

export const rejectsKey = (): Answer =>
  refuses(401, { message: 'Incorrect API key provided', code: 'invalid_api_key', type: 'invalid_request_error' })

export const answersHtml = (status = 200): Answer =>
  answers(status, '<!doctype html><title>Attention Required!</title><p>Access denied', { 'content-type': 'text/html' })

export const resets = (...afterPieces: string[]): Answer => ({ kind: 'reset', afterPieces })
export const stalls = (...afterPieces: string[]): Answer => ({ kind: 'stall', afterPieces })
export const breaksOff = (error: object, ...afterPieces: string[]): Answer => ({
  kind: 'stream-error',
  afterPieces,
  error,
})
export const pauses = (afterPieces: readonly string[], until: Promise<unknown>, ...pieces: string[]): Answer => ({
  kind: 'pause',
  afterPieces,
  until,
  pieces,
  usage: { prompt_tokens: 7, completion_tokens: afterPieces.length + pieces.length },
})
export const held = (until: Promise<unknown>, answer: Answer): Answer => ({ kind: 'held', until, answer })

/** What the client asked for, as far as an answer depends on it. */
export interface Asked {
  model: string
  stream: boolean
  includeUsage: boolean
}

export async function give(answer: Answer, asked: Asked, response: ServerResponse): Promise<void> {
  switch (answer.kind) {
    case 'plain':
      response.writeHead(answer.status, answer.headers).end(answer.body)
      return
    case 'text':
      return asked.stream ? stream(answer.pieces, answer.usage, asked, response) : complete(answer, asked, response)
    case 'reset':
      await begin(answer.afterPieces, asked, response)
      response.destroy()
      return
    case 'stall':
      await begin(answer.afterPieces, asked, response)
      return
    case 'stream-error':
      await begin(answer.afterPieces, asked, response)
      if (!response.headersSent) response.writeHead(200, eventStream)
      response.end(event({ error: answer.error }))
      return
    case 'pause':
      await begin(answer.afterPieces, asked, response)
      await answer.until
      return goOn(answer.pieces, answer.usage, asked, response)
    case 'held':
      await answer.until
      return give(answer.answer, asked, response)
  }
}

const eventStream = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' }
const event = (data: object) => `data: ${JSON.stringify(data)}\n\n`

/** Begins a stream with these pieces; with none, nothing at all has been answered yet. */
async function begin(pieces: readonly string[], asked: Asked, response: ServerResponse): Promise<void> {
  if (pieces.length === 0) return
  response.writeHead(200, eventStream)
  for (const [index, piece] of pieces.entries()) await write(response, event(chunk(asked, index, piece)))
}

async function stream(pieces: readonly string[], usage: Usage, asked: Asked, response: ServerResponse): Promise<void> {
  response.writeHead(200, eventStream)
  for (const [index, piece] of pieces.entries()) await write(response, event(chunk(asked, index, piece)))
  return goOn([], usage, asked, response)
}

async function goOn(pieces: readonly string[], usage: Usage, asked: Asked, response: ServerResponse): Promise<void> {
  for (const piece of pieces) await write(response, event(chunk(asked, 1, piece)))
  response.write(event({ ...frame(asked), choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }))
  if (asked.includeUsage) response.write(event({ ...frame(asked), choices: [], usage: total(usage) }))
  response.end('data: [DONE]\n\n')
}

/** Each piece reaches the socket before the next is written, so that a client sees them one by one. */
const write = (response: ServerResponse, text: string) =>
  new Promise<void>((resolve) => {
    response.write(text, () => resolve())
  })

const frame = ({ model }: Asked) => ({
  id: 'chatcmpl-mock',
  object: 'chat.completion.chunk',
  created: 1_700_000_000,
  model,
})

const chunk = (asked: Asked, index: number, content: string) => ({
  ...frame(asked),
  choices: [{ index: 0, delta: index === 0 ? { role: 'assistant', content } : { content }, finish_reason: null }],
})

const total = ({ prompt_tokens, completion_tokens }: Usage) => ({
  prompt_tokens,
  completion_tokens,
  total_tokens: prompt_tokens + completion_tokens,
})

function complete({ pieces, usage }: Extract<Answer, { kind: 'text' }>, asked: Asked, response: ServerResponse): void {
  const message = { role: 'assistant', content: pieces.join('') }
  const body = {
    ...frame(asked),
    object: 'chat.completion',
    choices: [{ index: 0, message, finish_reason: 'stop' }],
    usage: total(usage),
  }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
