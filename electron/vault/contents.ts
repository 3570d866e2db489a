import * as z from 'zod'
import { AuditTrail } from './audit.ts'
import { encodedRecords } from './encoded-records.ts'
import { SealedRecord } from './record.ts'

/** What a vault's body holds: the application's metadata, of which the vault knows only the schema, and the secrets. */
export interface Contents<Metadata> {
  readonly metadata: Metadata
  readonly records: ReadonlyMap<string, SealedRecord>
  readonly audit: AuditTrail
  /** Whether the person has typed back parts of the recovery kit. */
  readonly kitConfirmed: boolean
  readonly savedAtMs: number
}

const Body = z.strictObject({
  audit: AuditTrail,
  kitConfirmed: z.boolean(),
  metadata: z.unknown(),
  records: z.array(SealedRecord),
  savedAtMs: z.number(),
})

export const recordName = (id: string, field: string): string => `${field}/${id}`

export function encodeContents(contents: Contents<unknown>): Buffer {
  const { audit, kitConfirmed, metadata, records, savedAtMs } = contents
  const rest = JSON.stringify({ audit, kitConfirmed, metadata, savedAtMs })
  const list = encodedRecords(records).flatMap((json, nth) => (nth === 0 ? [json] : [comma, json]))
  return Buffer.concat([Buffer.from(`${rest.slice(0, -1)},"records":[`), ...list, Buffer.from(']}')])
}

const comma = Buffer.from(',')

/** The contents, or null when they are of a kind that this version does not know. */
export function decodeContents<Metadata>(plain: Buffer, schema: z.ZodType<Metadata>): Contents<Metadata> | null {
  const body = Body.safeParse(parseJson(plain))
  if (!body.success) return null
  const metadata = schema.safeParse(body.data.metadata)
  if (!metadata.success) return null
  const { audit, kitConfirmed, records, savedAtMs } = body.data
  const named = new Map(records.map((record) => [recordName(record.id, record.field), record]))
  if (named.size !== records.length) return null
  return { metadata: metadata.data, records: named, audit, kitConfirmed, savedAtMs }
}

function parseJson(plain: Buffer): unknown {
  try {
    return JSON.parse(plain.toString('utf8'))
  } catch {
    return null
  }
}
