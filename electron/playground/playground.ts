import type OpenAI from 'openai'
import type { ChatEvent, ChatInput } from '../../shared/chat.ts'
import type { KeyId, RequestId } from '../../shared/identity.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import type { AttemptView, RequestFailure } from '../../shared/request.ts'
import { createEventQueue, type EventQueue } from './event-queue.ts'

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
}

type Ended = Extract<LiveEvent, { kind: 'request-ended' }>
type Chunk = OpenAI.Chat.Completions.ChatCompletionChunk

/** Chats through the gateway's own path: same rotation, same journal, also while the gateway is switched off. */
export function createPlayground(deps: PlaygroundDeps) {
  return async function* chat(input: ChatInput, signal: AbortSignal | undefined): AsyncGenerator<ChatEvent> {
    const id = deps.newRequestId()
    const leaving = new AbortController()
    const queue = createEventQueue<ChatEvent>()
    const follower = followRequest(deps, id, queue)
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
    const finishReason = await answer(deps, input, telling)
    const ended = follower.hasBegun() ? await follower.ended : null
    queue.push(ended ? lastEvent(ended, finishReason, follower) : { kind: 'failed', failure: deps.cannotBegin() })
  } finally {
    queue.end()
  }
}

/** Streams the answer into the queue. What goes wrong is told by the request's own events, not by the SDK's words. */
async function answer(deps: PlaygroundDeps, input: ChatInput, { id, signal, queue }: Telling): Promise<string | null> {
  const model = deps.modelName(input.modelId)
  if (model === undefined) return null
  let finishReason: string | null = null
  let sent = false
  const inProcess = deps.fetchFor({ id, keyId: input.keyId, signal })
  const client = await sdkFor(deps, (resource, init) => {
    sent = true
    return inProcess(resource, init)
  })
  try {
    const stream = await client.chat.completions.create(
      {
        model,
        messages: input.messages,
        stream: true,
        ...(input.temperature === null ? {} : { temperature: input.temperature }),
        ...(input.maxTokens === null ? {} : { max_tokens: input.maxTokens }),
      },
      { signal },
    )
    for await (const chunk of stream) {
      finishReason = chunk.choices[0]?.finish_reason ?? finishReason
      for (const event of outputOf(chunk)) queue.push(event)
    }
  } catch (error) {
    if (!sent) throw error
    // The gateway has published how the request ended, in our own codes; the SDK's error only repeats it in others.
  }
  return finishReason
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

function outputOf(chunk: Chunk): ChatEvent[] {
  const delta: (Chunk['choices'][0]['delta'] & Reasoning) | undefined = chunk.choices[0]?.delta
  const reasoning = delta?.reasoning_content ?? delta?.reasoning
  const events: ChatEvent[] = []
  if (reasoning) events.push({ kind: 'reasoning', text: reasoning })
  if (delta?.content) events.push({ kind: 'text', text: delta.content })
  if (delta?.refusal) events.push({ kind: 'text', text: delta.refusal })
  return events
}

/** Not in OpenAI's schema: DeepSeek, Zhipu and SiliconFlow send `reasoning_content`, OpenRouter `reasoning`. */
interface Reasoning {
  reasoning_content?: string | null
  reasoning?: string | null
}

interface Follower {
  /** Whether the gateway has taken the request on; if so, it also ends. */
  hasBegun: () => boolean
  ended: Promise<Ended>
  firstOutputMs: () => number | null
  leave: () => void
}

/** Turns the events of one request into the attempts of its trail. */
function followRequest(deps: PlaygroundDeps, id: RequestId, queue: EventQueue<ChatEvent>): Follower {
  const attempts = new Map<number, AttemptView>()
  const { promise: ended, resolve } = Promise.withResolvers<Ended>()
  let firstOutputMs: number | null = null
  let begun = false
  const tell = (attempt: AttemptView) => {
    attempts.set(attempt.number, attempt)
    queue.push({ kind: 'attempt', attempt })
  }
  const leave = deps.subscribe((event) => {
    if (!('requestId' in event) || event.requestId !== id) return
    begun = true
    if (event.kind === 'attempt-started') {
      const { number, keyId, keyLabel, probe, atMs } = event
      tell({ number, keyId, keyLabel, probe, startedAtMs: atMs, durationMs: null, outcome: null })
    } else if (event.kind === 'attempt-ended') {
      const attempt = attempts.get(event.number)
      if (attempt) tell({ ...attempt, durationMs: event.durationMs, outcome: event.outcome })
    } else if (event.kind === 'request-parked') queue.push({ kind: 'parked', untilMs: event.untilMs })
    else if (event.kind === 'first-output') firstOutputMs = event.afterMs
    else if (event.kind === 'request-ended') resolve(event)
  })
  return { hasBegun: () => begun, ended, firstOutputMs: () => firstOutputMs, leave }
}

function lastEvent(ended: Ended, finishReason: string | null, follower: Follower): ChatEvent {
  const failure: RequestFailure | null = ended.failure
  if (failure) return { kind: 'failed', failure }
  const { usage, durationMs } = ended
  return { kind: 'done', finishReason, usage, firstOutputMs: follower.firstOutputMs(), durationMs }
}
