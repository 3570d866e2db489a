/** What an engine under load would publish: the same rate, keys and failures for the same clock and random numbers. */
import { ModelId, RequestId } from '../../shared/identity.ts'
import type { KeyState, KeyView } from '../../shared/key.ts'
import type { LiveEventInput } from '../../shared/live-event.ts'
import type { ModelView } from '../../shared/model.ts'
import type { OutcomeKind, OutcomeView } from '../../shared/outcome.ts'
import { aKey, aModel } from '../renderer/support/views.ts'

interface TrafficOptions {
  keys: number
  attemptsPerSecond: number
  publish: (event: LiveEventInput) => void
  wallMs: () => number
  random: () => number
}

interface Due {
  atMs: number
  run: () => void
}

const modelId = ModelId.parse('bench-model')
const failureShare = 0.04
const cooldownMs = 15_000
const failures = ['rate-limited', 'upstream-failed', 'exhausted'] as const

export function createSyntheticTraffic(options: TrafficOptions) {
  const { publish, wallMs, random } = options
  const keys = Array.from({ length: options.keys }, (_, index) => keyNumber(index))
  let due: Due[] = []
  let next = 0
  let requests = 0
  let owed = 0
  let lastMs = wallMs()

  const at = (atMs: number, run: () => void) => void due.push({ atMs, run })

  const become = (key: KeyView, state: KeyState) => {
    key.state = state
    publish({ kind: 'key-state', modelId, keyId: key.id, state })
  }

  const lease = (): KeyView => {
    for (let tried = 0; tried < keys.length; tried += 1) {
      const key = keys[(next += 1) % keys.length]
      if (key?.state.kind === 'ready') return key
    }
    return keys[0] ?? keyNumber(0)
  }

  function begin() {
    requests += 1
    const requestId = RequestId.parse(`bench-${String(requests).padStart(30, '0')}`)
    publish({ kind: 'request-started', requestId, modelId, modelName: 'bench', client: 'playground' })
    tryOne(requestId, 1, wallMs())
  }

  function tryOne(requestId: RequestId, number: number, beganMs: number) {
    owed -= 1
    const key = lease()
    const about = { requestId, modelId, number, keyId: key.id, keyLabel: key.label }
    publish({ kind: 'attempt-started', ...about, probe: false })
    const failed = number < 3 && random() < failureShare
    const durationMs = failed ? 40 + random() * 60 : 250 + random() * 300
    at(wallMs() + durationMs, () => {
      const kind: OutcomeKind = failed ? (failures[Math.floor(random() * failures.length)] ?? 'rate-limited') : 'served'
      if (!failed) publish({ kind: 'first-output', requestId, modelId, afterMs: durationMs / 2 })
      publish({ kind: 'attempt-ended', ...about, durationMs, outcome: anOutcome(kind) })
      key.requests += 1
      if (!failed) key.served += 1
      if (failed && kind === 'rate-limited' && random() < 0.05) coolDown(key)
      if (failed) tryOne(requestId, number + 1, beganMs)
      else end(requestId, number, wallMs() - beganMs)
    })
  }

  function end(requestId: RequestId, attempts: number, durationMs: number) {
    const usage = { promptTokens: 120, completionTokens: 40 }
    publish({ kind: 'request-ended', requestId, modelId, result: 'served', attempts, durationMs, usage, failure: null })
  }

  function coolDown(key: KeyView) {
    if (key.state.kind !== 'ready' || keys.filter(({ state }) => state.kind === 'ready').length < 3) return
    become(key, { kind: 'cooling', untilMs: wallMs() + cooldownMs, announced: true })
    at(wallMs() + cooldownMs, () => become(key, { kind: 'ready' }))
  }

  return {
    /** Publishes everything that has fallen due. */
    advance() {
      const nowMs = wallMs()
      owed = Math.min(options.attemptsPerSecond, owed + ((nowMs - lastMs) / 1_000) * options.attemptsPerSecond)
      lastMs = nowMs
      const ready = due.filter(({ atMs }) => atMs <= nowMs)
      due = due.filter(({ atMs }) => atMs > nowMs)
      for (const { run } of ready) run()
      while (owed >= 1) begin()
    },
    model: (): ModelView =>
      aModel({ id: modelId, name: 'bench', provider: 'openai', apiBase: 'https://bench.invalid/v1', keys }),
  }
}

const keyNumber = (index: number): KeyView =>
  aKey(`bench-key-${index + 1}`, { label: `acct-${index + 1}`, lastFour: String(index).padStart(4, '0') })

const anOutcome = (kind: OutcomeKind): OutcomeView => ({
  kind,
  status: kind === 'served' ? 200 : kind === 'upstream-failed' ? 503 : 429,
  cause: kind === 'upstream-failed' ? 'status' : null,
  providerCode: kind === 'rate-limited' ? 'rate_limit_exceeded' : null,
  providerMessage: kind === 'served' ? null : 'This synthetic key refused.',
  retryAfterMs: kind === 'rate-limited' ? cooldownMs : null,
})
