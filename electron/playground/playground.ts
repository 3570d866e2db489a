import type OpenAI from 'openai'
import type { AnswerEnd, ChatEvent, ChatInput, Cost } from '../../shared/chat.ts'
import type { KeyId, ModelId, RequestId } from '../../shared/identity.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import type { RequestFailure, RequestView, StandIn, Usage } from '../../shared/request.ts'
import { startedRequest, withEvent } from '../../shared/request-history.ts'
import { asStream } from './as-stream.ts'
import { createEventQueue, type EventQueue } from './event-queue.ts'
import { readChunk } from './read-chunk.ts'
import { createReasoningTime } from './reasoning-time.ts'
import { sentMessage, sentParameters } from './sent-request.ts'

export interface PlaygroundDeps {
  /** Loaded at the first message, so that the application starts without it. */
  loadOpenAI: () => Promise<typeof OpenAI>
  /** The gateway's own handler as a fetch, for one request. */
  fetchFor: (request: { id: RequestId; keyId: KeyId | null; signal: AbortSignal }) => typeof fetch
  subscribe: (listener: (event: LiveEvent) => void) => () => void
  /** Undefined while there is no such model to be seen. */
  modelName: (id: ChatInput['modelId']) => string | undefined
  /** Why a request could not even begin. */
  cannotBegin: () => RequestFailure
  newRequestId: () => RequestId
  /** Monotonic. */
  nowMs: () => number
  /** Null where no price is known. */
  /** Keeps what a request comes to, for whoever leaves before its end. */
  remember: (id: RequestId, end: Promise<AnswerEnd | null>) => void
  costOf: (served: { modelId: ModelId; usage: Usage }) => Promise<Cost | null>
}

type Ended = Extract<LiveEvent, { kind: 'request-ended' }>

/** Chats through the gateway's own path: same rotation, same journal, also while the gateway is switched off. */
export function createPlayground(deps: PlaygroundDeps) {
  return async function* chat(input: ChatInput, signal: AbortSignal | undefined): AsyncGenerator<ChatEvent> {
    const id = deps.newRequestId()
    const leaving = new AbortController()
    const queue = createEventQueue<ChatEvent>()
    const follower = followRequest(deps, id, queue)
    deps.remember(id, follower.end)
    signal?.addEventListener('abort', () => leaving.abort(), { once: true })
    if (signal?.aborted) leaving.abort()
    yield { kind: 'started', requestId: id }
    const answering = tellAnswer(deps, input, follower, { id, signal: leaving.signal, queue })
    try {
      yield* queue
      await answering
    } finally {
      leaving.abort()
      follower.leave()
    }
  }
}

interface Telling {
  id: RequestId
  signal: AbortSignal
  queue: EventQueue<ChatEvent>
}

/** Fills the queue with the answer and with how it ended, and ends it whatever happens. */
async function tellAnswer(deps: PlaygroundDeps, input: ChatInput, follower: Follower, telling: Telling): Promise<void> {
  const { queue } = telling
  try {
    const read = await answer(deps, input, telling)
    if (!follower.hasBegun()) follower.leave()
    const [ended, end] = await Promise.all([follower.ended, follower.end])
    if (!ended || !end) queue.push({ kind: 'failed', failure: deps.cannotBegin() })
    else queue.push(lastEvent(end, isUnreadable(ended, read, telling) ? unreadable(read.model) : ended.failure, read))
  } finally {
    queue.end()
  }
}

interface Read {
  model: string
  finishReason: string | null
  /** False when reading it stopped before its end. */
  isWhole: boolean
}

/** Streams the answer into the queue. What goes wrong is told by the request's own events, not by the SDK's words. */
async function answer(deps: PlaygroundDeps, input: ChatInput, { id, signal, queue }: Telling): Promise<Read> {
  const model = deps.modelName(input.modelId)
  if (model === undefined) return { model: '', finishReason: null, isWhole: false }
  let finishReason: string | null = null
  let sent = false
  const reasoning = createReasoningTime(deps.nowMs)
  const inProcess = deps.fetchFor({ id, keyId: input.keyId, signal })
  const client = await sdkFor(deps, (resource, init) => {
    sent = true
    return inProcess(resource, init).then(asStream)
  })
  try {
    const stream = await client.chat.completions.create(
      {
        model,
        messages: input.messages.map(sentMessage),
        stream: true,
        ...sentParameters(input.parameters),
      },
      { signal },
    )
    for await (const chunk of stream) {
      const read = readChunk(chunk)
      finishReason = read.finishReason ?? finishReason
      for (const event of read.output.flatMap(reasoning.follow)) queue.push(event)
    }
    for (const event of reasoning.end()) queue.push(event)
  } catch (error) {
    if (!sent && !signal.aborted) throw error
    // The gateway publishes how the request ended, in our own codes; the SDK's error repeats it in others, or says that
    // the SDK could not read on.
    return { model, finishReason, isWhole: false }
  }
  return { model, finishReason, isWhole: true }
}

/** Key and base URL are explicit and retries are off, so that no OPENAI_* variable and no second loop leaks in. */
async function sdkFor(deps: PlaygroundDeps, inProcess: typeof fetch): Promise<OpenAI> {
  const Client = await deps.loadOpenAI()
  return new Client({
    apiKey: 'in-process',
    baseURL: 'http://gateway.keywheel.internal/v1',
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    logLevel: 'off',
    fetch: inProcess,
  })
}

interface Follower {
  /** Whether the gateway has taken the request on; if so, it also ends. */
  hasBegun: () => boolean
  /** Null where it never began. */
  ended: Promise<Ended | null>
  end: Promise<AnswerEnd | null>
  /** One that has begun is followed to its end all the same. */
  leave: () => void
}

/** Turns the events of one request into the attempts of its trail. */
function followRequest(deps: PlaygroundDeps, id: RequestId, queue: EventQueue<ChatEvent>): Follower {
  const { promise: ended, resolve } = Promise.withResolvers<Ended | null>()
  let request: RequestView | null = null
  const unsubscribe = deps.subscribe((event) => {
    if (!('requestId' in event) || event.requestId !== id) return
    if (event.kind === 'request-started') request = startedRequest(event)
    else if (request) request = withEvent(request, event)
    if (event.kind === 'attempt-started' || event.kind === 'attempt-ended') {
      const attempt = request?.attempts.find(({ number }) => number === event.number)
      if (attempt) queue.push({ kind: 'attempt', attempt, ...standInOf(request) })
    } else if (event.kind === 'request-parked') queue.push({ kind: 'parked', untilMs: event.untilMs })
    else if (event.kind === 'request-ended') resolve(event)
  })
  void ended.then(unsubscribe)
  return {
    hasBegun: () => request !== null,
    ended,
    end: ended.then((event) => (event && request ? endOf(deps, event, request) : null)),
    leave: () => {
      if (request === null) resolve(null)
    },
  }
}

const standInOf = (request: RequestView | null): { standIn?: StandIn } =>
  request?.standIn ? { standIn: request.standIn } : {}

/** The model that answered may be one that stands in. */
async function endOf(deps: PlaygroundDeps, { usage, durationMs }: Ended, request: RequestView): Promise<AnswerEnd> {
  const { modelId, standIn, firstOutputMs } = request
  const cost = usage ? await deps.costOf({ modelId: standIn?.modelId ?? modelId, usage }) : null
  return { usage, firstOutputMs, durationMs, cost }
}

/** Nobody left, and the gateway passed everything on: what came was no stream of this kind. */
function isUnreadable({ failure }: Ended, { isWhole }: Read, { signal }: Telling): boolean {
  return !isWhole && !signal.aborted && (failure === null || failure.code === 'cancelled')
}

function unreadable(model: string): RequestFailure {
  return { code: 'stream_broken', model, host: null, outcome: null, keys: [], retryAtMs: null }
}

const lastEvent = (end: AnswerEnd, failure: RequestFailure | null, { finishReason }: Read): ChatEvent =>
  failure ? { kind: 'failed', failure, end } : { kind: 'done', finishReason, ...end }
