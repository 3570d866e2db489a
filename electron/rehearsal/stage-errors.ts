import type { Fault } from '../../shared/rehearsal.ts'
import type { SimulatedError } from '../simulator/script.ts'

/** What a provider sends that refuses: its status, its words, its headers. */
export interface Refusal {
  status: number
  error: SimulatedError
  headers: Record<string, string>
}

const refusal = (status: number, code: string | null, type: string, message: string): Refusal => ({
  status,
  error: { message: `Rehearsal: ${message}`, type, code },
  headers: {},
})

/** Null for what is no refusal by status. */
export function refusalOf(fault: Fault): Refusal | null {
  switch (fault.kind) {
    case 'rejected':
      return refusal(401, 'invalid_api_key', 'invalid_request_error', 'this key is played as refused.')
    case 'payment':
      return refusal(402, 'insufficient_balance', 'insufficient_balance', 'this key is played as out of credit.')
    case 'rate-limited':
      return {
        ...refusal(429, 'rate_limit_exceeded', 'rate_limit_error', 'this key is played as rate-limited.'),
        headers: retryAfter(fault.retryAfterMs),
      }
    case 'server-error':
      return refusal(500, null, 'server_error', 'the provider is played as failing.')
    case 'overloaded':
      return refusal(529, null, 'overloaded_error', 'the provider is played as overloaded.')
    case 'timeout':
    case 'reset':
    case 'cut':
    case 'slow':
    case 'stream-error':
    case 'garbage':
      return null
    default:
      return fault satisfies never
  }
}

export const errorInStream: SimulatedError = {
  message: 'Rehearsal: the provider is played as failing inside its answer.',
  type: 'server_error',
  code: null,
}

function retryAfter(waitMs: number | null): Record<string, string> {
  if (waitMs === null) return {}
  return { 'retry-after': String(Math.ceil(waitMs / 1000)), 'retry-after-ms': String(waitMs) }
}
