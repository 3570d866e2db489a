import type { ServerResponse } from 'node:http'
import { asRecord } from '../rotation/classification/provider-error.ts'
import type { Clock } from '../rotation/clock.ts'
import { countTokens, wordsOf } from '../simulator/answer-text.ts'
import { pause, sendJson } from '../simulator/chat-reply.ts'
import type { Played } from './stage.ts'
import { errorInStream, refusalOf } from './stage-errors.ts'
import { plainShape, shapeOf, type Reply, type Shape } from './stage-shapes.ts'

export interface Scene {
  clock: Clock
  /** The path of the API. */
  path: string
  played: Played
  body: string
  number: number
}

const wordDelayMs = 14
/** So many words get out before a stream is cut. */
const wordsBeforeCut = 6

/** Answers one call as it was asked to be: this is what a provider's server would send. */
export async function play(scene: Scene, response: ServerResponse): Promise<void> {
  const { fault } = scene.played
  const shape = shapeOf(scene.path)
  const refusal = fault && refusalOf(fault)
  if (refusal) {
    const { body } = (shape ?? plainShape).error(refusal.error)
    return sendJson(response, refusal.status, body, refusal.headers)
  }
  if (fault?.kind === 'timeout') return
  if (fault?.kind === 'reset') return void response.destroy()
  if (fault?.kind === 'garbage') return garble(response)
  if (!shape) return sendJson(response, 404, plainShape.error(notPlayed(scene.path)).body)
  const request = asRecord(parse(scene.body))
  const reply = replyTo(request, scene)
  const cut = fault?.kind === 'cut' || fault?.kind === 'stream-error' ? fault.kind : null
  return request?.['stream'] === true
    ? stream(response, shape, reply, { clock: scene.clock, cut })
    : answerWhole(response, shape, reply, cut)
}

type Cut = 'cut' | 'stream-error' | null

const notPlayed = (path: string) => ({
  message: `A rehearsal cannot make up an answer of ${path}.`,
  type: 'invalid_request_error',
  code: 'not_rehearsed',
})

function garble(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end('}{ neither an answer nor an error')
}

function answerWhole(response: ServerResponse, shape: Shape, reply: Reply, cut: Cut): void {
  if (cut === 'stream-error') return sendJson(response, 200, shape.error(errorInStream).body)
  if (cut === null) return sendJson(response, 200, shape.whole(reply))
  const text = JSON.stringify(shape.whole(reply))
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  return cutAfter(response, text.slice(0, text.length / 2))
}

async function stream(
  response: ServerResponse,
  shape: Shape,
  reply: Reply,
  { clock, cut }: { clock: Clock; cut: Cut },
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  for (const event of shape.opening(reply)) response.write(event)
  if (cut === 'stream-error') return void response.end(shape.error(errorInStream).event)
  for (const [index, word] of reply.words.entries()) {
    if (cut === 'cut' && index >= wordsBeforeCut) return cutAfter(response, ': cut\n\n')
    await pause(clock, wordDelayMs)
    if (response.destroyed) return
    response.write(shape.word(reply, word))
  }
  for (const event of shape.closing(reply)) response.write(event)
  response.end()
}

/** What was written gets out first, so that the cut is one for the reader too. */
function cutAfter(response: ServerResponse, text: string): void {
  response.write(text, () => response.destroy())
}

function replyTo(
  request: Readonly<Record<string, unknown>> | undefined,
  { played, clock, body, number }: Scene,
): Reply {
  const words = wordsOf(/\p{Script=Han}/u.test(body) ? answer.zh(played.keyLabel) : answer.en(played.keyLabel))
  const model = request?.['model']
  return {
    id: `rehearsal-${number}`,
    createdS: Math.floor(clock.wallMs() / 1000),
    model: typeof model === 'string' ? model : '',
    words,
    promptTokens: countTokens(body),
    completionTokens: countTokens(words.join('')),
  }
}

const answer = {
  en: (label: string) => `This is a rehearsal: the key “${label}” would have answered here. No provider was asked.`,
  zh: (label: string) => `这是演练：此处本应由密钥“${label}”作答，没有请求任何服务商。`,
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    // A form: whoever sent it gets a whole answer.
    return undefined
  }
}
