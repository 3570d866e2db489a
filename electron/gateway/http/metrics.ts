// No figure is named after anything but models, clients and kinds of outcomes, and of no name more than a few hundred.
import { Counter, Gauge, Registry } from 'prom-client'
import type { LiveEvent } from '../../../shared/live-event.ts'
import { ByRequest } from '../../events/by-request.ts'
import { wholeAnswer, type GatewayAnswer } from '../answer.ts'
import { createDurations, type DurationBuckets } from './duration-buckets.ts'

export interface Metrics {
  record: (event: LiveEvent) => void
  /** In Prometheus's text format. */
  answer: () => Promise<GatewayAnswer>
}

export interface MetricsDeps {
  inFlight: () => number
  /** The state of every key of every model. */
  keyStates: () => Iterable<string>
}

const maxNames = 256
const otherName = 'other'

/** Counted since the figures were last read: an addition a request, where a counter with labels costs a search. */
interface Tally {
  readonly model: string
  readonly client: string
  readonly results: Map<string, number>
  readonly outcomes: Map<string, number>
  readonly durations: DurationBuckets
  promptTokens: number
  completionTokens: number
  hasTokens: boolean
}

export function createMetrics({ inFlight, keyStates }: MetricsDeps): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const requests = new Counter({
    name: 'keywheel_requests_total',
    help: 'Requests that ended, by model, client and result.',
    labelNames: ['model', 'client', 'result'] as const,
    registers,
  })
  const attempts = new Counter({
    name: 'keywheel_attempts_total',
    help: 'Attempts with one key that ended, by what came of them.',
    labelNames: ['model', 'outcome'] as const,
    registers,
  })
  const durations = createDurations(
    'keywheel_request_duration_seconds',
    'From the arrival of a request to the end of its answer.',
  )
  const tokens = new Counter({
    name: 'keywheel_tokens_total',
    help: 'Tokens that providers counted.',
    labelNames: ['model', 'client', 'kind'] as const,
    registers,
  })
  const underWay = new Gauge({
    name: 'keywheel_requests_in_flight',
    help: 'Answers to clients under way.',
    registers,
  })
  const keys = new Gauge({
    name: 'keywheel_keys',
    help: 'Keys of all models, by their state.',
    labelNames: ['state'] as const,
    registers,
  })

  const modelNames = atMost(maxNames)
  const clientNames = atMost(maxNames)
  const tallies = createTallies((model) => durations.of(model))
  const asked = new ByRequest<Tally>()
  const unasked = tallies.of(otherName, otherName)

  function end({ requestId, result, durationMs, usage }: Extract<LiveEvent, { kind: 'request-ended' }>) {
    const tally = asked.take(requestId)
    if (!tally) return
    addOne(tally.results, result)
    tally.durations.add(durationMs / 1000)
    if (!usage) return
    tally.promptTokens += usage.promptTokens
    tally.completionTokens += usage.completionTokens
    tally.hasTokens = true
  }

  function count(tally: Tally) {
    const { model, client, results, outcomes, promptTokens, completionTokens } = tally
    for (const [result, times] of results) requests.inc({ model, client, result }, times)
    for (const [outcome, times] of outcomes) attempts.inc({ model, outcome }, times)
    results.clear()
    outcomes.clear()
    if (!tally.hasTokens) return
    tokens.inc({ model, client, kind: 'prompt' }, promptTokens)
    tokens.inc({ model, client, kind: 'completion' }, completionTokens)
    tally.promptTokens = 0
    tally.completionTokens = 0
    tally.hasTokens = false
  }

  return {
    record(event) {
      if (event.kind === 'request-started') {
        asked.set(event.requestId, tallies.of(modelNames(event.modelName), clientNames(event.client)))
      } else if (event.kind === 'attempt-ended') {
        addOne((asked.get(event.requestId) ?? unasked).outcomes, event.outcome.kind)
      } else if (event.kind === 'request-ended') end(event)
    },
    async answer() {
      for (const tally of tallies.all()) count(tally)
      underWay.set(inFlight())
      keys.reset()
      for (const state of keyStates()) keys.inc({ state })
      const text = `${await registry.metrics()}\n${durations.text()}`
      return wholeAnswer(200, text, { 'content-type': registry.contentType })
    },
  }
}

function createTallies(durationsOf: (model: string) => DurationBuckets) {
  const byModel = new Map<string, Map<string, Tally>>()
  const created: Tally[] = []
  return {
    all: (): readonly Tally[] => created,
    of(model: string, client: string): Tally {
      const clients = byModel.get(model) ?? new Map<string, Tally>()
      byModel.set(model, clients)
      const known = clients.get(client)
      if (known) return known
      const results = new Map<string, number>()
      const outcomes = new Map<string, number>()
      const durations = durationsOf(model)
      const tally = {
        model,
        client,
        results,
        outcomes,
        durations,
        promptTokens: 0,
        completionTokens: 0,
        hasTokens: false,
      }
      clients.set(client, tally)
      created.push(tally)
      return tally
    },
  }
}

const addOne = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1)

/** Names as they come, up to so many different ones. */
function atMost(count: number): (name: string) => string {
  const names = new Set<string>()
  return (name) => {
    if (names.size < count) names.add(name)
    return names.has(name) ? name : otherName
  }
}
