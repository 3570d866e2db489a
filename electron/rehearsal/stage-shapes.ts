/** An answer in the shape of the API that was asked: whole, or in pieces as a provider streams it. */
import type { SimulatedError } from '../simulator/script.ts'

export interface Reply {
  id: string
  createdS: number
  model: string
  words: readonly string[]
  promptTokens: number
  completionTokens: number
}

export interface Shape {
  whole: (reply: Reply) => unknown
  /** What comes before the first word, each word, and after the last. */
  opening: (reply: Reply) => string[]
  word: (reply: Reply, text: string) => string
  closing: (reply: Reply) => string[]
  error: (error: SimulatedError) => { body: unknown; event: string }
}

const data = (json: unknown) => `data: ${JSON.stringify(json)}\n\n`
const named = (type: string, rest: object = {}) => `event: ${type}\n${data({ type, ...rest })}`
const textOf = ({ words }: Reply) => words.join('')

const openAiError = (error: SimulatedError) => {
  const body = { error: { ...error, param: null } }
  return { body, event: data(body) }
}

const usageOf = ({ promptTokens, completionTokens }: Reply) => ({
  prompt_tokens: promptTokens,
  completion_tokens: completionTokens,
  total_tokens: promptTokens + completionTokens,
})
const inputUsageOf = ({ promptTokens, completionTokens }: Reply) => ({
  input_tokens: promptTokens,
  output_tokens: completionTokens,
})

const headOf = ({ id, createdS, model }: Reply, object: string) => ({ id, object, created: createdS, model })

const chat: Shape = {
  whole: (reply) => ({
    ...headOf(reply, 'chat.completion'),
    choices: [{ index: 0, message: { role: 'assistant', content: textOf(reply) }, finish_reason: 'stop' }],
    usage: usageOf(reply),
  }),
  opening: (reply) => [chatChunk(reply, { role: 'assistant', content: '' }, null)],
  word: (reply, text) => chatChunk(reply, { content: text }, null),
  closing: (reply) => [
    chatChunk(reply, {}, 'stop'),
    data({ ...headOf(reply, 'chat.completion.chunk'), choices: [], usage: usageOf(reply) }),
    'data: [DONE]\n\n',
  ],
  error: openAiError,
}

function chatChunk(reply: Reply, delta: unknown, reason: string | null): string {
  return data({ ...headOf(reply, 'chat.completion.chunk'), choices: [{ index: 0, delta, finish_reason: reason }] })
}

const completions: Shape = {
  whole: (reply) => ({
    ...headOf(reply, 'text_completion'),
    choices: [{ index: 0, text: textOf(reply), finish_reason: 'stop' }],
    usage: usageOf(reply),
  }),
  opening: () => [],
  word: (reply, text) =>
    data({ ...headOf(reply, 'text_completion'), choices: [{ index: 0, text, finish_reason: null }] }),
  closing: (reply) => [
    data({ ...headOf(reply, 'text_completion'), choices: [{ index: 0, text: '', finish_reason: 'stop' }] }),
    'data: [DONE]\n\n',
  ],
  error: openAiError,
}

const messages: Shape = {
  whole: (reply) => ({
    ...messageOf(reply),
    content: [{ type: 'text', text: textOf(reply) }],
    stop_reason: 'end_turn',
    usage: inputUsageOf(reply),
  }),
  opening: (reply) => [
    named('message_start', { message: { ...messageOf(reply), content: [], usage: inputUsageOf(reply) } }),
    named('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
  ],
  word: (_reply, text) => named('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
  closing: (reply) => [
    named('content_block_stop', { index: 0 }),
    named('message_delta', { delta: { stop_reason: 'end_turn' }, usage: inputUsageOf(reply) }),
    named('message_stop'),
  ],
  error({ type, message }) {
    const error = { type, message }
    return { body: { type: 'error', error }, event: named('error', { error }) }
  },
}

const messageOf = ({ id, model }: Reply) => ({ id, type: 'message', role: 'assistant', model, stop_reason: null })

const responses: Shape = {
  whole: responseOf,
  opening: (reply) => [
    named('response.created', { response: { ...responseOf(reply), status: 'in_progress', output: [] } }),
  ],
  word: (_reply, text) =>
    named('response.output_text.delta', { item_id: 'msg_1', output_index: 0, content_index: 0, delta: text }),
  closing: (reply) => [named('response.completed', { response: responseOf(reply) })],
  error(error) {
    const { body } = openAiError(error)
    return { body, event: named('error', { code: error.code, message: error.message }) }
  },
}

function responseOf(reply: Reply) {
  const { id, createdS, model } = reply
  const content = [{ type: 'output_text', text: textOf(reply), annotations: [] }]
  const output = [{ id: 'msg_1', type: 'message', role: 'assistant', status: 'completed', content }]
  return {
    id,
    object: 'response',
    created_at: createdS,
    model,
    status: 'completed',
    output,
    usage: inputUsageOf(reply),
  }
}

const embeddings: Shape = {
  ...completions,
  whole: (reply) => ({
    object: 'list',
    model: reply.model,
    data: [{ object: 'embedding', index: 0, embedding: [0, 0, 1] }],
    usage: { prompt_tokens: reply.promptTokens, total_tokens: reply.promptTokens },
  }),
}

const countTokens: Shape = { ...messages, whole: ({ promptTokens }) => ({ input_tokens: promptTokens }) }

const shapes: readonly (readonly [suffix: string, shape: Shape])[] = [
  ['/chat/completions', chat],
  ['/completions', completions],
  ['/messages', messages],
  ['/messages/count_tokens', countTokens],
  ['/responses', responses],
  ['/embeddings', embeddings],
]

/** Undefined for files, sounds and the like, which nobody could make up. */
export const shapeOf = (path: string): Shape | undefined => shapes.find(([suffix]) => path.endsWith(suffix))?.[1]

/** For what has no shape of its own. */
export const plainShape = chat
