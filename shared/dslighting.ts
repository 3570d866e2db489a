import * as z from 'zod'
import { PreviewLine } from './export.ts'
import { ImportSource } from './transfer.ts'

/** What reads a `.env` in DSLighting: its library (`Agent`), its command line and its web interface. */
export const loaders = ['library', 'command-line', 'web-interface'] as const
export const Loader = z.enum(loaders)
export type Loader = z.infer<typeof Loader>

/** Which keys a loader would send, by place and never by value. */
export const KeyUse = z.object({
  from: z.enum(['entry', 'global', 'none']),
  /** Positions in the entry's list that can reach the provider, from 0. */
  positions: z.array(z.number().int()),
  /** Of each of them, or of the global key: its last four characters, empty when it is shorter than 20. */
  lastFours: z.array(z.string().max(4)),
  /** `list-as-text`: the whole list is sent as one key, which no provider accepts. */
  sent: z.enum(['key', 'list-as-text', 'empty-text', 'word-EMPTY', 'nothing']),
  rotates: z.boolean(),
})
export type KeyUse = z.infer<typeof KeyUse>

export const LoaderView = z.object({
  /** `not-reached`: this loader never uses this entry; `fails`: it stops with an error before any request. */
  outcome: z.enum(['runs', 'not-reached', 'fails']),
  /** Whether the entry counts, or was dropped for the global variables. */
  entryUsed: z.boolean(),
  keys: KeyUse,
  /** Null where the provider's default is used, empty where a blank variable is passed on. */
  apiBase: z.string().nullable(),
  /** Null when LiteLLM refuses the request for want of a provider it knows. */
  upstreamModel: z.string().nullable(),
  provider: z.string().nullable(),
  temperature: z.number().nullable(),
})
export type LoaderView = z.infer<typeof LoaderView>

export const trapCodes = [
  'not-json',
  'quoting-hazard',
  'json-comments',
  'literal-quotes',
  'entry-dropped',
  'entry-crashes-library',
  'list-in-command-line',
  'only-three-keys-tried',
  'api-keys-ignored',
  'alias-ignored',
  'placeholder-key',
  'global-key-leaks',
  'no-key-at-all',
  'temperature-zero-ignored',
  'openai-base-for-claude',
  'openai-base-for-gemini',
  'provider-with-prefix',
  'provider-unknown',
  'provider-missing',
  'provider-guessed-wrong',
  'name-has-spaces',
  'web-first-model-only',
  'web-first-key-only',
  'blank-variable',
  'temperature-variable-invalid',
] as const
export const TrapCode = z.enum(trapCodes)
export type TrapCode = z.infer<typeof TrapCode>

export const fixKinds = [
  'rewrite',
  'through-gateway',
  'set-field',
  'rename-field',
  'remove-field',
  'remove-keys',
  'key-as-text',
  'remove-model',
  'rename-model',
  'make-first',
  'remove-variable',
] as const

export const TrapView = z.object({
  code: TrapCode,
  /** Null when it is about the file. */
  model: z.string().nullable(),
  /** The field or variable; never a value. */
  name: z.string().nullable(),
  /** Whom it hits; none when it does no harm today. */
  loaders: z.array(Loader),
  /** Null where only a person can decide. */
  fix: z
    .object({
      kind: z.enum(fixKinds),
      /** The field or variable that it changes. */
      name: z.string().nullable(),
      /** What it writes there. */
      value: z.string().nullable(),
      /** False for a way through the gateway when the vault has no model of this name. */
      isPossible: z.boolean(),
    })
    .nullable(),
  /** The change gives something up, or sends keys elsewhere: it is never made among others. */
  needsDecision: z.boolean(),
})
export type TrapView = z.infer<typeof TrapView>

export const CheckId = z.string().max(80)

export const DslightingCheckView = z.object({
  /** Names the file as it is now; a change makes another. */
  id: CheckId,
  /** A file that was handed in, or what an export of the vault's models would be. */
  source: z.enum(['file', 'vault']),
  models: z.array(z.object({ name: z.string(), views: z.record(Loader, LoaderView) })),
  traps: z.array(TrapView),
  /** From the file as it was handed in to what it is now; secrets masked. Empty when nothing was changed. */
  lines: z.array(PreviewLine),
  /** Lines of the file as it was handed in whose comments are not in the new one. */
  lostComments: z.array(z.number().int()),
})
export type DslightingCheckView = z.infer<typeof DslightingCheckView>

export const CheckSource = ImportSource
