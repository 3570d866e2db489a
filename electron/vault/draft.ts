import type * as z from 'zod'
import { Failure } from '../../shared/failure.ts'
import type { NewAuditEntry } from './audit.ts'
import { withEntry } from './audit.ts'
import type { Contents } from './contents.ts'
import { recordName } from './contents.ts'
import { noteChange } from './encoded-records.ts'
import type { RecordKeys, SealedRecord } from './record.ts'
import { openRecord, sealRecord } from './record.ts'

/** Where a secret belongs. `field` tells several secrets of one record apart. */
export interface SecretPlace {
  readonly recordId: string
  readonly field?: string
  readonly allowedHosts: readonly string[]
}

/** A vault's contents while they are being changed; nothing of it counts before the save has been acknowledged. */
export interface Draft<Metadata> {
  /** A copy to change as you like, or to replace. */
  metadata: Metadata
  /** Adds a secret, or replaces the one of that place, and returns its fingerprint. */
  sealSecret(secret: string | Uint8Array, place: SecretPlace): string
  /** Binds a secret that is kept to other hosts. The caller has asked the person. */
  allowHosts(recordId: string, allowedHosts: readonly string[], field?: string): void
  /** The hosts that a secret may go to; none when there is no such secret. */
  hostsOf(recordId: string, field?: string): readonly string[]
  /** Seals the secret of one field under another field of the same record, for the same hosts. */
  copySecret(recordId: string, fields: { from: string; to: string }): void
  fingerprintOf(recordId: string, field?: string): string | undefined
  removeSecret(recordId: string, field?: string): void
  audit(entry: NewAuditEntry): void
}

export const secretField = 'secret'

export interface DraftDeps<Metadata> {
  readonly schema: z.ZodType<Metadata>
  readonly keys: RecordKeys
  readonly randomBytes: (size: number) => Buffer
  readonly nowMs: number
}

export interface OpenDraft<Metadata> {
  readonly draft: Draft<Metadata>
  /** The contents that the draft has become. */
  readonly finish: () => Contents<Metadata>
}

export function openDraft<Metadata>(contents: Contents<Metadata>, deps: DraftDeps<Metadata>): OpenDraft<Metadata> {
  let records = contents.records
  const touched = new Set<string>()
  let audit = contents.audit
  let metadata: { value: Metadata } | null = null

  function changeRecord(name: string, record: SealedRecord | null): void {
    const copy = records === contents.records ? new Map(records) : (records as Map<string, SealedRecord>)
    if (record === null) copy.delete(name)
    else copy.set(name, record)
    touched.add(name)
    records = copy
  }

  function sealAt(secret: Uint8Array, place: Required<SecretPlace>): string {
    const name = recordName(place.recordId, place.field)
    const rev = (records.get(name)?.rev ?? 0) + 1
    const binding = { id: place.recordId, field: place.field, rev, allowedHosts: [...place.allowedHosts] }
    const record = sealRecord(deps.keys, binding, secret, deps.randomBytes)
    changeRecord(name, record)
    return record.fp
  }

  const draft: Draft<Metadata> = {
    // Copied when it is first asked for: many changes are about secrets or the audit list only.
    get metadata() {
      metadata ??= { value: JSON.parse(JSON.stringify(contents.metadata)) as Metadata }
      return metadata.value
    },
    set metadata(value) {
      metadata = { value }
    },
    sealSecret(secret, { field = secretField, ...place }) {
      const bytes = Buffer.from(secret)
      const fingerprint = sealAt(bytes, { ...place, field })
      bytes.fill(0)
      return fingerprint
    },
    allowHosts(recordId, allowedHosts, field = secretField) {
      const secret = openKept(deps.keys, records.get(recordName(recordId, field)))
      sealAt(secret, { recordId, field, allowedHosts })
      secret.fill(0)
    },
    hostsOf: (recordId, field = secretField) => records.get(recordName(recordId, field))?.allowedHosts ?? [],
    copySecret(recordId, { from, to }) {
      const record = records.get(recordName(recordId, from))
      const secret = openKept(deps.keys, record)
      sealAt(secret, { recordId, field: to, allowedHosts: record?.allowedHosts ?? [] })
      secret.fill(0)
    },
    fingerprintOf: (recordId, field = secretField) => records.get(recordName(recordId, field))?.fp,
    removeSecret(recordId, field = secretField) {
      changeRecord(recordName(recordId, field), null)
    },
    audit(entry) {
      audit = withEntry(deps.keys, audit, entry, deps.nowMs)
    },
  }

  /** The schema makes an object of its own of what was changed, so the caller cannot change it later. */
  function finish(): Contents<Metadata> {
    const checked = metadata === null ? contents.metadata : fitting(deps.schema, metadata.value)
    const finished = { ...contents, metadata: checked, records, audit, savedAtMs: deps.nowMs }
    if (records !== contents.records) noteChange(records, contents.records, touched)
    // A draft that is used after its commit changes a copy that no one reads.
    records = contents.records
    return finished
  }

  return { draft, finish }
}

function fitting<Metadata>(schema: z.ZodType<Metadata>, value: unknown): Metadata {
  const metadata = schema.safeParse(value)
  if (!metadata.success) throw new TypeError('the changed metadata does not fit its schema')
  return metadata.data
}

/** A secret that is kept, opened. It may have been deleted since the caller learnt of it. */
export function openKept(keys: RecordKeys, record: SealedRecord | undefined): Buffer {
  const secret = record === undefined ? null : openRecord(keys, record)
  if (secret === null) throw new Failure('KEY_NOT_FOUND', {})
  return secret
}
