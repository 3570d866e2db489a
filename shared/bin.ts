import * as z from 'zod'
import { AtMs, KeyId, ModelId } from './identity.ts'
import { BackupView } from './vault.ts'

const BinKey = z.object({ id: KeyId, label: z.string(), lastFour: z.string().max(4), deletedAtMs: AtMs.nullable() })

/** A model that is in the bin with all of its keys, or one in use of which some keys are. */
export const BinModel = z.object({
  id: ModelId,
  name: z.string(),
  /** Null while the model itself is in use. */
  deletedAtMs: AtMs.nullable(),
  keys: z.array(BinKey),
})
export type BinModel = z.infer<typeof BinModel>

/** What is to be forgotten for good. Only what is in the bin is taken. */
export const Purge = z.object({ modelIds: z.array(ModelId), keyIds: z.array(KeyId) })
export type Purge = z.infer<typeof Purge>

export const Purged = z.object({
  keys: z.number().int(),
  /** Backups that still hold one of the purged secrets. */
  holding: z.array(BackupView),
  /** Backups that the key in use now does not open, so that nobody can say what they hold. */
  closed: z.array(BackupView),
})
export type Purged = z.infer<typeof Purged>
