import type { LiveEvent, LiveEventInput } from '../../shared/live-event.ts'
import { redact } from '../rotation/classification/provider-message.ts'

/** What is published has been redacted, and no secret can be put on the bus: no event has a field for one. */
export interface Bus {
  /** Takes the event over: it is stamped, not copied. */
  publish: (event: LiveEventInput) => void
  /** Listeners are called in order, synchronously; one that throws is left out of nothing but its own turn. */
  subscribe: (listener: (event: LiveEvent) => void) => () => void
}

export function createBus(deps: { wallMs: () => number; onListenerError: (error: unknown) => void }): Bus {
  const listeners = new Set<(event: LiveEvent) => void>()
  let seq = 0
  return {
    publish(input) {
      seq += 1
      if (listeners.size === 0) return
      const event: LiveEvent = Object.assign(redacted(input), { seq, atMs: deps.wallMs() })
      for (const listener of listeners) {
        try {
          listener(event)
        } catch (error) {
          deps.onListenerError(error)
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** The provider's words are the one free text an event carries; whoever built it redacted it, and this is the net below. */
function redacted(event: LiveEventInput): LiveEventInput {
  if (event.kind === 'attempt-ended') return { ...event, outcome: withRedactedMessage(event.outcome) }
  if (event.kind !== 'request-ended' || !event.failure) return event
  const { failure } = event
  return {
    ...event,
    failure: {
      ...failure,
      outcome: failure.outcome && withRedactedMessage(failure.outcome),
      keys: failure.keys.map((key) => ({
        ...key,
        lastFailure: key.lastFailure && withRedactedMessage(key.lastFailure),
      })),
    },
  }
}

function withRedactedMessage<T extends { providerMessage: string | null }>(outcome: T): T {
  return outcome.providerMessage === null
    ? outcome
    : { ...outcome, providerMessage: redact(outcome.providerMessage, []) }
}
