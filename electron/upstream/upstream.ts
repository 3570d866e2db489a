/** One attempt over the wire with one key. A client's Authorization never goes up, a key goes to its model's host only. */
import type { Dispatcher } from 'undici'
import { looksLikeMarkup } from '../rotation/classification/provider-error.ts'
import type { Clock } from '../rotation/clock.ts'
import type { StopSignal } from '../rotation/stop-signal.ts'
import type { Headers, WireFailure } from '../rotation/wire-failure.ts'
import { decodeBody, readBody } from './body-bytes.ts'
import type { ExtraHeaders } from './extra-headers.ts'
import { handOver, type Watcher } from './handed-over-body.ts'
import { holdStream } from './held-stream.ts'
import { defaultLimits, defaultTimeouts, type UpstreamLimits, type UpstreamTimeouts } from './limits.ts'
import { authorization } from './providers/authorization.ts'
import { createOrigins } from './origins.ts'
import type { ProxyFor } from './proxy/proxy.ts'
import { createRoutes, type Route } from './routes.ts'
import { buildRequestHeaders, isSendableSecret } from './request-headers.ts'
import { filterResponseHeaders } from './response-headers.ts'
import { eraseSecret, erasedOf, type Erased } from './secret-eraser.ts'
import { answerFailure, judgeWholeAnswer, type WholeAnswer } from './whole-answer.ts'
import { failureOf, transportFailure, WireFault } from './wire-attempt.ts'
import type { UpstreamAnswer, UpstreamRequest, WireAttempt, WireEnd, WireHead } from './wire-attempt.ts'
import { startCall, type WireCall } from './wire-call.ts'

export interface UpstreamDeps {
  clock: Clock
  /** Maps a fixed internal host name to where it is served in this process, with what has to be shown there. */
  resolveHost?: (hostname: string) => InternalHost | null
  timeouts?: Partial<UpstreamTimeouts>
  limits?: Partial<UpstreamLimits>
  userAgent?: string
  /** Asked when an address is first connected to; directly where it is left out. */
  proxyFor?: ProxyFor
  /** Certificates to trust beside the system's. */
  ca?: readonly string[]
}

export interface InternalHost {
  /** `http://127.0.0.1:PORT` */
  origin: string
  headers: Headers
}

export interface Upstream {
  /** Reports, never throws. */
  attempt: (
    request: UpstreamRequest,
    secret: string,
    signal: StopSignal,
    /** What the model's provider is sent beside the key. */
    extra?: ExtraHeaders | null,
  ) => Promise<WireAttempt>
  /** Cuts what is under way and closes every connection. */
  close: () => Promise<void>
}

/** One that knows the ways there are to the providers. */
export interface RoutedUpstream extends Upstream {
  /** Another way was chosen: from now on connections are made by that. */
  reroute: () => void
  /** Connects to a provider as a request would, and sends it nothing. */
  reach: (origin: string) => Promise<void>
}

/** Names that are only ever served inside this process; DNS is not asked for them. */
const internalSuffix = '.keywheel.internal'

export function createUpstream(deps: UpstreamDeps): RoutedUpstream {
  const timeouts = { ...defaultTimeouts, ...deps.timeouts }
  const limits = { ...defaultLimits, ...deps.limits }
  const wholeTimeouts = { ...timeouts, firstByteMs: timeouts.wholeAnswerMs }
  const origins = createOrigins(timeouts, deps.ca, deps.proxyFor)
  const routeOf = createRoutes()

  async function attempt(
    request: UpstreamRequest,
    secret: string,
    signal: StopSignal,
    extra: ExtraHeaders | null = null,
  ): Promise<WireAttempt> {
    if (signal.aborted) return refused({ kind: 'cancelled' })
    if (!isSendableSecret(secret)) return refused(transportFailure('not-sent', false))
    const prepared = prepare(request, secret, extra, deps, routeOf(request.target, request.path))
    if ('failure' in prepared) return refused(prepared.failure)
    const erased = erasedOf(secret, extra)
    const call = startCall(prepared, {
      dispatcher: origins.of(prepared.origin),
      clock: deps.clock,
      queuedBytes: limits.queuedBytes,
      timeouts: request.streaming ? timeouts : wholeTimeouts,
      totalMs: request.totalMs ?? timeouts.totalMs,
      signal,
      wantsWhole: request.expects === 'output',
    })
    try {
      const head = await call.head
      const body = call.whole()
      if (body !== null && isPlainObject(request, head, body)) return judged(head, body, erased, limits)
      return await receive(call, head, request, erased, { expects: request.expects, limits, signal })
    } catch (thrown) {
      call.abort()
      return refused(failureOf(thrown))
    }
  }

  return {
    attempt,
    reroute: () => origins.reroute(),
    reach: (origin) => origins.reach(origin),
    close: () => origins.destroy(),
  }
}

type Prepared = (Dispatcher.DispatchOptions & { origin: string }) | { failure: WireFailure }

function prepare(
  request: UpstreamRequest,
  secret: string,
  extra: ExtraHeaders | null,
  deps: UpstreamDeps,
  route: Route,
): Prepared {
  const { destination, family } = route
  if (!destination) return { failure: transportFailure('unknown-host', false) }
  const { hostname, path } = destination
  const internal = deps.resolveHost?.(hostname) ?? null
  if (!internal && hostname.endsWith(internalSuffix)) return { failure: transportFailure('unknown-host', false) }
  if (route.isForbidden) return { failure: transportFailure('connection-refused', false) }
  const headers = buildRequestHeaders(request.headers, {
    'user-agent': deps.userAgent ?? 'keywheel',
    ...authorization(family, request.path, secret, request.headers),
    ...(internal ? { ...internal.headers, host: hostname } : {}),
  })
  if (extra !== null) Object.assign(headers, extra.fields)
  return {
    origin: internal?.origin ?? destination.origin,
    path,
    method: request.method,
    headers,
    body: request.body,
    // Both are measured by the call itself.
    headersTimeout: 0,
    bodyTimeout: 0,
  }
}

interface Receiving {
  expects: UpstreamRequest['expects']
  limits: UpstreamLimits
  signal: StopSignal
}

async function receive(
  call: WireCall,
  head: WireHead,
  request: UpstreamRequest,
  erased: Erased,
  receiving: Receiving,
): Promise<WireAttempt> {
  if (head.status >= 300 && head.status < 400) {
    call.abort()
    return refused(transportFailure('redirect', true))
  }
  if (head.status < 200 || head.status >= 300) return refused(await readError(call, head, receiving.limits))
  const first = await call.read()
  if (first === null) return emptyAnswer(request, head, erased)
  const type = head.headers['content-type'] ?? ''
  const isCoded = !/^(?:identity)?$/i.test(head.headers['content-encoding'] ?? '')
  if (!isCoded && isEventStream(type, first)) return receiveStream(call, head, first, erased, receiving)
  if (request.expects === 'anything' && !/\bhtml\b/i.test(type)) {
    return isCoded
      ? receiveFile(call, head, first, erased, receiving.limits)
      : passOn(call, head, first, erased, receiving.signal)
  }
  return receiveWhole(call, head, first, erased, receiving)
}

/** Whatever can be had of the provider's explanation; its status stands in any case. */
async function readError(call: WireCall, head: WireHead, limits: UpstreamLimits) {
  const maxBytes = limits.errorBodyBytes
  try {
    const raw = await readBody(call, await call.read(), maxBytes, 'cut')
    return answerFailure(head, decodeBody(raw, head.headers['content-encoding'], maxBytes), maxBytes)
  } catch (thrown) {
    const failure = failureOf(thrown)
    return failure.kind === 'cancelled' ? failure : answerFailure(head, Buffer.alloc(0), maxBytes)
  }
}

function emptyAnswer(request: UpstreamRequest, head: WireHead, erased: Erased): WireAttempt {
  if (request.expects === 'output') return refused(transportFailure('empty-answer', true))
  return whole(head, Buffer.alloc(0), notLookedAt, erased)
}

const openBrace = 0x7b

/** A good answer that came at once, as it is meant, and is neither a stream of events nor a file. */
function isPlainObject({ expects }: UpstreamRequest, { status, headers }: WireHead, body: Buffer): boolean {
  if (expects !== 'output' || status < 200 || status >= 300) return false
  return body[0] === openBrace && (headers['content-encoding'] ?? '') === ''
}

/** By its content type, or by its first field where a provider forgets to say so. */
function isEventStream(type: string, first: Buffer) {
  // What begins like an object is none, whatever it is called.
  if (first[0] === openBrace) return false
  if (/^text\/event-stream\b/i.test(type)) return !looksLikeMarkup(first.toString('utf8', 0, 1024))
  return /^(?:\uFEFF)?\s*(?:(?:data|event|id|retry):|:)/.test(first.toString('utf8', 0, 64))
}

async function receiveStream(
  call: WireCall,
  head: WireHead,
  first: Buffer,
  erased: Erased,
  { limits, signal, expects }: Receiving,
): Promise<WireAttempt> {
  const stream = await holdStream(call, head, first, expects, limits)
  if (stream.kind === 'failure') return refused(stream.failure)
  const { body, ended } = handOver({ call, held: stream.held, watcher: stream.watcher, erased, signal })
  return committed(head, erased, ended, { streaming: true, body, responseId: stream.responseId })
}

async function receiveWhole(
  call: WireCall,
  head: WireHead,
  first: Buffer,
  erased: Erased,
  { limits }: Receiving,
): Promise<WireAttempt> {
  if (Number(head.headers['content-length']) > limits.bodyBytes)
    throw new WireFault(transportFailure('too-large', true))
  const raw = await readBody(call, first, limits.bodyBytes, 'fail')
  return judged(head, decodeBody(raw, head.headers['content-encoding'], limits.bodyBytes), erased, limits)
}

function judged(head: WireHead, body: Buffer, erased: Erased, limits: UpstreamLimits): WireAttempt {
  if (body.length > limits.bodyBytes) return refused(transportFailure('too-large', true))
  const answer = judgeWholeAnswer(head, body, limits.errorBodyBytes)
  return answer.ok ? whole(head, body, answer, erased) : refused(answer.failure)
}

/** Was coded although nobody asked for it; the client is told of no coding, and gets what was meant. */
async function receiveFile(call: WireCall, head: WireHead, first: Buffer, erased: Erased, limits: UpstreamLimits) {
  const raw = await readBody(call, first, limits.bodyBytes, 'fail')
  return whole(head, decodeBody(raw, head.headers['content-encoding'], limits.bodyBytes), notLookedAt, erased)
}

type Judged = Omit<Extract<WholeAnswer, { ok: true }>, 'ok'>

/** An answer that is all there is settled before anybody reads it. */
const notLookedAt = { usage: null, responseId: undefined }

function whole(head: WireHead, body: Buffer, { usage, responseId }: Judged, erased: Erased): WireAttempt {
  const clean = eraseSecret(body, erased)
  const end: WireEnd = { kind: 'complete', usage }
  // An estimate takes its time, and nobody has to wait for it.
  const ended = usage?.estimated ? Promise.resolve(end) : end
  return committed(head, erased, ended, { streaming: false, body: clean, responseId })
}

/** Files and sounds: nothing in them is looked at. */
function passOn(call: WireCall, head: WireHead, first: Buffer, erased: Erased, signal: StopSignal): WireAttempt {
  const watcher: Watcher = {
    see: () => null,
    isOver: () => false,
    end: () => ({ finished: false, broken: null, usage: null }),
  }
  const { body, ended } = handOver({ call, held: [first], watcher, erased, signal })
  return committed(head, erased, ended, { streaming: false, body })
}

function committed(
  head: WireHead,
  erased: Erased,
  ended: Promise<WireEnd> | WireEnd,
  rest: Pick<UpstreamAnswer, 'streaming' | 'body' | 'responseId'>,
): WireAttempt {
  const headers = filterResponseHeaders(head.headers, erased)
  return { committed: true, head, ended, answer: { status: head.status, headers, ...rest } }
}

function refused(failure: WireFailure): WireAttempt {
  return { committed: false, failure }
}
