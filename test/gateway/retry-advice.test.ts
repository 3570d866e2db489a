import { describe, expect, it } from 'vitest'
import { adviceAfter, retryAdvice } from '../../electron/gateway/retry-advice.ts'
import type { KeyState } from '../../shared/key.ts'
import { requestFailureCodes, type RequestFailure, type RequestFailureCode } from '../../shared/request.ts'
import { aKeyId } from '../support/events.ts'

const nowMs = Date.UTC(2026, 0, 1)
const vain = { 'x-should-retry': 'false' }

function aFailure(code: RequestFailureCode, retryAtMs: number | null, ...states: KeyState[]): RequestFailure {
  const keys = states.map((state, nth) => ({ keyId: aKeyId(String(nth)), label: 'k', state, lastFailure: null }))
  return { code, model: 'm', host: 'h', outcome: null, keys, retryAtMs }
}

const rejected: KeyState = { kind: 'rejected', nextTestMs: null }
const paused: KeyState = { kind: 'paused', untilMs: null }
const probing: KeyState = { kind: 'probing' }
const cooling: KeyState = { kind: 'cooling', untilMs: nowMs + 20_000, announced: true }

describe('what a client is told of trying again', () => {
  it.each<[string, number | null, KeyState[], Record<string, string>]>([
    ['every key is rejected or paused, and no time is known', null, [rejected, paused], vain],
    ['another request may bring a key back', null, [rejected, probing], {}],
    ['a key is back within a minute', nowMs + 20_000, [rejected, cooling], { 'retry-after': '20' }],
    ['the next key is back in minutes', nowMs + 300_000, [rejected], { 'retry-after': '300', ...vain }],
  ])('when %s', (_title, retryAtMs, states, advice) => {
    expect(retryAdvice(aFailure('keys_unavailable', retryAtMs, ...states), nowMs)).toEqual(advice)
  })

  it('is that it is in vain where a person has to do something first, and nothing where the provider may do better', () => {
    const inVain = requestFailureCodes.filter(
      (code) => 'x-should-retry' in retryAdvice(aFailure(code, null, probing), nowMs),
    )
    expect(inVain.toSorted()).toEqual(
      [
        'address_blocked',
        'key_not_sendable',
        'proxy_auth',
        'redirect_refused',
        'tls_failed',
        'vault_locked',
      ].toSorted(),
    )
  })

  it('is when its budget starts anew, and that it need not try before where that is long', () => {
    expect(adviceAfter(3)).toEqual({ 'retry-after': '3' })
    expect(adviceAfter(3_600)).toEqual({ 'retry-after': '3600', ...vain })
  })
})
