// What opens a vault is changed by a person only; a slot that cannot be opened here stays unless its data key is gone.
import { Failure } from '../../shared/failure.ts'
import type { VaultStatus } from '../../shared/vault.ts'
import { rechained, withEntry } from './audit.ts'
import type { NewAuditEntry } from './audit.ts'
import { keyBytes } from './cipher.ts'
import type { KeyProtector } from './key-protector.ts'
import type { Opening } from './opening.ts'
import { openWithProtectors } from './opening.ts'
import type { SlotMaker } from './protection.ts'
import { openKept } from './draft.ts'
import { hasGroups } from './recovery-kit.ts'
import { sealRecord } from './record.ts'
import type { Session } from './session.ts'
import type { Slot } from './slot.ts'
import type { VaultCore } from './vault-core.ts'

export interface Keeping {
  /** Takes the place of every earlier passphrase; also gives one to a vault that had none. */
  changePassphrase(to: { passphrase: string }): Promise<void>
  /** Adds the keychain or key file of this host, or repairs what of it no longer opens. */
  addProtector(kind: KeyProtector['kind']): Promise<void>
  /** Refused for the last way to open the vault. */
  removeProtection(kind: 'os' | 'file' | 'pass'): Promise<void>
  /** A new kit, to be shown once. The one before it no longer opens the vault. */
  createKit(): Promise<string>
  /** Whether there is a kit, and, as long as the vault is open, whether the person has shown to have it. */
  kit(): VaultStatus['kit']
  /** Notes that the person has the kit that was just made, when these groups of it are right; places count from 0. */
  confirmKit(typed: readonly { place: number; group: string }[]): Promise<boolean>
  /**
   * A new data key for one who may have had the vault: every secret is sealed anew and all slots are replaced. What
   * opened it before opens only older backups. Keys that a stranger has seen must be revoked at their providers.
   */
  replaceDataKey(with_: { passphrase?: string }): Promise<{ kit: string }>
}

export interface KeepingDeps<Metadata> {
  readonly core: VaultCore<Metadata>
  readonly slots: SlotMaker
  readonly protectors: readonly KeyProtector[]
  readonly wallMs: () => number
  readonly randomBytes: (size: number) => Buffer
}

export function createKeeping<Metadata>(deps: KeepingDeps<Metadata>): Keeping {
  const { core, slots } = deps
  /** From the making of a kit until it is confirmed, so that two groups can be asked for. */
  let shown: string | null = null

  /** Saves the open vault with other slots, and notes that they were changed. */
  function changeWith<Result>(
    entry: NewAuditEntry,
    change: (session: Session<Metadata>) => Promise<{ next: Session<Metadata>; result: Result }>,
  ): Promise<Result> {
    return core.queue(async () => {
      const session = core.required()
      const { next, result } = await change(session)
      const audit = withEntry(next, next.contents.audit, entry, deps.wallMs())
      const contents = { ...next.contents, audit, savedAtMs: deps.wallMs() }
      await core.write(session, { ...next, generation: session.generation + 1, contents }, 'save')
      return result
    })
  }

  const changeSlots = (entry: NewAuditEntry, slotsOf: (session: Session<Metadata>) => Promise<Slot[]>): Promise<void> =>
    changeWith(entry, async (session) => ({ next: { ...session, slots: await slotsOf(session) }, result: undefined }))

  const without = (session: Session<Metadata>, kind: string): Slot[] =>
    session.slots.filter((slot) => slot.kind !== kind)

  /** The protectors' slots that open here now; the others may belong to another host. */
  async function opensHere(session: Session<Metadata>, slot: Slot): Promise<boolean> {
    const opening: Opening = await openWithProtectors({ ...session, slots: [slot] }, deps.protectors)
    if (opening.kind === 'opened') opening.dek.fill(0)
    return opening.kind === 'opened'
  }

  async function replaced(session: Session<Metadata>, kind: KeyProtector['kind']): Promise<Slot[]> {
    const kept: Slot[] = []
    for (const slot of session.slots) {
      if (slot.kind !== kind || !(await opensHere(session, slot))) kept.push(slot)
    }
    return [...kept, await slots.kept(session.dek, session.vaultId, kind)]
  }

  /** The same protections under a new data key; those that cannot be had now would only seem to open it. */
  async function slotsUnder(session: Session<Metadata>, dek: Buffer, passphrase?: string): Promise<Slot[]> {
    const made: Slot[] = []
    for (const kind of ['os', 'file'] as const) {
      const isUsed = session.slots.some((slot) => slot.kind === kind)
      const protector = deps.protectors.find((one) => one.kind === kind)
      if (isUsed && protector !== undefined && (await protector.isAvailable())) {
        made.push(await slots.kept(dek, session.vaultId, kind))
      }
    }
    if (passphrase !== undefined) made.push(await slots.pass(dek, session.vaultId, passphrase))
    return made
  }

  function resealed(session: Session<Metadata>, dek: Buffer): Session<Metadata>['contents'] {
    const keys = { dek, vaultId: session.vaultId }
    const records = [...session.contents.records].map(([name, record]) => {
      const secret = openKept(session, record)
      const { id, field, rev, allowedHosts } = record
      const sealed = sealRecord(keys, { id, field, rev: rev + 1, allowedHosts }, secret, deps.randomBytes)
      secret.fill(0)
      return [name, sealed] as const
    })
    const audit = rechained(keys, session.contents.audit)
    return { ...session.contents, records: new Map(records), audit, kitConfirmed: false }
  }

  return {
    changePassphrase: ({ passphrase }) =>
      changeSlots({ action: 'change-passphrase', subject: '' }, async (session) => [
        ...without(session, 'pass'),
        await slots.pass(session.dek, session.vaultId, passphrase),
      ]),

    addProtector: (kind) =>
      changeSlots({ action: 'change-protection', subject: `+${kind}` }, (session) => replaced(session, kind)),

    removeProtection: (kind) =>
      changeSlots({ action: 'change-protection', subject: `-${kind}` }, (session) => {
        const left = without(session, kind)
        if (left.some((slot) => slot.kind !== 'recovery')) return Promise.resolve(left)
        throw new Failure('LAST_PROTECTION', {})
      }),

    async createKit() {
      const made = await changeWith({ action: 'new-kit', subject: '' }, (session) => {
        const { slot, kit } = slots.kit(session.dek, session.vaultId)
        const contents = { ...session.contents, kitConfirmed: false }
        const next = { ...session, slots: [...without(session, 'recovery'), slot], contents }
        return Promise.resolve({ next, result: kit })
      })
      shown = made
      return made
    },

    kit() {
      const outline = core.outline()
      if (outline.kind !== 'vault' || !outline.slots.some((slot) => slot.kind === 'recovery')) return 'none'
      const session = core.session()
      if (session === null) return 'present'
      return session.contents.kitConfirmed ? 'confirmed' : 'unconfirmed'
    },

    async confirmKit(typed) {
      if (shown === null || !hasGroups(shown, typed)) return false
      await core.queue(async () => {
        const session = core.required()
        const contents = { ...session.contents, kitConfirmed: true, savedAtMs: deps.wallMs() }
        await core.write(session, { ...session, generation: session.generation + 1, contents }, 'save')
      })
      shown = null
      return true
    },

    async replaceDataKey({ passphrase }) {
      const made = await changeWith({ action: 'new-data-key', subject: '' }, async (session) => {
        const dek = deps.randomBytes(keyBytes)
        const kept = await slotsUnder(session, dek, passphrase)
        if (kept.length === 0) throw new Failure('PROTECTION_UNAVAILABLE', { protection: 'pass' })
        const { slot, kit } = slots.kit(dek, session.vaultId)
        return { next: { ...session, dek, slots: [...kept, slot], contents: resealed(session, dek) }, result: kit }
      })
      shown = made
      return { kit: made }
    },
  }
}
