import * as fc from 'fast-check'
import { KeyId, ModelId, RequestId } from '../../shared/identity.ts'
import type { LiveEvent, LiveEventInput } from '../../shared/live-event.ts'
import { outcomeKinds, type NotedHeaders, type OutcomeView } from '../../shared/outcome.ts'
import type { Usage } from '../../shared/request.ts'
import { aDecision } from '../support/events.ts'

/** What one request goes through, as somebody would tell it. */
export interface Story {
  model: number
  client: string
  startsAfterMs: number
  steps: Step[]
  /** Null while it runs. */
  end: { result: 'served' | 'failed' | 'cancelled'; afterMs: number; usage: Usage | null } | null
}

interface Step {
  key: number
  lastsMs: number
  outcome: OutcomeView
  parked: boolean
  fallsBack: boolean
  decided: boolean
  headers: NotedHeaders | null
}

/** Texts that make trouble: quotes, NUL, halves of surrogates, formulas, what LIKE takes for a pattern. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('100%_', "O'Neil", '=1+1', '余额不足', ''),
)

/** No header holds a line break (RFC 9110 §5.5). */
const headerValue = text.map((value) => value.replaceAll('\n', ' '))

const outcome: fc.Arbitrary<OutcomeView> = fc.record({
  kind: fc.constantFrom(...outcomeKinds),
  status: fc.option(fc.integer({ min: 100, max: 599 })),
  cause: fc.constantFrom(null, 'timeout', 'status'),
  providerCode: fc.option(fc.constantFrom('insufficient_quota', 'rate_limit_exceeded')),
  providerMessage: fc.option(text),
  retryAfterMs: fc.option(fc.integer({ min: 0, max: 60_000 })),
})

const step: fc.Arbitrary<Step> = fc.record({
  key: fc.integer({ min: 0, max: 4 }),
  lastsMs: fc.integer({ min: 0, max: 90_000 }),
  outcome,
  parked: fc.boolean(),
  fallsBack: fc.boolean(),
  decided: fc.boolean(),
  headers: fc.option(
    fc.array(fc.tuple(fc.constantFrom('x-request-id', 'retry-after', 'cf-ray'), headerValue), {
      minLength: 1,
      maxLength: 3,
    }),
  ),
})

const usage = fc.record({ promptTokens: fc.nat(5_000), completionTokens: fc.nat(5_000) })

export const story: fc.Arbitrary<Story> = fc.record({
  model: fc.integer({ min: 0, max: 2 }),
  client: fc.constantFrom('playground', 'notebook'),
  startsAfterMs: fc.integer({ min: 0, max: 400_000 }),
  steps: fc.array(step, { maxLength: 4 }),
  end: fc.option(
    fc.record({
      result: fc.constantFrom('served', 'failed', 'cancelled'),
      afterMs: fc.integer({ min: 0, max: 30_000 }),
      usage: fc.option(usage),
    }),
  ),
})

const modelId = (model: number) => ModelId.parse(`model-${model}`)
const keyId = (model: number, key: number) => KeyId.parse(`model-${model}-key-${key}`)

type Stamped = LiveEvent extends infer E ? Omit<E & LiveEvent, 'seq'> : never

/** The events of one story, each at its time. */
function eventsOf(told: Story, nth: number, beganMs: number): Stamped[] {
  const requestId = RequestId.parse(`request-${String(nth).padStart(4, '0')}`)
  let atMs = beganMs + told.startsAfterMs
  let model = told.model
  const events: Stamped[] = []
  const add = (event: LiveEventInput) => void events.push({ ...event, atMs })
  add({
    kind: 'request-started',
    requestId,
    modelId: modelId(model),
    modelName: `Model ${model}`,
    client: told.client,
  })
  for (const [index, { key, lastsMs, outcome, parked, fallsBack, decided, headers }] of told.steps.entries()) {
    if (parked) add({ kind: 'request-parked', requestId, modelId: modelId(model), untilMs: null })
    if (fallsBack) {
      model = (model + 1) % 3
      add({ kind: 'fell-back', requestId, modelId: modelId(model), modelName: `Model ${model}` })
    }
    const attempt = {
      requestId,
      modelId: modelId(model),
      number: index + 1,
      keyId: keyId(model, key),
      keyLabel: `Key ${key}`,
    }
    const decision = decided ? { decision: aDecision({ keyId: attempt.keyId, atMs }) } : {}
    add({ kind: 'attempt-started', ...attempt, probe: key === 0, ...decision })
    atMs += lastsMs
    if (outcome.kind === 'served')
      add({ kind: 'first-output', requestId, modelId: modelId(model), afterMs: atMs - beganMs })
    // The last attempt of a request that runs is still under way.
    if (told.end || index < told.steps.length - 1)
      add({ kind: 'attempt-ended', ...attempt, durationMs: lastsMs, outcome, ...(headers && { headers }) })
  }
  if (!told.end) return events
  const { result, afterMs, usage } = told.end
  atMs += afterMs
  add({
    kind: 'request-ended',
    requestId,
    modelId: modelId(told.model),
    result,
    attempts: told.steps.length,
    durationMs: atMs - beganMs,
    usage,
    failure:
      result === 'failed'
        ? { code: 'keys_unavailable', model: 'Model', host: null, outcome: null, keys: [], retryAtMs: null }
        : null,
  })
  return events
}

/** Every story's events in the order of time, as the bus would hand them over. */
export function eventsOfAll(stories: readonly Story[], beganMs: number): LiveEvent[] {
  return stories
    .flatMap((told, nth) => eventsOf(told, nth, beganMs))
    .toSorted((a, b) => a.atMs - b.atMs)
    .map((event, seq) => ({ ...event, seq }) as LiveEvent)
}
