import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { ClientId, ClientLimits as Limits } from '../../../shared/gateway.ts'
import type { DayLedger } from './day-ledger.ts'

/** Whether a client may ask now; the headers tell it where it stands, in OpenAI's names. */
export type Admission =
  | { ok: true; headers: Readonly<Record<string, string>> }
  | { ok: false; reason: 'requests' | 'tokens'; retryAfterS: number; headers: Readonly<Record<string, string>> }

export interface ClientLimits {
  /** Counts a request. `spends` when an answer costs tokens; what costs none is not held back by a spent budget. */
  admit: (client: Limits & { id: ClientId }, spends: boolean) => Admission | Promise<Admission>
}

const minuteS = 60
/** Of a client without limits, or of what costs nothing. */
export const unlimited: Admission = { ok: true, headers: {} }

/**
 * Requests are counted over a minute that begins with the first of them; tokens from local midnight to local midnight,
 * as the ledger has them. The answers under way may take a client over its budget, the next request does not.
 */
export function createClientLimits({ ledger, wallMs }: { ledger: DayLedger; wallMs: () => number }): ClientLimits {
  const limiters = new Map<ClientId, RateLimiterMemory>()

  function limiterOf(id: ClientId, points: number): RateLimiterMemory {
    const known = limiters.get(id)
    if (known?.points === points) return known
    const limiter = new RateLimiterMemory({ points, duration: minuteS })
    limiters.set(id, limiter)
    return limiter
  }

  function tokensLeft(id: ClientId, limit: number): Admission {
    const left = Math.max(0, limit - ledger.of(id))
    const resetS = Math.max(1, Math.ceil((ledger.endsAtMs() - wallMs()) / 1000))
    const headers = standing('tokens', limit, left, resetS)
    return left > 0 ? { ok: true, headers } : { ok: false, reason: 'tokens', retryAfterS: resetS, headers }
  }

  return {
    admit(client, spends) {
      const { id, requestsPerMinute, tokensPerDay } = client
      const tokens = tokensPerDay !== null && spends ? tokensLeft(id, tokensPerDay) : unlimited
      if (requestsPerMinute === null || !tokens.ok) return tokens
      return requestsLeft(limiterOf(id, requestsPerMinute), id, tokens.headers)
    },
  }
}

async function requestsLeft(
  limiter: RateLimiterMemory,
  id: ClientId,
  tokens: Readonly<Record<string, string>>,
): Promise<Admission> {
  try {
    const { remainingPoints, msBeforeNext } = await limiter.consume(id)
    const resetS = Math.ceil(msBeforeNext / 1000)
    return { ok: true, headers: { ...tokens, ...standing('requests', limiter.points, remainingPoints, resetS) } }
  } catch (over) {
    if (!(over instanceof RateLimiterRes)) throw over
    const retryAfterS = Math.max(1, Math.ceil(over.msBeforeNext / 1000))
    const headers = { ...tokens, ...standing('requests', limiter.points, 0, retryAfterS) }
    return { ok: false, reason: 'requests', retryAfterS, headers }
  }
}

const standing = (what: 'requests' | 'tokens', limit: number, left: number, resetS: number) => ({
  [`x-ratelimit-limit-${what}`]: String(limit),
  [`x-ratelimit-remaining-${what}`]: String(left),
  [`x-ratelimit-reset-${what}`]: `${resetS}s`,
})
