import * as z from 'zod'
import { maxKeysAtOnce } from './key-limits.ts'
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

const limit = z.number('limit_range').int('limit_range').min(1, 'limit_range').max(1e9, 'limit_range').nullable()

/** What a person allows one key; null is no limit of theirs. */
export const KeyLimits = z.object({
  requestsPerMinute: limit,
  tokensPerMinute: limit,
  requestsPerDay: limit,
  /** Requests at the same time. */
  concurrency: limit,
})
export type KeyLimits = z.infer<typeof KeyLimits>

export const noLimits: KeyLimits = {
  requestsPerMinute: null,
  tokensPerMinute: null,
  requestsPerDay: null,
  concurrency: null,
}

/** The last moment that a Date can hold. */
const latestMs = 8_640_000_000_000_000
const Moment = z.number('date_unknown').int('date_unknown').min(0, 'date_unknown').max(latestMs, 'date_unknown')

// eslint-disable-next-line no-control-regex
const oneLine = /^[^\u0000-\u001f\u007f]*$/

/** Keys with the same one share a quota: when one is rate-limited the others cool down with it. Empty is none. */
export const Account = z.string().trim().max(80, 'account_too_long').regex(oneLine, 'text_characters')
export const Tag = z.string().trim().min(1, 'tag_empty').max(40, 'tag_too_long').regex(oneLine, 'text_characters')

/** What a person notes about a key beside its place and weight. */
export const KeyTerms = z.object({
  limits: KeyLimits,
  account: Account,
  /** From then on it is left out. */
  expiresAtMs: Moment.nullable(),
  note: z.string().trim().max(2000, 'note_too_long'),
  tags: z.array(Tag).max(20, 'tags_limit'),
})
export type KeyTerms = z.infer<typeof KeyTerms>

/** What a secret looked like when it came: a hint for a person, never a reason to refuse it. */
export const KeyLooks = z.object({
  /** Like an example out of a guide. */
  placeholder: z.boolean(),
  /** Like a key of this provider, by its id in the table of providers; null when its shape says nothing. */
  provider: z.string().nullable(),
})
export type KeyLooks = z.infer<typeof KeyLooks>

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
  ...KeyTerms.shape,
  /** Null for keys from before this was noted. */
  addedAtMs: AtMs.nullable(),
  /** The median of its last answers since the application began. */
  p50Ms: z.number().nullable(),
  looks: KeyLooks,
  /** Set while the secret that this one replaced is kept: until the new one has served. Its last four characters. */
  replaced: z.object({ lastFour: z.string().max(4) }).nullable(),
})
export type KeyView = z.infer<typeof KeyView>

/** What the rotation says of a key, which every attempt may change. */
export const KeyStanding = KeyView.pick({
  id: true,
  state: true,
  inFlight: true,
  requests: true,
  served: true,
  lastUsedAtMs: true,
  lastFailure: true,
  p50Ms: true,
})
export type KeyStanding = z.infer<typeof KeyStanding>

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

export const NewKeys = z.array(NewKey).max(maxKeysAtOnce, 'keys_limit')

const Weight = z.number('weight_range').int('weight_range').min(0, 'weight_range').max(1000, 'weight_range')

/** What may be changed of many keys at once. */
export const KeyChange = KeyTerms.extend({ label: Label, weight: Weight }).partial()
export type KeyChange = z.infer<typeof KeyChange>

export const KeyEdit = KeyChange.extend({ secret: SecretInput.optional() })
export type KeyEdit = z.infer<typeof KeyEdit>

/** What is known here of a secret before it is added. */
export const KnownSecret = z.object({
  /** The label of the key that has it in the model it is meant for. */
  label: z.string().nullable(),
  /** Other models that hold it, by name. */
  alsoIn: z.array(z.string()),
})
export type KnownSecret = z.infer<typeof KnownSecret>
