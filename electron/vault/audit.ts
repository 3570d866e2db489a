// The list of what was done with secrets is only ever added to; an entry changed or taken out breaks the chain after it.
import * as z from 'zod'
import { AuditAction } from '../../shared/vault.ts'
import { canonical } from './canonical.ts'
import { hkdf, hmac } from './cipher.ts'
import type { RecordKeys } from './record.ts'

const AuditEntry = z.strictObject({
  atMs: z.number(),
  action: AuditAction,
  /** What it was done to, by label or id. Never a secret. */
  subject: z.string().max(200),
  mac: z.string(),
})

type AuditEntry = z.infer<typeof AuditEntry>
export type NewAuditEntry = Pick<AuditEntry, 'action' | 'subject'>

export const AuditTrail = z.strictObject({
  /** How many entries have made room, and the last of their macs, where the kept chain begins. */
  dropped: z.number().int().min(0),
  base: z.string(),
  entries: z.array(AuditEntry),
})
export type AuditTrail = z.infer<typeof AuditTrail>

const maxEntries = 2_000

export const emptyTrail: AuditTrail = { dropped: 0, base: '', entries: [] }

function macOf(keys: RecordKeys, previous: string, entry: Omit<AuditEntry, 'mac'>): string {
  const { atMs, action, subject } = entry
  const text = canonical([previous, atMs, action, subject])
  return hmac(hkdf(keys.dek, keys.vaultId, 'audit/1'), text).toString('base64url')
}

const endOf = (trail: AuditTrail): string => trail.entries.at(-1)?.mac ?? trail.base

export function withEntry(keys: RecordKeys, trail: AuditTrail, entry: NewAuditEntry, atMs: number): AuditTrail {
  const whole = { atMs, action: entry.action, subject: entry.subject.slice(0, 200) }
  const entries = [...trail.entries, { ...whole, mac: macOf(keys, endOf(trail), whole) }]
  const surplus = Math.max(0, entries.length - maxEntries)
  if (surplus === 0) return { ...trail, entries }
  const base = entries[surplus - 1]?.mac ?? trail.base
  return { dropped: trail.dropped + surplus, base, entries: entries.slice(surplus) }
}

export function isTrailWhole(keys: RecordKeys, trail: AuditTrail): boolean {
  let previous = trail.base
  return trail.entries.every((entry) => {
    const holds = entry.mac === macOf(keys, previous, entry)
    previous = entry.mac
    return holds
  })
}

/** The same entries under another data key. */
export function rechained(keys: RecordKeys, trail: AuditTrail): AuditTrail {
  let previous = trail.base
  const entries = trail.entries.map((entry) => {
    previous = macOf(keys, previous, entry)
    return { ...entry, mac: previous }
  })
  return { ...trail, entries }
}
