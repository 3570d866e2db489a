/** The ready-made scenarios: what each step plays, and what it expects of the rotation. */
import type { KeyId } from '../../shared/identity.ts'
import type { CheckName, Fault, RehearsedKey, ScenarioName } from '../../shared/rehearsal.ts'
import type { AttemptView, RequestView } from '../../shared/request.ts'

/** What a step has seen when its requests are over. */
export interface Seen {
  requests: readonly RequestView[]
  /** Whether one of them waited for a key. */
  parked: boolean
  /** How much of an answer arrived. */
  textLength: number
  /** Whom the scenario is about: the key that was asked first. */
  sick: KeyId | null
  /** After the step. */
  keys: readonly RehearsedKey[]
}

export interface Call {
  isSick: boolean
  /** The how-manieth of this key in this step. */
  nth: number
  /** Whether a request of this step has had to wait. */
  hasWaited: boolean
}

export interface ScenarioStep {
  name: string
  /** How many requests; for as many as there are keys, `each`. */
  sends: number | 'each'
  /** The key that it asks first is the one that the scenario is about from here on. */
  findsSick?: true
  /** Asks the sick key and no other. */
  asksSick?: true
  /** Before it, a person tops the sick key up and tests it. */
  tested?: true
  /** What a call meets. */
  plays: (call: Call) => Fault | null
  expects: readonly CheckName[]
}

const always = (fault: Fault) => () => fault
const answers = () => null
const onSick = (fault: Fault) => (call: Call) => (call.isSick ? fault : null)

/** Long enough to watch a key rest, short enough to watch it come back. */
const restMs = 6_000
export const slowMs = 2_500

export const scenarios: Record<ScenarioName, readonly ScenarioStep[]> = {
  'one-dies': [
    {
      name: 'dies',
      sends: 1,
      findsSick: true,
      plays: onSick({ kind: 'rejected' }),
      expects: ['first-rejected', 'other-serves', 'one-move'],
    },
    {
      name: 'left-alone',
      sends: 'each',
      plays: onSick({ kind: 'rejected' }),
      expects: ['served-at-once', 'sick-not-asked'],
    },
  ],
  'key-rests': [
    {
      name: 'limited',
      sends: 1,
      findsSick: true,
      plays: onSick({ kind: 'rate-limited', retryAfterMs: restMs }),
      expects: ['first-limited', 'other-serves', 'one-move'],
    },
    { name: 'rests', sends: 2, plays: answers, expects: ['served-at-once', 'sick-not-asked'] },
    { name: 'returns', sends: 1, asksSick: true, plays: answers, expects: ['sick-serves-probe', 'sick-ready'] },
  ],
  storm: [
    {
      name: 'storm',
      sends: 1,
      // It is over by the time that the host is asked again.
      plays: ({ hasWaited }) => (hasWaited ? null : { kind: 'rate-limited', retryAfterMs: null }),
      expects: ['half-limited', 'host-held', 'probe-serves'],
    },
    { name: 'calm', sends: 'each', plays: answers, expects: ['served-at-once', 'no-key-cools'] },
  ],
  'all-exhausted': [
    {
      name: 'runs-dry',
      sends: 1,
      findsSick: true,
      plays: always({ kind: 'payment' }),
      expects: ['each-once', 'names-every-key'],
    },
    { name: 'fails-at-once', sends: 1, plays: always({ kind: 'payment' }), expects: ['no-attempt', 'names-every-key'] },
    { name: 'topped-up', sends: 1, tested: true, plays: answers, expects: ['served-at-once', 'sick-ready'] },
  ],
  'slow-provider': [
    {
      name: 'slow',
      sends: 1,
      plays: always({ kind: 'slow', delayMs: slowMs }),
      expects: ['served-at-once', 'output-late'],
    },
    {
      name: 'silent',
      sends: 1,
      findsSick: true,
      plays: onSick({ kind: 'timeout' }),
      expects: ['first-timed-out', 'other-serves', 'one-move', 'sick-ready'],
    },
  ],
  'stream-fails': [
    {
      name: 'error-first',
      sends: 1,
      findsSick: true,
      plays: ({ isSick, nth }) => (isSick && nth === 1 ? { kind: 'stream-error' } : null),
      expects: ['first-stream-error', 'same-key-serves'],
    },
    { name: 'breaks-midway', sends: 1, plays: always({ kind: 'cut' }), expects: ['text-kept', 'no-other-key'] },
  ],
}

/** Whether what was expected is what happened. */
export const checks: Record<CheckName, (seen: Seen) => boolean> = {
  'first-rejected': ({ requests }) => firstOutcome(requests)?.kind === 'rejected',
  'first-limited': ({ requests }) => firstOutcome(requests)?.kind === 'rate-limited',
  'first-timed-out': ({ requests }) => firstOutcome(requests)?.cause === 'timeout',
  'first-stream-error': ({ requests }) => firstOutcome(requests)?.cause === 'stream-error',
  'other-serves': ({ requests }) =>
    requests.every((request) => isServed(request) && firstKey(request) !== lastKey(request)),
  'one-move': ({ requests }) => requests.every(({ attempts }) => attempts.length === 2),
  'served-at-once': ({ requests }) => requests.every((request) => isServed(request) && request.attempts.length === 1),
  'sick-not-asked': ({ requests, sick }) => attemptsOf(requests).every(({ keyId }) => keyId !== sick),
  'sick-serves-probe': ({ requests, sick }) =>
    requests.every(
      (request) => isServed(request) && lastKey(request) === sick && request.attempts.at(-1)?.probe === true,
    ),
  'half-limited': ({ requests, keys }) => {
    const limited = attemptsOf(requests).filter(({ outcome }) => outcome?.kind === 'rate-limited')
    return limited.length * 2 >= keys.length && new Set(limited.map(({ keyId }) => keyId)).size === limited.length
  },
  'host-held': ({ parked }) => parked,
  'probe-serves': ({ requests }) =>
    requests.every((request) => isServed(request) && request.attempts.at(-1)?.probe === true),
  'no-key-cools': ({ keys }) => keys.every(({ state }) => state.kind === 'ready'),
  'each-once': ({ requests, keys }) => {
    const asked = attemptsOf(requests).map(({ keyId }) => keyId)
    return asked.length === keys.length && new Set(asked).size === keys.length
  },
  'names-every-key': ({ requests, keys }) =>
    requests.every(({ failure }) => failure?.code === 'keys_unavailable' && failure.keys.length === keys.length),
  'no-attempt': ({ requests }) => attemptsOf(requests).length === 0,
  'output-late': ({ requests }) => requests.every(({ firstOutputMs }) => (firstOutputMs ?? 0) >= slowMs),
  'sick-ready': ({ keys, sick }) => keys.find(({ keyId }) => keyId === sick)?.state.kind === 'ready',
  'same-key-serves': ({ requests }) =>
    requests.every(
      (request) => isServed(request) && request.attempts.length === 2 && firstKey(request) === lastKey(request),
    ),
  'text-kept': ({ requests, textLength }) =>
    textLength > 0 && requests.every(({ failure }) => failure?.code === 'stream_broken'),
  'no-other-key': ({ requests }) => requests.every(({ attempts }) => attempts.length === 1),
}

const attemptsOf = (requests: readonly RequestView[]): AttemptView[] => requests.flatMap(({ attempts }) => attempts)
const firstOutcome = (requests: readonly RequestView[]) => requests[0]?.attempts[0]?.outcome
const isServed = ({ result }: RequestView) => result === 'served'
const firstKey = ({ attempts }: RequestView) => attempts[0]?.keyId
const lastKey = ({ attempts }: RequestView) => attempts.at(-1)?.keyId
