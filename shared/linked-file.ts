import * as z from 'zod'
import { FileRefusal, ImportRefusal } from './failure.ts'
import { AtMs } from './identity.ts'

export const LinkedFileId = z.string().min(1).max(64)

/** How a file that is watched stands to the vault. */
export const LinkedFileState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('in-sync') }),
  /** How many differences come from the file, from the vault, and from both. */
  z.object({
    kind: z.literal('differs'),
    file: z.number().int(),
    vault: z.number().int(),
    conflicts: z.number().int(),
  }),
  z.object({ kind: z.literal('missing') }),
  /** It is there and may not be read, or is no file. */
  z.object({ kind: z.literal('refused'), reason: FileRefusal.shape.reason }),
  /** It can be read and says nothing usable. */
  z.object({ kind: z.literal('damaged'), refusal: ImportRefusal }),
])
export type LinkedFileState = z.infer<typeof LinkedFileState>

export const LinkedFileView = z.object({
  id: LinkedFileId,
  path: z.string(),
  /** When both sides were last the same, or were made so. */
  syncedAtMs: AtMs,
  models: z.number().int(),
  state: LinkedFileState,
})
export type LinkedFileView = z.infer<typeof LinkedFileView>

export const LinkedPart = z.enum(['model', 'apiBase', 'provider', 'temperature', 'keys'])
export type LinkedPart = z.infer<typeof LinkedPart>

/** A key of a model that differs, by where it is. */
export const LinkedKey = z.object({
  lastFour: z.string().max(4),
  vault: z.boolean(),
  file: z.boolean(),
  /** In both when they were last the same. */
  before: z.boolean(),
})
export type LinkedKey = z.infer<typeof LinkedKey>

/** One difference between a file and the vault, and who changed it since they were the same. */
export const LinkedDifference = z.object({
  id: z.string(),
  model: z.string(),
  part: LinkedPart,
  changed: z.enum(['vault', 'file', 'both']),
  /** The values of a field; null is not set. Of a model: its base URL where it is there. */
  vault: z.string().nullable(),
  file: z.string().nullable(),
  before: z.string().nullable(),
  keys: z.array(LinkedKey),
  /** Chosen in advance where only one side changed and nothing is lost. */
  advised: z.enum(['vault', 'file']).nullable(),
})
export type LinkedDifference = z.infer<typeof LinkedDifference>

export const LinkedDifferences = z.object({
  id: LinkedFileId,
  path: z.string(),
  /** Tells main that what is applied is what was shown. */
  mark: z.string(),
  rows: z.array(LinkedDifference),
})
export type LinkedDifferences = z.infer<typeof LinkedDifferences>

export const LinkedChoice = z.object({
  row: z.string().max(1024),
  /** Which side counts; `both` joins the keys of the two. */
  take: z.enum(['vault', 'file', 'both']),
})
export type LinkedChoice = z.infer<typeof LinkedChoice>

/** What an application of choices changed. */
export const LinkedApplied = z.object({ vault: z.boolean(), file: z.boolean(), leftover: z.string().nullable() })
export type LinkedApplied = z.infer<typeof LinkedApplied>
