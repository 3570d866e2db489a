// In this order, and nothing before its turn: Host, method, Origin, Sec-Fetch-Site, token, limits, content-type, body.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ClientId } from '../../../shared/gateway.ts'
import type { ModelId, RequestId } from '../../../shared/identity.ts'
import type { FailureThrottle } from '../../loopback/failure-throttle.ts'
import { refusal, type GatewayAnswer } from '../answer.ts'
import { apiShapeOf } from '../api-shape.ts'
import { unlimited, type Admission, type ClientLimits } from '../clients/client-limits.ts'
import { looksLikeToken } from '../clients/client-token.ts'
import type { ClientUsage } from '../clients/client-usage.ts'
import type { Clients } from '../clients/clients.ts'
import type { StoredClient } from '../../models/stored-client.ts'
import type { Gateway } from '../gateway.ts'
import { presentedToken, refuseArrival, refuseContentType, type Refusal } from './access.ts'
import { readArrival, type Arrival } from './arrival.ts'
import type { BodyBudget, BodyShare } from './body-budget.ts'
import type { GatewayHttpLimits } from './limits.ts'
import { readBody } from './read-body.ts'
import * as refusals from './refusals.ts'
import { sendAnswer } from './send-answer.ts'
import type { Slots } from './slots.ts'

export interface ServeDeps {
  gateway: Gateway
  clients: Pick<Clients, 'find' | 'areKnown'>
  usage: Pick<ClientUsage, 'begin'>
  clientLimits: ClientLimits
  slots: Slots
  bodies: BodyBudget
  throttle: FailureThrottle
  metrics: () => Promise<GatewayAnswer>
  underWay: UnderWay
  limits: GatewayHttpLimits
  reportBug: (error: unknown) => void
}

/** The answers under way, which end when their client is revoked. */
export interface UnderWay {
  add: (client: ClientId, response: ServerResponse) => void
  delete: (client: ClientId, response: ServerResponse) => void
}

/** One request on its connection. */
export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  hosts: ReadonlySet<string>
  /** What the listener refuses by itself, once the request is known to be meant for it. */
  refused: ((path: string) => GatewayAnswer) | null
  /** The client waits for a word before it sends its body. */
  expectsContinue: boolean
}

/** A stranger's body is read and dropped up to this size; beyond it the connection ends. */
const dropBytes = 1024 * 1024
const ok = Buffer.from('ok\n')

export function createServe(deps: ServeDeps): (exchange: Exchange) => void {
  return (exchange) => {
    const arrival = readArrival(exchange.request)
    const refused = refuseArrival(arrival, exchange.hosts, deps.limits.maxHeaders)
    if (refused) return sendStranger(exchange, arrival, asAnswer(refused, arrival.path))
    if (exchange.refused) return send(exchange, arrival, exchange.refused(arrival.path), true)
    if (arrival.path === '/healthz') return send(exchange, arrival, healthy())
    const token = presentedToken(arrival)
    const client = token === null ? undefined : deps.clients.find(token)
    if (client) return serveClient(deps, exchange, arrival, client)
    void refuseStranger(deps, exchange, arrival, token).catch(deps.reportBug)
  }
}

const healthy = (): GatewayAnswer => ({ status: 200, headers: { 'content-type': 'text/plain' }, body: ok })

const asAnswer = ({ status, code, message }: Refusal, path: string): GatewayAnswer =>
  refusal(status, code, message, apiShapeOf(path))

/** Sends an answer that is all there. What is left of the request, Node reads and drops. */
function send({ response }: Exchange, { method }: Arrival, answer: GatewayAnswer, closes = false): void {
  void sendAnswer(response, answer, { isHead: method === 'HEAD', closes, signal: neverAborted })
}

const neverAborted = new AbortController().signal

function sendStranger(exchange: Exchange, arrival: Arrival, answer: GatewayAnswer): void {
  const { hasBody, contentLength } = arrival
  send(exchange, arrival, answer, hasBody && (contentLength ?? Infinity) > dropBytes)
}

/** The same answer for a wrong, a revoked and a missing token. */
async function refuseStranger(deps: ServeDeps, exchange: Exchange, arrival: Arrival, token: string | null) {
  if (token !== null && looksLikeToken(token) && !deps.clients.areKnown()) {
    return sendStranger(exchange, arrival, refusals.vaultLocked(arrival.path))
  }
  await deps.throttle.failed()
  sendStranger(exchange, arrival, refusals.unauthorized(arrival.path))
}

function serveClient(deps: ServeDeps, exchange: Exchange, arrival: Arrival, client: StoredClient): void {
  const { request, response } = exchange
  const entry = deps.slots.enter(client.id)
  if (!entry) return send(exchange, arrival, refusals.tooManyAtOnce(arrival.path))
  const abort = new AbortController()
  const share = deps.bodies.open()
  const end = deps.usage.begin(client.id)
  deps.underWay.add(client.id, response)
  // `close` comes exactly once, after the last byte or with the connection. A client that closes only its half (`nc -N`)
  // cannot be told from one that has gone until something is written to it: it counts as gone, so that nobody pays for
  // an answer that nobody waits for.
  response.once('close', () => {
    if (!response.writableFinished) abort.abort()
    deps.underWay.delete(client.id, response)
    share.close()
    entry.leave()
    end()
  })
  response.on('timeout', () => {
    if (response.writableLength > 0) response.destroy()
  })
  respond(deps, {
    ...exchange,
    arrival,
    client,
    share,
    signal: abort.signal,
    turn: (signal) => entry.turn(signal),
  }).catch((error: unknown) => {
    const isGone = response.closed || request.errored !== null
    if (!isGone) deps.reportBug(error)
    if (isGone || response.headersSent) response.destroy()
    else send(exchange, arrival, refusals.broken(arrival.path), true)
  })
}

interface Responding extends Exchange {
  arrival: Arrival
  client: StoredClient
  share: BodyShare
  signal: AbortSignal
  turn: (signal: AbortSignal) => Promise<boolean> | true
}

async function respond(deps: ServeDeps, responding: Responding): Promise<void> {
  const { request, response, arrival, client, signal } = responding
  const admission = await deps.clientLimits.admit(client, arrival.method === 'POST')
  if (!admission.ok)
    return send(responding, arrival, withStanding(refusals.overLimit(arrival.path, admission), admission))
  const refused = refuseBody(deps, arrival)
  if (refused) return send(responding, arrival, refused)
  if (responding.expectsContinue) response.writeContinue()
  const { maxBodyBytes } = deps.limits
  const body = arrival.hasBody ? await readBody(request, maxBodyBytes, responding.share) : nothing
  if (body === 'too-large') return send(responding, arrival, refusals.bodyTooLarge(arrival.path, maxBodyBytes))
  if (body === 'no-room') return send(responding, arrival, refusals.noRoom(arrival.path))
  if (!(await responding.turn(signal)) || signal.aborted) return
  const answer = await answerTo(deps, responding, body)
  await sendAnswer(response, withStanding(answer, admission), {
    isHead: arrival.method === 'HEAD',
    closes: false,
    signal,
  })
}

const nothing = Buffer.alloc(0)

function refuseBody({ limits }: ServeDeps, arrival: Arrival): GatewayAnswer | null {
  const refused = refuseContentType(arrival)
  if (refused) return asAnswer(refused, arrival.path)
  return (arrival.contentLength ?? 0) > limits.maxBodyBytes
    ? refusals.bodyTooLarge(arrival.path, limits.maxBodyBytes)
    : null
}

function answerTo(deps: ServeDeps, { arrival, client, signal }: Responding, body: Buffer): Promise<GatewayAnswer> {
  const { method, path, headers } = arrival
  const { name, allowedModels } = client
  // Figures of every model and client are for those that may use every model.
  if (path === '/metrics' && method !== 'POST') {
    return allowedModels === null ? deps.metrics() : Promise.resolve(metricsRefused)
  }
  return deps.gateway.handle({
    id: randomUUID() as RequestId,
    client: name,
    // What a HEAD asks for is what a GET would be given, without its body.
    method: method === 'HEAD' ? 'GET' : method,
    path,
    headers,
    body,
    allowedModels: allowedModels && allowedSet(allowedModels),
    pinnedKeyId: null,
    conversation: headers['x-keywheel-conversation'] ?? null,
    signal,
  })
}

const metricsRefused = refusal(
  403,
  'metrics_not_allowed',
  'A client that may not use every model may not read figures.',
)

const allowedSets = new WeakMap<readonly ModelId[], ReadonlySet<ModelId>>()

/** The list is a new one whenever the client is changed. */
function allowedSet(models: readonly ModelId[]): ReadonlySet<ModelId> {
  const known = allowedSets.get(models)
  if (known) return known
  const made = new Set(models)
  allowedSets.set(models, made)
  return made
}

/** Most clients have no limits to be told of. */
function withStanding(answer: GatewayAnswer, admission: Admission): GatewayAnswer {
  return admission === unlimited ? answer : { ...answer, headers: { ...answer.headers, ...admission.headers } }
}
