import type { LiveEvent, LiveEventInput } from '../../shared/live-event.ts'
import { redact } from '../rotation/classification/provider-message.ts'

/** What is published has been redacted, and no secret can be put on the bus: no event has a field for one. */
export interface Bus {
  /** Takes the event over: it is stamped, not copied. */
  publish: (event: LiveEventInput) => void
  /**
   * Listeners are called in order, synchronously; one that throws is left out of nothing but its own turn. Whoever names
   * the kinds it wants costs nothing when others are told.
   */
  subscribe: Subscribe
}

type Kind = LiveEvent['kind']
type OfKind<K extends Kind> = Extract<LiveEvent, { kind: K }>
type Subscribe = <K extends Kind = Kind>(listener: (event: OfKind<K>) => void, kinds?: readonly K[]) => () => void

interface Subscription {
  /** Only ever called with the kinds that it asked for. */
  listener: (event: never) => void
  kinds: readonly Kind[] | undefined
}

export function createBus(deps: { wallMs: () => number; onListenerError: (error: unknown) => void }): Bus {
  let subscriptions: readonly Subscription[] = []
  /** Who hears of which kind; made anew when somebody comes or goes. */
  let listeners = new Map<Kind, readonly ((event: LiveEvent) => void)[]>()
  let seq = 0

  function change(to: readonly Subscription[]) {
    subscriptions = to
    listeners = new Map()
  }

  function listenersOf(kind: Kind) {
    const known = listeners.get(kind)
    if (known) return known
    const asked = subscriptions.filter(({ kinds }) => kinds?.includes(kind) !== false)
    const found = asked.map(({ listener }) => listener as (event: LiveEvent) => void)
    listeners.set(kind, found)
    return found
  }

  return {
    publish(input) {
      seq += 1
      const toTell = listenersOf(input.kind)
      if (toTell.length === 0) return
      const event = redacted(input) as LiveEvent
      event.seq = seq
      event.atMs = deps.wallMs()
      for (const listener of toTell) {
        try {
          listener(event)
        } catch (error) {
          deps.onListenerError(error)
        }
      }
    },
    subscribe(listener, kinds) {
      const subscription = { listener, kinds }
      change([...subscriptions, subscription])
      return () => change(subscriptions.filter((one) => one !== subscription))
    },
  }
}

/** The provider's words are the one free text an event carries; whoever built it redacted it, and this is the net below. */
function redacted(event: LiveEventInput): LiveEventInput {
  if (event.kind === 'attempt-ended') {
    const isSilent = event.outcome.providerMessage === null
    return isSilent ? event : { ...event, outcome: withRedactedMessage(event.outcome) }
  }
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
