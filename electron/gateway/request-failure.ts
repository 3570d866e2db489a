import { KeyId } from '../../shared/identity.ts'
import type { UpstreamCause } from '../../shared/outcome.ts'
import type { RequestFailure, RequestFailureCode } from '../../shared/request.ts'
import { webPageCode } from '../rotation/classification/classify.ts'
import type { Outcome } from '../rotation/outcome.ts'
import type { KeyReport } from '../rotation/pool-view.ts'
import type { RotateFailureReason } from '../rotation/rotate.ts'
import { outcomeView } from './outcome-view.ts'

/** Why the rotation gave up, in its words; `outcome` is what a test of one key has instead. */
export interface GivenUp {
  reason: RotateFailureReason | 'outcome'
  lastOutcome: Outcome | null
  keys: readonly KeyReport[]
  retryAtMs: number | null
}

/** What a person or program is told of a request that ended without an answer. */
export function requestFailure(model: { name: string; host: string }, given: GivenUp): RequestFailure {
  const { lastOutcome, keys, retryAtMs } = given
  return {
    code: codeOf(given),
    model: model.name,
    host: model.host,
    outcome: lastOutcome && outcomeView(lastOutcome),
    keys: keys.map(({ keyId, label, state, lastOutcome: last }) => ({
      keyId: KeyId.parse(keyId),
      label,
      state,
      lastFailure: last && last.kind !== 'served' ? outcomeView(last) : null,
    })),
    retryAtMs,
  }
}

/** A failure that no attempt was made for. */
export function plainFailure(code: RequestFailureCode, model: string): RequestFailure {
  return { code, model, host: null, outcome: null, keys: [], retryAtMs: null }
}

function codeOf({ reason, lastOutcome }: GivenUp): RequestFailureCode {
  switch (reason) {
    case 'no-keys':
      return 'no_keys'
    case 'keys-unavailable':
      return 'keys_unavailable'
    case 'deadline':
      return 'deadline_exceeded'
    case 'cancelled':
      return 'cancelled'
    case 'caller-fault':
      return lastOutcome ? codeOfOutcome(lastOutcome) : 'caller_fault'
    // While a host or an endpoint is held back, a request can end without an attempt of its own.
    case 'address-blocked':
      return lastOutcome ? codeOfOutcome(lastOutcome) : 'address_blocked'
    case 'upstream-failed':
      return lastOutcome ? codeOfOutcome(lastOutcome) : 'upstream_failed'
    case 'outcome':
      return lastOutcome ? codeOfOutcome(lastOutcome) : 'internal'
    default:
      return reason satisfies never
  }
}

function codeOfOutcome(outcome: Outcome): RequestFailureCode {
  switch (outcome.kind) {
    case 'caller-fault':
      return isWebPage(outcome) ? 'bad_upstream' : 'caller_fault'
    case 'address-blocked':
      return isWebPage(outcome) ? 'bad_upstream' : 'address_blocked'
    case 'cancelled':
      return 'cancelled'
    case 'upstream-failed':
      return codeOfCause[outcome.cause]
    case 'broken-stream':
      return 'stream_broken'
    case 'not-allowed':
    case 'exhausted':
    case 'rate-limited':
    case 'rejected':
      return 'keys_unavailable'
    case 'served':
      return 'internal'
    default:
      return outcome satisfies never
  }
}

const isWebPage = (outcome: Outcome) => outcome.providerCode === webPageCode

const codeOfCause: Record<UpstreamCause, RequestFailureCode> = {
  status: 'upstream_failed',
  'unknown-host': 'unknown_host',
  'connection-refused': 'connection_refused',
  'connection-lost': 'connection_lost',
  tls: 'tls_failed',
  timeout: 'timeout',
  'not-json': 'bad_upstream',
  'empty-answer': 'upstream_failed',
  'stream-error': 'upstream_failed',
  redirect: 'redirect_refused',
  'too-large': 'bad_upstream',
  'not-sent': 'key_not_sendable',
  'proxy-unreachable': 'proxy_unreachable',
  'proxy-auth': 'proxy_auth',
  'proxy-refused': 'proxy_refused',
}
