// OpenAI's and Anthropic's clients send a 429 or 5xx again, twice and within seconds. Where that cannot help they are told
// so (`x-should-retry: false`, which both honour), and a person reads the error at once.
import type { KeyState } from '../../shared/key.ts'
import type { RequestFailure, RequestFailureCode } from '../../shared/request.ts'

/** What those clients wait for at most; a longer Retry-After they overrule with a wait of their own. */
const patienceMs = 60_000

/** Retry-After where it is known when there would be a chance, and whether there is any soon. */
export function retryAdvice(failure: RequestFailure, nowMs: number | null): Record<string, string> {
  const waitMs = failure.retryAtMs === null || nowMs === null ? null : failure.retryAtMs - nowMs
  const advice: Record<string, string> = isVain(failure, waitMs) ? { ...neverRetry } : {}
  if (waitMs !== null) advice['retry-after'] = String(Math.max(1, Math.ceil(waitMs / 1000)))
  return advice
}

/** For refusals that are not about a model. */
export const adviceAfter = (seconds: number): Record<string, string> => ({
  'retry-after': String(seconds),
  ...(seconds * 1000 > patienceMs ? neverRetry : {}),
})

export const neverRetry: Readonly<Record<string, string>> = { 'x-should-retry': 'false' }

/** Somebody has to do something first: unlock the vault, put a key or an address right. */
const needsAPerson: ReadonlySet<RequestFailureCode> = new Set([
  'vault_locked',
  'address_blocked',
  'redirect_refused',
  'tls_failed',
  'proxy_auth',
  'key_not_sendable',
])

function isVain({ code, keys }: RequestFailure, waitMs: number | null): boolean {
  if (needsAPerson.has(code)) return true
  if (code !== 'keys_unavailable') return false
  return waitMs === null ? keys.every(({ state }) => staysOut(state)) : waitMs > patienceMs
}

/** Nothing but a person or a test in some minutes brings it back. A key that is tried just now may be back at once. */
function staysOut({ kind }: KeyState): boolean {
  return kind === 'rejected' || kind === 'not-allowed' || kind === 'expired' || kind === 'paused'
}
