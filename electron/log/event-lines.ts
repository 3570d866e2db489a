import type { LiveEvent } from '../../shared/live-event.ts'
import type { AppLog } from './app-log.ts'

export interface LoggedModel {
  id: string
  name: string
  keys: readonly { id: string; label: string }[]
}

export interface EventLines {
  record: (event: LiveEvent) => void
  /** Says how many keys take turns for a model, when that is news, and calls it by its name from then on. */
  know: (models: readonly LoggedModel[]) => void
}

/** What people read who ask whether their rotation works: each key that failed and the one after it at info, each first one at debug. */
export function logEvents({ log, isDebugOn }: Pick<AppLog, 'log' | 'isDebugOn'>): EventLines {
  let known = new Map<string, { name: string; labels: ReadonlyMap<string, string> }>()
  const named = (modelId: string) => {
    const model = known.get(modelId)
    return model ? { model: model.name } : {}
  }

  const know = (models: readonly LoggedModel[]) => {
    const before = known
    known = new Map(
      models.map(({ id, name, keys }) => [id, { name, labels: new Map(keys.map((key) => [key.id, key.label])) }]),
    )
    for (const [id, { name, labels }] of known) {
      if (before.get(id)?.labels.size !== labels.size) log('info', 'keys-ready', { model: name, keys: labels.size })
    }
  }

  const record = (event: LiveEvent) => {
    // Most events are of interest at debug only, and nobody has to write down what nobody keeps.
    if (isUneventful(event) && !isDebugOn()) return undefined
    switch (event.kind) {
      case 'attempt-started': {
        const { requestId: request, keyLabel: key, number: attempt, decision } = event
        const why = decision ? { strategy: decision.strategy, rule: decision.rule, usable: decision.usable } : {}
        // The first key of a request is its turn; each one after it is a rotation.
        const isRotation = attempt > 1
        return log(isRotation ? 'info' : 'debug', isRotation ? 'key-rotated' : 'key-used', {
          request,
          ...named(event.modelId),
          key,
          attempt,
          ...why,
        })
      }
      case 'attempt-ended': {
        const { requestId: request, keyLabel: key, number: attempt, durationMs, outcome } = event
        const { kind, status, cause, providerCode: code, providerMessage: message, retryAfterMs } = outcome
        const about = {
          request,
          ...named(event.modelId),
          key,
          attempt,
          outcome: kind,
          status,
          ms: Math.round(durationMs),
        }
        if (kind === 'served') return log('debug', 'key-served', about)
        return log('info', 'key-failed', { ...about, cause, code, message, retryAfterMs })
      }
      case 'request-ended': {
        const { requestId: request, result, attempts, durationMs, failure } = event
        const about = { request, result, attempts, ms: Math.round(durationMs) }
        if (!failure) return log(attempts > 1 ? 'info' : 'debug', 'request-ended', about)
        return log(result === 'cancelled' ? 'debug' : 'warn', 'request-failed', {
          ...about,
          model: failure.model,
          failure: failure.code,
          ...(failure.host === null ? {} : { host: failure.host }),
        })
      }
      case 'key-state':
        return log('info', 'key-state', {
          ...named(event.modelId),
          key: known.get(event.modelId)?.labels.get(event.keyId) ?? event.keyId,
          state: event.state.kind,
          untilMs: 'untilMs' in event.state ? rounded(event.state.untilMs) : null,
        })
      case 'request-parked':
        return log('info', 'request-waits', { request: event.requestId, untilMs: rounded(event.untilMs) })
      case 'fell-back':
        return log('info', 'model-stands-in', { request: event.requestId, model: event.modelName })
      case 'request-started':
        return log('debug', 'request-started', {
          request: event.requestId,
          model: event.modelName,
          client: event.client,
        })
      case 'first-output':
      case 'models-changed':
      case 'vault-changed':
      case 'settings-changed':
      case 'gateway-changed':
      case 'linked-files-changed':
      case 'conversations-changed':
      case 'journal-changed':
      case 'rehearsal-changed':
        return undefined
    }
  }
  return { record, know }
}

const rounded = (ms: number | null): number | null => (ms === null ? null : Math.round(ms))

/** What each request has that goes as it should. */
function isUneventful(event: LiveEvent): boolean {
  if (event.kind === 'attempt-started') return event.number === 1
  if (event.kind === 'attempt-ended') return event.outcome.kind === 'served'
  if (event.kind === 'request-ended') return !event.failure && event.attempts <= 1
  return event.kind === 'request-started' || event.kind === 'first-output'
}
