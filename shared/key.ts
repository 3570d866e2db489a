import * as z from 'zod'
import { AtMs, KeyId } from './identity.ts'
import { OutcomeView } from './outcome.ts'

/** What the rotation engine says about a key at one model. Exactly one is true at a time. */
export const KeyState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('cooling'), untilMs: AtMs, announced: z.boolean() }),
  z.object({
    kind: z.literal('at-limit'),
    limit: z.enum(['rpm', 'tpm', 'rpd', 'concurrency']),
    untilMs: AtMs.nullable(),
  }),
  z.object({ kind: z.literal('probing') }),
  z.object({ kind: z.literal('exhausted'), untilMs: AtMs }),
  z.object({ kind: z.literal('rejected'), nextTestMs: AtMs.nullable() }),
  z.object({ kind: z.literal('not-allowed') }),
  z.object({ kind: z.literal('expired'), sinceMs: AtMs }),
  z.object({ kind: z.literal('paused'), untilMs: AtMs.nullable() }),
  z.object({ kind: z.literal('host-held'), untilMs: AtMs.nullable() }),
])
export type KeyState = z.infer<typeof KeyState>
export type KeyStateKind = KeyState['kind']

/** A key as the page may know it: everything but the secret. */
export const KeyView = z.object({
  id: KeyId,
  label: z.string(),
  /** The last four characters, or empty when the secret is shorter than 20. */
  lastFour: z.string().max(4),
  weight: z.number(),
  state: KeyState,
  inFlight: z.number().int(),
  requests: z.number().int(),
  served: z.number().int(),
  lastUsedAtMs: AtMs.nullable(),
  lastFailure: OutcomeView.nullable(),
  /** Other models that hold the same secret, by name. */
  alsoIn: z.array(z.string()),
  /** Set while the secret that this one replaced is kept: until the new one has served. Its last four characters. */
  replaced: z.object({ lastFour: z.string().max(4) }).nullable(),
})
export type KeyView = z.infer<typeof KeyView>

/**
 * A secret on its way in. Printable ASCII without spaces, because it becomes an HTTP header value (RFC 9110 §5.5);
 * the message says which rule was broken and never repeats the value.
 */
export const SecretInput = z
  .string()
  .trim()
  .min(1, 'secret_empty')
  .max(4096, 'secret_too_long')
  .regex(/^[\x21-\x7e]+$/, 'secret_characters')

export const Label = z.string().trim().min(1, 'label_empty').max(80, 'label_too_long')

export const NewKey = z.object({ label: Label.optional(), secret: SecretInput })
export type NewKey = z.infer<typeof NewKey>

export const KeyEdit = z.object({
  label: Label.optional(),
  weight: z.number().int().min(0).max(1000).optional(),
  secret: SecretInput.optional(),
})
export type KeyEdit = z.infer<typeof KeyEdit>
