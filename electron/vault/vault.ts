// A secret leaves the vault only by secretOf and secretFor; everything else it gives out holds none.
import type * as z from 'zod'
import { Failure } from '../../shared/failure.ts'
import type { BackupReason, NewVault, Protection, VaultState } from '../../shared/vault.ts'
import type { AuditTrail, NewAuditEntry } from './audit.ts'
import { emptyTrail, isTrailWhole, withEntry } from './audit.ts'
import { createBackoff } from './backoff.ts'
import { keyBytes } from './cipher.ts'
import { recordName } from './contents.ts'
import type { Draft } from './draft.ts'
import { openDraft, openKept, secretField } from './draft.ts'
import type { FileSystem } from './file-system.ts'
import type { Keeping } from './keeping.ts'
import { createKeeping } from './keeping.ts'
import type { KeyProtector } from './key-protector.ts'
import type { DeriveKey } from './passphrase.ts'
import type { SlotMaker } from './protection.ts'
import { createSlotMaker } from './protection.ts'
import { createQueue } from './queue.ts'
import type { SealedRecord } from './record.ts'
import { fingerprintOf } from './record.ts'
import type { Restoring } from './restoring.ts'
import { createRestoring } from './restoring.ts'
import type { Session } from './session.ts'
import type { Slot } from './slot.ts'
import { asFailure } from './storage-error.ts'
import type { Unlocking } from './unlocking.ts'
import { createUnlocking } from './unlocking.ts'
import type { VaultCore } from './vault-core.ts'
import { createVaultCore } from './vault-core.ts'
import { createVaultStore } from './vault-store.ts'

export interface VaultDeps<Metadata> {
  /** Where the vault, its backups and what is kept of damaged ones lie. */
  readonly folder: string
  readonly fs: FileSystem
  /** Monotonic time for the waits after wrong passphrases, wall time for what is written down. */
  readonly clock: { nowMs(): number; wallMs(): number }
  readonly randomBytes: (size: number) => Buffer
  readonly deriveKey: DeriveKey
  readonly protectors: readonly KeyProtector[]
  readonly delay: (ms: number) => Promise<void>
  /** What the application keeps beside the secrets. The vault knows no more of it than this. */
  readonly metadata: { readonly schema: z.ZodType<Metadata>; readonly empty: () => Metadata }
  readonly onChange: (status: VaultState) => void
}

export interface VaultDocument<Metadata> {
  /** Read only: change it through `commit`. */
  readonly metadata: Metadata
  readonly generation: number
  readonly savedAtMs: number
}

/** What may be known of a secret without opening it. */
export type SecretInfo = Pick<SealedRecord, 'id' | 'field' | 'rev' | 'allowedHosts' | 'fp'>

export interface Vault<Metadata> extends Unlocking, Keeping, Restoring<Metadata> {
  status(): VaultState
  /** Its contents can be read now. */
  isOpen(): boolean
  create(how: NewVault): Promise<VaultState>
  lock(): Promise<void>
  read(): VaultDocument<Metadata>
  secrets(): SecretInfo[]
  secretInfo(recordId: string, field?: string): SecretInfo | undefined
  commit(
    change: (draft: Draft<Metadata>) => void,
    options?: { backup?: BackupReason | null },
  ): Promise<VaultDocument<Metadata>>
  secretOf(recordId: string, field?: string): string
  /** The secret on its way to a host; refused for a host that it was not saved for. */
  secretFor(recordId: string, host: string, field?: string): string
  fingerprint(secret: string): string
  audit(entry: NewAuditEntry): Promise<void>
  auditTrail(): AuditTrail & { isWhole: boolean }
}

interface Parts<Metadata> {
  readonly deps: VaultDeps<Metadata>
  readonly core: VaultCore<Metadata>
  readonly slots: SlotMaker
  readonly status: () => VaultState
}

/** Looks at the folder, opens nothing yet. */
export async function createVault<Metadata>(deps: VaultDeps<Metadata>): Promise<Vault<Metadata>> {
  const { clock, randomBytes, protectors } = deps
  const deriveKey = withOurErrors(deps.deriveKey)
  const offers = await offersOf(protectors)
  const { schema } = deps.metadata
  const nowMs = (): number => clock.nowMs()
  const wallMs = (): number => clock.wallMs()
  const store = createVaultStore({ ...deps, wallMs })
  const core = createVaultCore<Metadata>({
    store,
    schema,
    wallMs,
    randomBytes,
    queue: createQueue(),
    changed: () => deps.onChange(status()),
  })
  const status = (): VaultState => statusOf(core, offers)
  const slots = createSlotMaker({ nowMs, randomBytes, deriveKey, protectors })
  const backoff = createBackoff(nowMs)
  const parts: Parts<Metadata> = { deps: { ...deps, deriveKey }, core, slots, status }
  await loadQuietly(core)
  return {
    status,
    isOpen: () => core.session() !== null,
    lock: () => core.lock(),
    ...createUnlocking({ core, backoff, deriveKey, protectors, status }),
    ...reading(parts),
    ...writing(parts),
    ...createKeeping({ core, slots, protectors, wallMs, randomBytes }),
    ...createRestoring({ core, store, schema, protectors, deriveKey, backoff, wallMs }),
  }
}

async function loadQuietly(core: VaultCore<unknown>): Promise<void> {
  try {
    await core.reload()
  } catch {
    // The application starts all the same; `unlock` reads the folder again and says what is wrong.
  }
}

/** Too little memory for scrypt, say. */
function withOurErrors(deriveKey: DeriveKey): DeriveKey {
  return async (...input) => {
    try {
      return await deriveKey(...input)
    } catch (error) {
      throw asFailure(error)
    }
  }
}

/** The keychain first, then a passphrase; a key file is protected by file permissions only and never preselected. */
async function offersOf(protectors: readonly KeyProtector[]): Promise<Protection[]> {
  const available: Protection[] = []
  for (const protector of protectors) {
    if (await isAvailable(protector)) available.push(protector.kind)
  }
  return [...available.filter((kind) => kind === 'os'), 'pass', ...available.filter((kind) => kind === 'file')]
}

/** A keychain that fails to say is not offered. */
async function isAvailable(protector: KeyProtector): Promise<boolean> {
  try {
    return await protector.isAvailable()
  } catch {
    return false
  }
}

const protectionOrder: readonly Protection[] = ['os', 'pass', 'file']

function statusOf(core: VaultCore<unknown>, offers: Protection[]): VaultState {
  const outline = core.outline()
  const isOpen = core.session() !== null
  const slots = outline.kind === 'vault' ? outline.slots : []
  const protections = protectionOrder.filter((kind) => slots.some((slot) => slot.kind === kind))
  if (isOpen) return { state: 'unlocked', protections, offers }
  const state = outline.kind === 'none' || outline.kind === 'damaged' ? outline.kind : 'locked'
  return { state, protections, offers }
}

function reading<Metadata>({ core }: Parts<Metadata>) {
  const recordOf = (session: Session<Metadata>, recordId: string, field: string): SealedRecord | undefined =>
    session.contents.records.get(recordName(recordId, field))

  function open(session: Session<Metadata>, recordId: string, field: string): string {
    const bytes = openKept(session, recordOf(session, recordId, field))
    const secret = bytes.toString('utf8')
    bytes.fill(0)
    return secret
  }

  return {
    read: () => documentOf(core.required()),

    secrets: () => [...core.required().contents.records.values()].map(infoOf),

    secretInfo(recordId: string, field = secretField) {
      const record = recordOf(core.required(), recordId, field)
      return record && infoOf(record)
    },

    secretOf: (recordId: string, field = secretField) => open(core.required(), recordId, field),

    secretFor(recordId: string, host: string, field = secretField) {
      const session = core.required()
      const allowed = recordOf(session, recordId, field)?.allowedHosts
      if (allowed?.includes(host) === false) {
        throw new Failure('KEY_TO_OTHER_HOST', { from: allowed.join(', '), to: host })
      }
      return open(session, recordId, field)
    },

    fingerprint: (secret: string) => fingerprintOf(core.required(), Buffer.from(secret)),

    auditTrail() {
      const session = core.required()
      return { ...session.contents.audit, isWhole: isTrailWhole(session, session.contents.audit) }
    },
  }
}

const infoOf = ({ id, field, rev, allowedHosts, fp }: SealedRecord): SecretInfo => ({
  id,
  field,
  rev,
  allowedHosts,
  fp,
})

function documentOf<Metadata>({ contents, generation }: Session<Metadata>): VaultDocument<Metadata> {
  return { metadata: contents.metadata, generation, savedAtMs: contents.savedAtMs }
}

function writing<Metadata>({ deps, core, slots, status }: Parts<Metadata>) {
  const { randomBytes } = deps

  async function slotsOf(how: NewVault, dek: Buffer, vaultId: string): Promise<Slot[]> {
    if (how.protection === 'pass') return [await slots.pass(dek, vaultId, how.passphrase)]
    const kept = await slots.kept(dek, vaultId, how.protection)
    return how.passphrase === undefined ? [kept] : [kept, await slots.pass(dek, vaultId, how.passphrase)]
  }

  async function newSession(how: NewVault): Promise<Session<Metadata>> {
    const dek = randomBytes(keyBytes)
    const vaultId = randomBytes(16).toString('base64url')
    const nowMs = deps.clock.wallMs()
    const audit = withEntry({ dek, vaultId }, emptyTrail, { action: 'create', subject: how.protection }, nowMs)
    const metadata = deps.metadata.empty()
    const contents = { metadata, records: new Map(), audit, kitConfirmed: false, savedAtMs: nowMs }
    return { dek, vaultId, generation: 1, slots: await slotsOf(how, dek, vaultId), contents, newerFormat: null }
  }

  function changed(session: Session<Metadata>, change: (draft: Draft<Metadata>) => void): Session<Metadata> {
    const { schema } = deps.metadata
    const nowMs = deps.clock.wallMs()
    const { draft, finish } = openDraft(session.contents, { schema, keys: session, randomBytes, nowMs })
    change(draft)
    return { ...session, generation: session.generation + 1, contents: finish() }
  }

  const commit: Vault<Metadata>['commit'] = (change, { backup = 'save' } = {}) =>
    core.queue(async () => {
      const session = core.required()
      const next = changed(session, change)
      await core.write(session, next, backup)
      return documentOf(next)
    })

  return {
    commit,

    create: (how: NewVault) =>
      core.queue(async () => {
        const { kind } = await core.reload()
        if (kind === 'vault' || kind === 'too-new') throw new Failure('VAULT_EXISTS', {})
        if (kind === 'damaged') core.required()
        await core.write(null, await newSession(how), null)
        return status()
      }),

    /** Leaves the backups alone, so that looking at keys does not push out the older states of the vault. */
    audit: async (entry: NewAuditEntry) => {
      await commit((draft) => draft.audit(entry), { backup: null })
    },
  }
}
