/** The words of a rehearsal, for both sides; the schemas are in rehearsal.ts. */

/**
 * Whose name the requests of a rehearsal carry, whoever sent them: by it every list shows them for what they are, and
 * every sum leaves them out.
 */
export const rehearsalClient = 'rehearsal'

export const isRehearsed = ({ client }: { client: string }) => client === rehearsalClient

/** What the next call of a key can meet. */
export const faultKinds = [
  'rejected',
  'payment',
  'rate-limited',
  'server-error',
  'overloaded',
  'timeout',
  'reset',
  'cut',
  'slow',
  'stream-error',
  'garbage',
] as const

export const scenarioNames = [
  'one-dies',
  'key-rests',
  'storm',
  'all-exhausted',
  'slow-provider',
  'stream-fails',
] as const

/** The steps of each scenario, in order. */
export const scenarioSteps = {
  'one-dies': ['dies', 'left-alone'],
  'key-rests': ['limited', 'rests', 'returns'],
  storm: ['storm', 'calm'],
  'all-exhausted': ['runs-dry', 'fails-at-once', 'topped-up'],
  'slow-provider': ['slow', 'silent'],
  'stream-fails': ['error-first', 'breaks-midway'],
} as const satisfies Record<(typeof scenarioNames)[number], readonly string[]>

export type StepName = (typeof scenarioSteps)[keyof typeof scenarioSteps][number]

/** What a step expects; each is a sentence on the page. */
export const checkNames = [
  'first-rejected',
  'first-limited',
  'first-timed-out',
  'first-stream-error',
  'other-serves',
  'one-move',
  'served-at-once',
  'sick-not-asked',
  'sick-serves-probe',
  'half-limited',
  'host-held',
  'probe-serves',
  'no-key-cools',
  'each-once',
  'names-every-key',
  'no-attempt',
  'output-late',
  'sick-ready',
  'same-key-serves',
  'text-kept',
  'no-other-key',
] as const

/** The fewest keys that can be called that a scenario needs to show what it is about. */
export const keysNeeded: Record<(typeof scenarioNames)[number], number> = {
  'one-dies': 2,
  'key-rests': 2,
  storm: 3,
  'all-exhausted': 1,
  'slow-provider': 2,
  'stream-fails': 1,
}

/** A scenario plays with as many keys as a person can follow. */
export const mostScenarioKeys = 8

export const rehearsalLimits = {
  calls: 1_000,
  forMs: { min: 1_000, max: 3_600_000 },
  retryAfterMs: { min: 1_000, max: 3_600_000 },
  delayMs: { min: 100, max: 60_000 },
  /** Requests that one click sends. */
  sends: 20,
} as const

/** How long a rehearsal waits for a key that does not answer, where a provider is given a minute. */
export const rehearsedTimeoutMs = 3_000
