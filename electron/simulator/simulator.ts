/** A real HTTP server on loopback, behind a fixed internal name; it answers only requests that carry this run's secret. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../rotation/clock.ts'
import { composeAnswer, countTokens, wordsOf, type Happening } from './answer-text.ts'
import { pause, sendError, sendJson, sendStream, sendWhole, type ChatReply } from './chat-reply.ts'
import { parseChatRequest, type ChatRequest } from './chat-request.ts'
import { createDemoModel, demoPace, demoScript, simulatorHost, type DemoModel, type DemoPace } from './demo-model.ts'
import { createScriptRun, type Fault, type Script, type ScriptRun } from './script.ts'

export interface SimulatorDeps {
  clock: Clock
  /** For the choice of words, and for faults by chance. */
  random: () => number
  randomBytes: (length: number) => Buffer
  pace?: Partial<DemoPace> & { wordDelayMs?: number }
  /** Replaces the scripts of some demo keys: a rehearsal is data. */
  scripts?: Partial<Record<DemoModel['keys'][number]['script'], Script>>
}

export interface Simulator {
  readonly host: string
  readonly demoModel: DemoModel
  /** The header that a request must carry. */
  readonly secretHeader: { name: string; value: string }
  listen: () => Promise<{ port: number }>
  /** Where the host is served, for the upstream's seam; null while it is not. */
  resolveHost: (hostname: string) => { origin: string; headers: Record<string, string> } | null
  close: () => Promise<void>
}

interface SimulatedKey {
  label: string
  run: ScriptRun
}

const maxBodyBytes = 32 * 1024 * 1024
const secretHeaderName = 'x-keywheel-simulator'
const defaultWordDelayMs = 35

export function createSimulator(deps: SimulatorDeps): Simulator {
  const demoModel = createDemoModel(deps.randomBytes(12).toString('hex'))
  const secretHeader = { name: secretHeaderName, value: deps.randomBytes(32).toString('base64url') }
  const keys = new Map(demoModel.keys.map((key) => [key.secret, simulatedKey(key, deps)]))
  const answering = createAnswering(demoModel, deps)
  const server = createServer((request, response) => {
    void serve(request, response)
  })
  let port: number | null = null
  let requests = 0

  async function serve(request: IncomingMessage, response: ServerResponse) {
    if (!isEqual(request.headers[secretHeaderName], secretHeader.value)) {
      response.writeHead(403).end()
      return
    }
    try {
      await route(request, response)
    } catch {
      // The client left in the middle of its body: there is nobody to answer.
      response.destroy()
    }
  }

  async function route(request: IncomingMessage, response: ServerResponse) {
    const key = keys.get(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '')
    if (!key) return sendError(response, 401, unknownKey)
    requests += 1
    response.setHeader('x-request-id', `simulator-${requests}`)
    const called = `${request.method} ${request.url}`
    if (called === 'GET /v1/models') return answering.models(key, response)
    if (called !== 'POST /v1/chat/completions') return sendError(response, 404, unknownPath)
    const body = await readText(request)
    if (body === null) return sendError(response, 413, tooLarge)
    return answering.chat(key, body, response)
  }

  async function listen() {
    if (port !== null) return { port }
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(0, '127.0.0.1', resolve)
    })
    port = (server.address() as AddressInfo).port
    return { port }
  }

  function resolveHost(hostname: string) {
    if (hostname !== simulatorHost || port === null) return null
    return { origin: `http://127.0.0.1:${port}`, headers: { [secretHeader.name]: secretHeader.value } }
  }

  async function close() {
    if (port === null) return
    port = null
    await new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  }

  return { host: simulatorHost, demoModel, secretHeader, listen, resolveHost, close }
}

function simulatedKey(key: DemoModel['keys'][number], { clock, random, pace, scripts }: SimulatorDeps): SimulatedKey {
  const script = scripts?.[key.script] ?? demoScript(key.script, { ...demoPace, ...pace })
  return { label: key.label, run: createScriptRun(script, clock, random) }
}

function createAnswering(model: DemoModel, { clock, random, pace }: SimulatorDeps) {
  const wordDelayMs = pace?.wordDelayMs ?? defaultWordDelayMs
  /** What went wrong since the last answer. */
  let before: Happening[] = []
  let answers = 0

  /** A listing does not use up a call, but a key that is always refused is refused here too. */
  function models(key: SimulatedKey, response: ServerResponse) {
    const refusal = key.run.always()
    if (refusal) return sendFault(response, refusal)
    const data = [{ id: model.upstreamModel, object: 'model', created: 0, owned_by: 'keywheel' }]
    return sendJson(response, 200, { object: 'list', data })
  }

  async function chat(key: SimulatedKey, body: string, response: ServerResponse) {
    const request = parseChatRequest(body)
    if ('param' in request) return sendError(response, 400, invalid(request.param))
    if (request.model !== model.upstreamModel) return sendError(response, 404, unknownModel(request.model))
    const { call, fault } = key.run.next()
    if (fault && fault.kind !== 'slow') before = [...before, { label: key.label, fault }].slice(-10)
    const isAnswered = fault === null || fault.kind === 'slow' || 'afterWords' in fault
    if (!isAnswered || (fault?.kind === 'reset' && fault.afterWords === null)) return sendFault(response, fault)
    const firstByteMs = fault?.kind === 'slow' ? fault.firstByteMs : 0
    await pause(clock, firstByteMs)
    if (response.destroyed) return
    const text = composeAnswer({
      prompt: request.prompt,
      keyLabel: key.label,
      call,
      firstByteMs,
      before: takeBefore(fault),
      random,
    })
    await deliver(response, replyTo(request, text), request, fault)
  }

  function takeBefore(fault: Fault | null) {
    const told = before
    if (fault === null || fault.kind === 'slow') before = []
    return told
  }

  function replyTo(request: ChatRequest, text: string): ChatReply {
    answers += 1
    const words = wordsOf(text)
    const kept = request.maxTokens === null ? words : words.slice(0, request.maxTokens)
    return {
      id: `chatcmpl-simulator-${answers}`,
      createdS: Math.floor(clock.wallMs() / 1000),
      model: model.upstreamModel,
      words: kept,
      promptTokens: countTokens(request.promptText),
      finishReason: kept.length < words.length ? 'length' : 'stop',
    }
  }

  async function deliver(response: ServerResponse, reply: ChatReply, request: ChatRequest, fault: Fault | null) {
    const cut =
      fault?.kind === 'stream-error' || fault?.kind === 'reset'
        ? { afterWords: fault.afterWords ?? 0, error: fault.kind === 'stream-error' ? fault.error : null }
        : null
    if (request.stream)
      return sendStream(response, reply, { clock, wordDelayMs, includeUsage: request.includeUsage, cut }, {})
    if (!cut) return sendWhole(response, reply, {})
    return cut.error ? sendJson(response, 200, { error: { ...cut.error, param: null } }) : response.destroy()
  }

  return { models, chat }
}

function sendFault(response: ServerResponse, fault: Fault) {
  switch (fault.kind) {
    case 'status':
      return sendError(response, fault.status, fault.error, retryAfter(fault.retryAfterMs))
    case 'reset':
      return response.destroy()
    case 'garbage':
      return response.writeHead(200, { 'content-type': fault.contentType }).end(fault.body)
    case 'silent':
    case 'slow':
    case 'stream-error':
    default:
      return response
  }
}

function retryAfter(waitMs: number | undefined): Record<string, string> {
  if (waitMs === undefined) return {}
  return { 'retry-after': String(Math.ceil(waitMs / 1000)), 'retry-after-ms': String(Math.ceil(waitMs)) }
}

/** In constant time, whatever the length of what was sent. */
function isEqual(sent: string | string[] | undefined, expected: string) {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return typeof sent === 'string' && timingSafeEqual(digest(sent), digest(expected))
}

/** Null when it is longer than any chat needs. */
async function readText(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBodyBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const invalidRequest = (message: string, code: string | null) => ({ message, type: 'invalid_request_error', code })
const unknownKey = invalidRequest('Incorrect API key provided.', 'invalid_api_key')
const unknownPath = invalidRequest('Unknown request URL.', 'unknown_url')
const tooLarge = invalidRequest('The request is too large.', 'request_too_large')
const invalid = (param: string) =>
  invalidRequest(`Missing or invalid parameter: ${param}.`, 'missing_required_parameter')
const unknownModel = (name: string) =>
  invalidRequest(`The model '${name.slice(0, 80)}' does not exist.`, 'model_not_found')
