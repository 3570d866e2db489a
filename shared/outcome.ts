import * as z from 'zod'
import { outcomeKinds } from './outcome-kinds.ts'

export { outcomeKinds }

export const OutcomeKind = z.enum(outcomeKinds)
export type OutcomeKind = z.infer<typeof OutcomeKind>

/** Why an attempt never became a usable answer although nobody's key was at fault. */
export const upstreamCauses = [
  'status',
  'unknown-host',
  'connection-refused',
  'connection-lost',
  'tls',
  'timeout',
  'not-json',
  'empty-answer',
  'stream-error',
  'redirect',
  'too-large',
  'not-sent',
  'proxy-unreachable',
  'proxy-auth',
  'proxy-refused',
] as const
export const UpstreamCause = z.enum(upstreamCauses)
export type UpstreamCause = z.infer<typeof UpstreamCause>

/** An outcome as it is shown: redacted, and without anything a person could not use. */
export const OutcomeView = z.object({
  kind: OutcomeKind,
  /** HTTP status, or null when none arrived. */
  status: z.number().nullable(),
  cause: UpstreamCause.nullable(),
  /** The provider's own error code, e.g. `insufficient_quota`. */
  providerCode: z.string().nullable(),
  /** The provider's own words, redacted and cut to 300 characters. */
  providerMessage: z.string().nullable(),
  /** How long the provider asked us to wait, when it did. */
  retryAfterMs: z.number().nullable(),
})
export type OutcomeView = z.infer<typeof OutcomeView>

/** The headers of a provider's answer that mattered, by lower-case name: redacted, cut, and never one that authorises. */
export const NotedHeaders = z.array(z.tuple([z.string().max(100), z.string().max(200)])).max(24)
export type NotedHeaders = z.infer<typeof NotedHeaders>
