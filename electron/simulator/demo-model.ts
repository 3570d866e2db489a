import type { Script } from './script.ts'

export const simulatorHost = 'simulator.keywheel.internal'

const demoScripts = ['limited', 'fine', 'quota', 'rejected', 'slow'] as const
export type DemoScript = (typeof demoScripts)[number]

export interface DemoKey {
  /** Which of the five stories this key tells; the page has a sentence for each. */
  script: DemoScript
  label: string
  secret: string
}

export interface DemoModel {
  name: string
  provider: string
  apiBase: string
  upstreamModel: string
  keys: readonly DemoKey[]
}

/** How long and how often; a test makes them short. */
export interface DemoPace {
  /** The limited key refuses every n-th call, and from then on for `retryAfterMs`. */
  limitedEvery: number
  retryAfterMs: number
  /** The quota key is out of quota after this many calls. */
  quotaCalls: number
  slowFirstByteMs: number
}

export const demoPace: DemoPace = { limitedEvery: 3, retryAfterMs: 20_000, quotaCalls: 4, slowFirstByteMs: 1_500 }

/** The demo model; `nonce` makes its secrets new with every run, so that none is ever worth keeping. */
export function createDemoModel(nonce: string): DemoModel {
  return {
    name: 'keywheel-simulator',
    provider: 'openai',
    apiBase: `http://${simulatorHost}/v1`,
    upstreamModel: 'keywheel-simulator',
    keys: demoScripts.map((script, index) => ({
      script,
      label: script,
      secret: `sk-simulator-${script}-${nonce}-000${index + 1}`,
    })),
  }
}

export function demoScript(script: DemoScript, pace: DemoPace): Script {
  switch (script) {
    case 'limited':
      return [
        {
          when: { kind: 'every', calls: pace.limitedEvery },
          fault: {
            kind: 'status',
            status: 429,
            retryAfterMs: pace.retryAfterMs,
            error: {
              message: 'Rate limit reached for requests: this simulated key rests for a while.',
              type: 'requests',
              code: 'rate_limit_exceeded',
            },
          },
        },
      ]
    case 'quota':
      return [
        {
          when: { kind: 'after', calls: pace.quotaCalls },
          fault: {
            kind: 'status',
            status: 429,
            error: {
              message: 'You exceeded your current quota: this simulated key has spent its credit.',
              type: 'insufficient_quota',
              code: 'insufficient_quota',
            },
          },
        },
      ]
    case 'rejected':
      return [
        {
          when: { kind: 'always' },
          fault: {
            kind: 'status',
            status: 401,
            error: {
              message: 'Incorrect API key provided: this simulated key is never accepted.',
              type: 'invalid_request_error',
              code: 'invalid_api_key',
            },
          },
        },
      ]
    case 'slow':
      return [{ when: { kind: 'always' }, fault: { kind: 'slow', firstByteMs: pace.slowFirstByteMs } }]
    case 'fine':
    default:
      return []
  }
}
