import * as z from 'zod'
import { Failure } from '../../shared/failure.ts'
import type { Contents } from './contents.ts'
import { decodeContents, encodeContents } from './contents.ts'
import type { Slot } from './slot.ts'
import type { VaultFile } from './vault-file.ts'
import { encodeVaultFile, format, maxBodyBytes, openBody, parseVaultFile } from './vault-file.ts'

/** An open vault in memory: its data key, and its contents with every secret still sealed. */
export interface Session<Metadata> {
  readonly dek: Buffer
  readonly vaultId: string
  readonly generation: number
  readonly slots: readonly Slot[]
  readonly contents: Contents<Metadata>
  /** A file by a newer version that this one may read but not rewrite. */
  readonly newerFormat: number | null
}

export type OpenedFile<Metadata> = { kind: 'open'; session: Session<Metadata> } | { kind: 'damaged' }

/** Opens the body with a data key that a slot gave. */
export function openFile<Metadata>(file: VaultFile, dek: Buffer, schema: z.ZodType<Metadata>): OpenedFile<Metadata> {
  const plain = openBody(file, dek)
  if (plain === null) return { kind: 'damaged' }
  const contents = decodeContents(plain, schema)
  plain.fill(0)
  // The tag held, so this is what was saved: a version that knows more must read it, and nothing is damaged.
  if (contents === null) throw new Failure('VAULT_TOO_NEW', { format: file.format })
  const { vaultId, generation, slots } = file
  const newerFormat = file.format > format ? file.format : null
  return { kind: 'open', session: { dek, vaultId, generation, slots, contents, newerFormat } }
}

/** Kept for what makes room again: a vault that takes no more secrets can still be opened, noted in and emptied. */
export const reservedBytes = 1024 * 1024

/** How long the body may be that is saved in the place of another: what adds secrets stops before the reserve. */
export function bodyLimit(before: Session<unknown> | null, next: Session<unknown>): number {
  const addsSecrets = before !== null && next.contents.records.size > before.contents.records.size
  return addsSecrets ? maxBodyBytes - reservedBytes : maxBodyBytes
}

/** The bytes of a session as a file, opened again before anyone relies on them. */
export function sealSession(session: Session<unknown>, saveSalt: Buffer, limitBytes = maxBodyBytes): Buffer {
  const body = encodeContents(session.contents)
  if (body.length > limitBytes) {
    body.fill(0)
    throw new Failure('VAULT_FULL', {})
  }
  const bytes = encodeVaultFile({ ...session, saveSalt }, session.dek, body)
  const parsed = parseVaultFile(bytes)
  const opened = parsed.kind === 'vault' ? openBody(parsed.file, session.dek) : null
  const isSame = opened?.equals(body) === true
  opened?.fill(0)
  body.fill(0)
  if (!isSame) throw new Failure('STORAGE_FAILED', { code: 'NOT_READABLE_AGAIN' })
  return bytes
}
