import * as z from 'zod'
import { StoredClient } from './stored-client.ts'
import { HeaderId, KeyId, ModelId } from '../../shared/identity.ts'
import { KeyLimits, KeyLooks, noLimits } from '../../shared/key.ts'
import { Strategy, TokenPrice, type NewModel } from '../../shared/model.ts'

/** A key as it is kept: its secret lies sealed under the same id, beside it, never in it. */
export const StoredKey = z.object({
  id: KeyId,
  label: z.string(),
  weight: z.number().int().min(0),
  paused: z.boolean(),
  /** When the pause ends by itself; null when a person ends it. */
  pausedUntilMs: z.number().nullable().default(null),
  // A vault from before these were noted has none of them.
  limits: KeyLimits.default(noLimits),
  account: z.string().default(''),
  expiresAtMs: z.number().nullable().default(null),
  note: z.string().default(''),
  tags: z.array(z.string()).default([]),
  addedAtMs: z.number().nullable().default(null),
  looks: KeyLooks.default({ placeholder: false, provider: null }),
  /** Empty when the secret is shorter than 20 characters. */
  lastFour: z.string(),
  /** What is known of the secret that this one replaced, which is kept until this one has served. */
  replaced: z.object({ lastFour: z.string() }).nullable().default(null),
  /** In the bin since then; null while in use. */
  deletedAtMs: z.number().nullable(),
})
export type StoredKey = z.infer<typeof StoredKey>

/** A header as it is kept: its value lies sealed under its id, as a key's secret does. */
export const StoredHeader = z.object({ id: HeaderId, name: z.string(), lastFour: z.string() })
export type StoredHeader = z.infer<typeof StoredHeader>

export const StoredModel = z.object({
  id: ModelId,
  name: z.string(),
  provider: z.string().nullable(),
  apiBase: z.string(),
  temperature: z.number().nullable(),
  strategy: Strategy,
  keys: z.array(StoredKey),
  aliases: z.array(z.string()).default([]),
  fallbacks: z.array(ModelId).default([]),
  price: TokenPrice.nullable().default(null),
  maxWaitMs: z.number().nullable().default(null),
  deadlineMs: z.number().nullable().default(null),
  headers: z.array(StoredHeader).default([]),
  /** What the last change of the headers took away: kept with its values until the next, so that it can be undone. */
  headersTakenAway: z.array(StoredHeader).default([]),
  /** Fields of an imported entry that we do not know, kept for the next export. */
  extra: z.record(z.string(), z.json()),
  deletedAtMs: z.number().nullable(),
})
export type StoredModel = z.infer<typeof StoredModel>

/** A model that was just added, with nothing of its own yet. */
export const storedModel = (id: ModelId, fields: NewModel): StoredModel => ({
  id,
  ...fields,
  keys: [],
  aliases: [],
  fallbacks: [],
  price: null,
  maxWaitMs: null,
  deadlineMs: null,
  headers: [],
  headersTakenAway: [],
  extra: {},
  deletedAtMs: null,
})

/** What an import changed, so that it can be undone; keys that it added are those that `before` does not have. */
export const LastImport = z.object({
  atMs: z.number(),
  models: z.number().int(),
  keys: z.number().int(),
  changed: z.array(
    z.object({
      id: ModelId,
      name: z.string(),
      /** Null when the import added the model. */
      before: StoredModel.nullable(),
      /** A digest of the model as the import left it: what differs from it was changed since. */
      after: z.string(),
      /** Keys and headers that were allowed to go to a host which they could not go to before. */
      widened: z.object({ host: z.string(), keyIds: z.array(z.union([KeyId, HeaderId])) }),
    }),
  ),
})
export type LastImport = z.infer<typeof LastImport>

/** What the vault keeps beside the secrets. A vault from before there were clients has none. */
export const Catalogue = z.object({
  models: z.array(StoredModel),
  clients: z.array(StoredClient).default([]),
  lastImport: LastImport.nullable().default(null),
})
export type Catalogue = z.infer<typeof Catalogue>

export const emptyCatalogue: Catalogue = { models: [], clients: [], lastImport: null }
