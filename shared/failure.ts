import * as z from 'zod'
import { SourceFormat } from './transfer.ts'

/** What was read and says nothing usable, and where. */
export const ImportRefusal = z.object({
  reason: z.enum([
    'not-utf8',
    'utf16',
    'binary',
    'too-large',
    'line-too-long',
    'empty',
    'no-model-configs',
    'bad-json',
    'not-an-object',
    'unterminated-quote',
    'text-after-quote',
    'nothing-usable',
  ]),
  line: z.number().int().nullable(),
  column: z.number().int().nullable(),
  /** What was expected or found there, by name only. */
  name: z.string().nullable(),
  /** What it was taken for, and what of it cannot be used. */
  format: SourceFormat.nullish(),
  why: z.array(z.object({ name: z.string(), reason: z.string(), line: z.number().int().nullable() })).optional(),
})

export const FileRefusal = z.object({
  path: z.string(),
  reason: z.enum([
    'not-absolute',
    'folder',
    'not-a-file',
    'no-folder',
    'broken-link',
    'link-loop',
    'unreadable',
    'too-large',
    'too-long',
    'not-text',
    'changing',
    'missing',
  ]),
})

/**
 * Every way a procedure can fail, with the data its sentence needs. The code and the data cross to the page; the cause
 * stays in main. A secret is in neither.
 */
export const failureData = {
  MODEL_NOT_FOUND: z.object({}),
  KEY_NOT_FOUND: z.object({}),
  /** Its value is not kept any more. */
  HEADER_NOT_FOUND: z.object({}),
  /** The secret that was replaced: its successor has served. */
  OLD_SECRET_FORGOTTEN: z.object({}),
  OLD_PASSWORD_FORGOTTEN: z.object({}),
  MODEL_NAME_TAKEN: z.object({ name: z.string() }),
  /** `model` is the one that is called by it already. */
  ALIAS_REFUSED: z.object({ alias: z.string(), model: z.string() }),
  FALLBACK_REFUSED: z.object({ reason: z.enum(['itself', 'gone']) }),
  DUPLICATE_KEY: z.object({ lastFour: z.string(), label: z.string() }),
  API_BASE_REFUSED: z.object({
    reason: z.enum([
      'not-a-url',
      'scheme',
      'plain-http',
      'user-info',
      'query',
      'fragment',
      'port',
      'forbidden-host',
      'own-gateway',
    ]),
  }),
  PROXY_REFUSED: z.object({
    reason: z.enum(['not-a-url', 'scheme', 'credentials', 'path', 'port', 'forbidden-host', 'own-gateway']),
  }),
  KEY_TO_OTHER_HOST: z.object({ from: z.string(), to: z.string() }),
  VAULT_LOCKED: z.object({}),
  VAULT_MISSING: z.object({}),
  VAULT_EXISTS: z.object({}),
  VAULT_DAMAGED: z.object({ backups: z.number().int() }),
  VAULT_TOO_NEW: z.object({ format: z.number().int() }),
  VAULT_CHANGED_ON_DISK: z.object({}),
  WRONG_PASSPHRASE: z.object({ waitMs: z.number() }),
  /** `groups` are the mistyped ones, counted from 0. */
  WRONG_KIT: z.object({ waitMs: z.number(), groups: z.array(z.number().int()) }),
  /** The vault is open, and the person must say again who they are. */
  INTERFACE_LOCKED: z.object({}),
  REVEAL_LIMIT: z.object({ waitMs: z.number() }),
  /** Presentation mode is on, and this would show a secret. */
  PRESENTING: z.object({}),
  LAST_PROTECTION: z.object({}),
  BACKUP_NOT_FOUND: z.object({}),
  PROTECTION_UNAVAILABLE: z.object({ protection: z.string() }),
  DISK_FULL: z.object({}),
  /** More than a vault file may hold; nothing was written. */
  VAULT_FULL: z.object({}),
  STORAGE_FAILED: z.object({ code: z.string() }),
  IMPORT_REFUSED: ImportRefusal,
  /** A path that is no place to read a configuration from or to write one to. */
  FILE_REFUSED: FileRefusal,
  /** Something else wrote to the file since it was shown. */
  FILE_CHANGED: z.object({ path: z.string() }),
  FILE_NOT_WRITTEN: z.object({
    reason: z.enum(['full', 'denied', 'read-only', 'other-device', 'owner', 'unconfirmed', 'failed']),
    code: z.string(),
    /** What could not be taken away again, and holds secrets. */
    leftover: z.string().nullable(),
  }),
  /** The client has a new token, and the file still holds the one before it. */
  TOKEN_NOT_WRITTEN: z.object({ path: z.string() }),
  EXPORT_REFUSED: z.object({
    reason: z.enum(['no-keys', 'bad-json', 'open-quote', 'no-common-form']),
    line: z.number().int().nullable(),
    column: z.number().int().nullable(),
  }),
  EXPORT_EXPIRED: z.object({}),
  EARLIER_VERSION_NOT_FOUND: z.object({}),
  LINKED_FILE_NOT_FOUND: z.object({}),
  IMPORT_EXPIRED: z.object({}),
  /** A change that the DSLighting check offered and that cannot be made to this file. */
  FIX_REFUSED: z.object({
    reason: z.enum(['name', 'no-common-form', 'open-quote', 'bad-json', 'model-not-found', 'needs-gateway']),
  }),
  NO_IMPORT_TO_UNDO: z.object({}),
  /** Undoing would take with it what was done to these models since. */
  IMPORT_CHANGED_SINCE: z.object({ models: z.array(z.string()) }),
  CONVERSATION_NOT_FOUND: z.object({}),
  /** Another page saved or deleted it since it was shown. */
  CONVERSATION_CHANGED: z.object({}),
  CONVERSATION_FULL: z.object({ mebibytes: z.number() }),
  PRESET_NAME_TAKEN: z.object({ name: z.string() }),
  PRESETS_FULL: z.object({ count: z.number() }),
  SIMULATOR_FAILED: z.object({}),
  /** `usable` counts the keys of the model that could be called. */
  REHEARSAL_NEEDS_KEYS: z.object({ needed: z.number().int(), usable: z.number().int() }),
  REHEARSAL_IS_OVER: z.object({}),
  CLIENT_NOT_FOUND: z.object({}),
  CLIENT_NAME_TAKEN: z.object({ name: z.string() }),
  /** The journal cannot be read now; requests are not concerned. */
  JOURNAL_UNAVAILABLE: z.object({}),
} as const

export type FailureCode = keyof typeof failureData
export type FailureData<C extends FailureCode> = z.infer<(typeof failureData)[C]>

/** An expected failure on its way to a person. Services throw it, procedures/ hands code and data to the page. */
export class Failure<C extends FailureCode = FailureCode> extends Error {
  override readonly name = 'Failure'
  readonly code: C
  readonly data: FailureData<C>

  constructor(code: C, data: FailureData<C>, options?: ErrorOptions) {
    super(code, options)
    this.code = code
    this.data = data
  }
}
