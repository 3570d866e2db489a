import * as z from 'zod'

/** A thing worth knowing about an import that does not stop it. `line` and `column` count from 1. */
export const ImportNotice = z.object({
  code: z.string(),
  line: z.number().int().nullable(),
  column: z.number().int().nullable(),
  /** The variable or model it is about; never a value. */
  name: z.string().nullable(),
})
export type ImportNotice = z.infer<typeof ImportNotice>

export const ImportKeyRow = z.object({
  lastFour: z.string(),
  change: z.enum(['added', 'unchanged']),
  /** Looks like an example (`your_key`, `sk-key1...`): a hint, never a refusal. */
  placeholder: z.boolean(),
  alsoIn: z.array(z.string()),
})
export type ImportKeyRow = z.infer<typeof ImportKeyRow>

export const ImportField = z.object({
  field: z.enum(['apiBase', 'provider', 'temperature']),
  before: z.string().nullable(),
  after: z.string().nullable(),
})

export const ImportModelRow = z.object({
  name: z.string(),
  change: z.enum(['added', 'changed', 'unchanged', 'ignored']),
  /** Why it is ignored, as a code the page has a sentence for. */
  reason: z.string().nullable(),
  apiBase: z.string(),
  provider: z.string().nullable(),
  temperature: z.number().nullable(),
  fields: z.array(ImportField),
  keys: z.array(ImportKeyRow),
})
export type ImportModelRow = z.infer<typeof ImportModelRow>

export const ImportPreview = z.object({
  id: z.string(),
  models: z.array(ImportModelRow),
  notices: z.array(ImportNotice),
})
export type ImportPreview = z.infer<typeof ImportPreview>

export const maxImportBytes = 8 * 1024 * 1024
/** The bytes as read, in base64, because only main decides whether they are UTF-8. */
export const ImportSource = z.object({ base64: z.base64().max(Math.ceil(maxImportBytes / 3) * 4 + 4) })
