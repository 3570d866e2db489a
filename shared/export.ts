import * as z from 'zod'
import { AtMs, KeyId, ModelId } from './identity.ts'

/** How a configuration is written down. Only a `.env` is merged into one that is there. */
export const ExportFormat = z.enum(['dotenv', 'json', 'litellm'])
export type ExportFormat = z.infer<typeof ExportFormat>

/** With the real keys, or with the local gateway's address and a client's token in their place. */
export const ExportForm = z.enum(['keys', 'gateway'])
export type ExportForm = z.infer<typeof ExportForm>

/** A path on the machine that main runs on; `~` is the home folder there. */
export const FilePath = z.string().trim().min(1, 'path_empty').max(65_536, 'path_too_long')

export const ExportContent = z.object({
  models: z
    .array(z.object({ id: ModelId, keyIds: z.array(KeyId).max(100_000) }))
    .min(1)
    .max(10_000),
  format: ExportFormat,
  form: ExportForm,
})
export type ExportContent = z.infer<typeof ExportContent>

export const ExportChoice = ExportContent.extend({
  path: FilePath,
  /** Null as long as nobody was asked: the token in the file is kept where there is one. */
  token: z.enum(['keep', 'rotate']).nullable(),
})
export type ExportChoice = z.infer<typeof ExportChoice>

/** A piece of a line. Of a secret that is not revealed, `text` is its last four characters, or empty. */
export const LinePart = z.object({ text: z.string(), secret: z.boolean() })
export type LinePart = z.infer<typeof LinePart>

export const PreviewLine = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['same', 'added', 'removed']),
    /** In the file as it will be, or, of a removed line, as it is; from 1. */
    line: z.number().int(),
    parts: z.array(LinePart),
  }),
  /** Lines that stay as they are and are not shown. */
  z.object({ kind: z.literal('folded'), count: z.number().int() }),
])
export type PreviewLine = z.infer<typeof PreviewLine>

/** A reader of `.env` files that would not read what the file says. */
export const ReaderWarning = z.object({
  reader: z.enum(['python-dotenv', 'npm-dotenv', 'node', 'bash']),
  effect: z.enum(['missing', 'other-value', 'present', 'expands', 'runs', 'stops']),
  /** The variable, where it is written like a name. Never a value. */
  name: z.string().nullable(),
  line: z.number().int(),
  column: z.number().int(),
})
export type ReaderWarning = z.infer<typeof ReaderWarning>

export const FileWarning = z.discriminatedUnion('kind', [
  /** The file will hold secrets that anyone reads who gets at it. */
  z.object({ kind: z.literal('plain-secrets') }),
  /** Its mode lets other accounts of the machine read it. `mode` in octal digits. */
  z.object({ kind: z.literal('others-can-read'), mode: z.string() }),
  z.object({ kind: z.literal('symlink'), target: z.string() }),
  /** It has other names, which keep the old content: a rename gives this name to a new file. */
  z.object({ kind: z.literal('hard-links'), count: z.number().int() }),
  /** It lies in a git work tree whose .gitignore does not name it. */
  z.object({ kind: z.literal('not-ignored'), workTree: z.string() }),
  z.object({ kind: z.literal('replaces-whole-file') }),
  /** Lines of the file as it is whose comment inside the JSON no form that all readers take can keep. */
  z.object({ kind: z.literal('lost-comments'), lines: z.array(z.number().int()) }),
  /** Models whose extra headers no format of a file holds. */
  z.object({ kind: z.literal('lost-headers'), models: z.array(z.string()) }),
])
export type FileWarning = z.infer<typeof FileWarning>

export const ExportPreview = z.object({
  id: z.string(),
  path: z.string(),
  isNew: z.boolean(),
  /** The file holds just this already. */
  isUnchanged: z.boolean(),
  bytes: z.number().int(),
  lines: z.array(PreviewLine),
  warnings: z.array(FileWarning),
  readers: z.array(ReaderWarning),
  /** The client whose token an earlier export put into this file; whoever exports again is asked what becomes of it. */
  client: z.object({ name: z.string(), lastFour: z.string().max(4), canKeep: z.boolean() }).nullable(),
})
export type ExportPreview = z.infer<typeof ExportPreview>

export const Written = z.object({
  path: z.string(),
  /** What the file held before was kept. */
  keptEarlier: z.boolean(),
  /** The client that was minted for the file, or whose token was rotated. */
  client: z.object({ name: z.string(), what: z.enum(['minted', 'rotated', 'kept']) }).nullable(),
  /** A second name of the new file that could not be taken away; it holds the same secrets. */
  leftover: z.string().nullable(),
})
export type Written = z.infer<typeof Written>

/** An export that goes through the page: as a download, or to the clipboard. */
export const Taken = z.object({
  /** Null where main has put it on the clipboard itself. */
  text: z.string().nullable(),
  fileName: z.string(),
  clearedAfterMs: z.number().nullable(),
})
export type Taken = z.infer<typeof Taken>

export const EarlierVersionId = z.string().max(80)

/** What a file held before an export changed it. */
export const EarlierVersionView = z.object({
  id: EarlierVersionId,
  path: z.string(),
  savedAtMs: AtMs,
  bytes: z.number().int(),
})
export type EarlierVersionView = z.infer<typeof EarlierVersionView>
