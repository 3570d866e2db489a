import * as z from 'zod'
import { AtMs, ModelId } from './identity.ts'
import { ApiBase, ModelName, ProviderName } from './model.ts'

/** What an import can read, each recognised by its own marks. */
export const sourceFormats = ['dotenv', 'json', 'litellm', 'channels', 'curl', 'keys'] as const
export const SourceFormat = z.enum(sourceFormats)
export type SourceFormat = z.infer<typeof SourceFormat>

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
  lastFour: z.string().max(4),
  /** The name it stood under in the file, or the label it has here. */
  label: z.string().nullable(),
  change: z.enum(['added', 'unchanged', 'ignored']),
  /** Why it is ignored, as a code the page has a sentence for. */
  reason: z.string().nullable(),
  line: z.number().int().nullable(),
  /** Looks like an example (`your_key`, `sk-key1...`): a hint, never a refusal. */
  placeholder: z.boolean(),
  alsoIn: z.array(z.string()),
})
export type ImportKeyRow = z.infer<typeof ImportKeyRow>

export const ImportFieldName = z.enum(['apiBase', 'provider', 'temperature', 'extra'])
export type ImportFieldName = z.infer<typeof ImportFieldName>

export const ImportField = z.object({
  field: ImportFieldName,
  before: z.string().nullable(),
  after: z.string().nullable(),
})
export type ImportField = z.infer<typeof ImportField>

/** One model of the file, at its place in the list. Two of one name are alternatives: only one of them is taken. */
export const ImportModelRow = z.object({
  name: z.string(),
  change: z.enum(['added', 'changed', 'unchanged', 'ignored']),
  /** Why it is ignored, as a code the page has a sentence for. */
  reason: z.string().nullable(),
  apiBase: z.string(),
  provider: z.string().nullable(),
  temperature: z.number().nullable(),
  /** What the file says differently; what it does not say stays. */
  fields: z.array(ImportField),
  keys: z.array(ImportKeyRow),
  /** Keys here that the file does not hold: `replace` takes them away. */
  onlyHere: z.array(z.object({ label: z.string(), lastFour: z.string().max(4) })),
})
export type ImportModelRow = z.infer<typeof ImportModelRow>

export const ImportPreview = z.object({
  id: z.string(),
  format: SourceFormat,
  models: z.array(ImportModelRow),
  /** Keys that came without a model; whether one is new depends on the model that a person picks. */
  looseKeys: z.array(ImportKeyRow),
  notices: z.array(ImportNotice),
})
export type ImportPreview = z.infer<typeof ImportPreview>

/**
 * What a person takes of a row. `merge`: the file's fields, and the keys of both. `replace`: the file's fields and keys
 * in its order; other keys go to the bin. In both, what the file does not say stays.
 */
export const ImportTake = z.object({
  /** Its place in the preview's list. */
  row: z.number().int().min(0),
  mode: z.enum(['merge', 'replace']),
  /** What is not taken over: fields by name, new keys by their place in the row. */
  withoutFields: z.array(ImportFieldName),
  withoutKeys: z.array(z.number().int().min(0)),
})
export type ImportTake = z.infer<typeof ImportTake>

export const LooseKeysTake = z.object({
  into: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('model'), modelId: ModelId }),
    z.object({
      kind: z.literal('new'),
      name: ModelName,
      apiBase: ApiBase,
      provider: ProviderName.nullable(),
    }),
  ]),
  withoutKeys: z.array(z.number().int().min(0)),
})
export type LooseKeysTake = z.infer<typeof LooseKeysTake>

export const ImportChoice = z.object({
  id: z.string(),
  rows: z.array(ImportTake),
  looseKeys: LooseKeysTake.nullable(),
  /** The answers to KEY_TO_OTHER_HOST: keys of which host may go to which other. */
  allowedMoves: z.array(z.object({ from: z.string(), to: z.string() })),
})
export type ImportChoice = z.infer<typeof ImportChoice>

export const Imported = z.object({
  models: z.number().int(),
  keys: z.number().int(),
  /** Keys that a `replace` put into the bin. */
  removed: z.number().int(),
})
export type Imported = z.infer<typeof Imported>

export const LastImportView = z.object({ atMs: AtMs, models: z.number().int(), keys: z.number().int() })
export type LastImportView = z.infer<typeof LastImportView>

export const maxImportBytes = 8 * 1024 * 1024
/** The bytes as read, in base64, because only main decides whether they are UTF-8. */
export const ImportSource = z.object({ base64: z.base64().max(Math.ceil(maxImportBytes / 3) * 4 + 4) })
