import type { UpstreamCause } from '../../shared/outcome.ts'
import type { Outcome } from './outcome.ts'

/** Trying the same key again after the endpoint failed: at most twice in a request, exponentially, with full jitter. */
export const sameKeyRetries = 2
const firstBackoffMs = 500
const longestBackoffMs = 8_000

/** What stands before every provider: no other key gets past it, and no endpoint is to blame. */
export const isProxyFault = ({ cause }: { cause: UpstreamCause }): boolean => cause.startsWith('proxy-')

/** A request that may have been answered may be billed twice, and a provider that asks for longer than we wait means it. */
export function mayRetrySameKey(outcome: Outcome & { kind: 'upstream-failed' }): boolean {
  return outcome.cause !== 'proxy-auth' && !outcome.mayBeBilled && (outcome.retryAfterMs ?? 0) <= longestBackoffMs
}

/** `failures` counts from 0. */
export function backoffMs(failures: number, retryAfterMs: number | null, random: () => number): number {
  const jitteredMs = random() * Math.min(firstBackoffMs * 2 ** failures, longestBackoffMs)
  return Math.max(jitteredMs, retryAfterMs ?? 0)
}
