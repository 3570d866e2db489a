import * as z from 'zod'
import { ModelId } from './identity.ts'
import { KeyStanding, KeyView } from './key.ts'
import { HeaderRows, HeaderView } from './model-headers.ts'

export const strategies = [
  'round-robin',
  'weighted',
  'least-in-flight',
  'least-recently-used',
  'ordered',
  'most-headroom',
  'sticky',
] as const
export const Strategy = z.enum(strategies)
export type Strategy = z.infer<typeof Strategy>

/** An HTTPS base URL, or HTTP for a loopback or private host; no user info, query or fragment. Checked by models/api-base.ts. */
export const ApiBase = z.string().trim().min(1, 'api_base_empty').max(2048, 'api_base_too_long')

export const ModelName = z
  .string()
  .trim()
  .min(1, 'model_name_empty')
  .max(256, 'model_name_too_long')
  // eslint-disable-next-line no-control-regex
  .regex(/^[^\u0000-\u001f\u007f]+$/, 'model_name_characters')

/** DSLighting's own field: the prefix that its client takes off a model's name. */
export const ProviderName = z.string().trim().max(64, 'provider_too_long')

export const Temperature = z.number('temperature_range').min(0, 'temperature_range').max(2, 'temperature_range')

const Micros = z.number('price_range').int('price_range').min(0, 'price_range').max(1_000_000_000_000, 'price_range')

/** What a million tokens cost, in millionths of a US dollar. */
export const TokenPrice = z.object({ promptMicros: Micros, completionMicros: Micros })
export type TokenPrice = z.infer<typeof TokenPrice>

/**
 * The price that applies to a model now. `own`: what a person said; `table`: of the table that came with the
 * application, for short requests at this hour where `varies`; `unknown`: its cost is left out of every sum.
 */
export const ModelPrice = z.object({
  modelId: ModelId,
  source: z.enum(['own', 'table', 'unknown']),
  price: TokenPrice.nullable(),
  /** True where the table's price depends on how long a request is, or on the hour. */
  varies: z.boolean(),
  /** The most tokens that a prompt and its answer may have together; null where the table does not say. */
  contextWindow: z.number().int().nullable(),
})
export type ModelPrice = z.infer<typeof ModelPrice>

const patience = z
  .number('duration_range')
  .int('duration_range')
  .min(0, 'duration_range')
  .max(3_600_000, 'duration_range')

/** How long a request may take; null is the default. */
export const Patience = z.object({
  /** How long it may wait in all for a key to come back. */
  maxWaitMs: patience.nullable(),
  deadlineMs: patience.min(1000, 'duration_range').nullable(),
})
export type Patience = z.infer<typeof Patience>

export const ModelView = z.object({
  id: ModelId,
  name: z.string(),
  provider: z.string().nullable(),
  apiBase: z.string(),
  /** The id that reaches the provider, after the `provider` and `openai/` prefix rules. */
  upstreamModel: z.string(),
  temperature: z.number().nullable(),
  strategy: Strategy,
  /** Other names that clients may call it by. */
  aliases: z.array(z.string()),
  /** Models that stand in, in order, while none of its keys can serve; those in use. */
  fallbacks: z.array(ModelId),
  /** What a person said its tokens cost; null takes the price from the table. */
  price: TokenPrice.nullable(),
  ...Patience.shape,
  /** Sent with every call to its host, beside the key. */
  headers: z.array(HeaderView),
  /** `simulator` models belong to the built-in demo and are never written to the vault. */
  origin: z.enum(['vault', 'simulator']),
  keys: z.array(KeyView),
  /** Where the rotation stands: the key leased last, and the one that would be leased next. */
  currentKeyId: KeyView.shape.id.nullable(),
  nextKeyId: KeyView.shape.id.nullable(),
})
export type ModelView = z.infer<typeof ModelView>

/** What changes while a model serves: where its rotation stands and how each key does, nothing of what is kept. */
export const ModelStanding = ModelView.pick({ id: true, currentKeyId: true, nextKeyId: true }).extend({
  keys: z.array(KeyStanding),
})
export type ModelStanding = z.infer<typeof ModelStanding>

export const NewModel = z.object({
  name: ModelName,
  provider: ProviderName.nullable(),
  apiBase: ApiBase,
  temperature: Temperature.nullable(),
  strategy: Strategy,
})
export type NewModel = z.infer<typeof NewModel>

/** Where a key is tried that belongs to no model yet. */
export const TrialTarget = NewModel.pick({ name: true, apiBase: true, provider: true })

export const ModelEdit = NewModel.extend(Patience.shape)
  .partial()
  .extend({
    aliases: z.array(ModelName).max(50, 'names_limit').optional(),
    fallbacks: z.array(ModelId).max(20, 'stand_ins_limit').optional(),
    price: TokenPrice.nullable().optional(),
    headers: HeaderRows.optional(),
  })
export type ModelEdit = z.infer<typeof ModelEdit>
