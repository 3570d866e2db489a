// No figure is named after anything but models, clients and kinds of outcomes, and of no name more than a few hundred.
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { RequestId } from '../../../shared/identity.ts'
import type { LiveEvent } from '../../../shared/live-event.ts'
import { wholeAnswer, type GatewayAnswer } from '../answer.ts'

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
/** From an answer out of a cache to a long one of a reasoning model. */
const seconds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300]

interface Asked {
  model: string
  client: string
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
  const durations = new Histogram({
    name: 'keywheel_request_duration_seconds',
    help: 'From the arrival of a request to the end of its answer.',
    labelNames: ['model'] as const,
    buckets: seconds,
    registers,
  })
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
  const asked = new Map<RequestId, Asked>()

  function end({ requestId, result, durationMs, usage }: Extract<LiveEvent, { kind: 'request-ended' }>) {
    const about = asked.get(requestId)
    if (!about) return
    asked.delete(requestId)
    requests.inc({ ...about, result })
    durations.observe({ model: about.model }, durationMs / 1000)
    if (!usage) return
    tokens.inc({ ...about, kind: 'prompt' }, usage.promptTokens)
    tokens.inc({ ...about, kind: 'completion' }, usage.completionTokens)
  }

  return {
    record(event) {
      if (event.kind === 'request-started') {
        asked.set(event.requestId, { model: modelNames(event.modelName), client: clientNames(event.client) })
      } else if (event.kind === 'attempt-ended') {
        const model = asked.get(event.requestId)?.model ?? otherName
        attempts.inc({ model, outcome: event.outcome.kind })
      } else if (event.kind === 'request-ended') end(event)
    },
    async answer() {
      underWay.set(inFlight())
      keys.reset()
      for (const state of keyStates()) keys.inc({ state })
      return wholeAnswer(200, await registry.metrics(), { 'content-type': registry.contentType })
    },
  }
}

/** Names as they come, up to so many different ones. */
function atMost(count: number): (name: string) => string {
  const names = new Set<string>()
  return (name) => {
    if (names.size < count) names.add(name)
    return names.has(name) ? name : otherName
  }
}
