import * as z from 'zod'
import { ClientId, NewClient } from '../../shared/gateway.ts'

/** A client as the vault keeps it. Its token is not kept: only the SHA-256 of it is, which opens nothing. */
export const StoredClient = NewClient.extend({
  id: ClientId,
  tokenDigest: z.string().regex(/^[\w-]{43}$/),
  tokenLastFour: z.string().max(4),
  createdAtMs: z.number(),
  forFile: z.string().nullable(),
})
export type StoredClient = z.infer<typeof StoredClient>
