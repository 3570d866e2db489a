// Two locks: the vault's drops the data key and stops the gateway; the interface's only asks again who is there.
import { Failure } from '../../shared/failure.ts'
import type { Settings } from '../../shared/settings.ts'
import type { AuditTrailView, BackupView, NewVault, Opener, Protection, VaultStatus } from '../../shared/vault.ts'
import type { Catalogue } from '../models/stored-model.ts'
import type { Clock } from '../rotation/clock.ts'
import type { KeyProtector } from '../vault/key-protector.ts'
import type { Vault } from '../vault/vault.ts'
import { describeBackup, viewOfBackup } from './backup-view.ts'
import { createInterfaceLock } from './interface-lock.ts'

export interface VaultAccessDeps {
  vault: Vault<Catalogue>
  /** What may have opened it by itself. */
  protectors: readonly Pick<KeyProtector, 'kind' | 'isStale'>[]
  clock: Clock
  settings: () => Pick<Settings, 'idleLockMinutes' | 'lockVaultOnIdle'>
  /** Whether the interface was locked when the application ended. May be lost. */
  interfaceMemory: { wasLocked: () => boolean; remember: (isLocked: boolean) => void }
  /** Puts a backup in the vault's place; around it stays what is not the backup's to bring back. */
  aroundRestore: (restore: () => Promise<unknown>) => Promise<unknown>
  /** What the vault holds was opened, closed or replaced. */
  onContents: () => void
  /** The same secrets have other fingerprints than before. */
  onNewFingerprints: () => void
  /** The status is another than before. */
  onChange: () => void
  reportBug: (error: unknown) => void
}

const minuteMs = 60_000

/** The vault as the page drives it. */
export type VaultAccess = ReturnType<typeof createVaultAccess>

export function createVaultAccess(deps: VaultAccessDeps) {
  const { vault, clock, settings, interfaceMemory, onContents, onNewFingerprints, onChange, reportBug } = deps
  const isVaultOpen = () => vault.status().state === 'unlocked'
  const interfaceLock = createInterfaceLock({
    clock,
    idleMs: () => settings().idleLockMinutes * minuteMs,
    onIdle: lockVaultIfAsked,
    onChange(isOpen) {
      interfaceMemory.remember(!isOpen)
      onChange()
    },
  })

  /** Programs may be using the gateway overnight, so the vault itself stays open unless a person asked otherwise. */
  function lockVaultIfAsked() {
    if (settings().lockVaultOnIdle && isVaultOpen()) lock().catch(reportBug)
  }

  function status(): VaultStatus {
    const state = vault.status()
    const isOpen = isVaultOpen() && interfaceLock.isOpen()
    return {
      ...state,
      interface: isOpen ? 'open' : 'locked',
      kit: vault.kit(),
      canVerify: state.protections.includes('pass'),
      rollback: vault.rollback(),
    }
  }

  /** The vault must be open, and whoever asks must have said who they are. */
  function gate(): void {
    vault.read()
    interfaceLock.required()
  }

  /** While there is a vault to protect; what takes the place of a missing or damaged one asks for its own opener. */
  function gateIfOpen(): void {
    if (isVaultOpen()) interfaceLock.required()
  }

  async function thenOpen(work: Promise<unknown>): Promise<VaultStatus> {
    await work
    interfaceLock.open()
    onContents()
    return status()
  }

  async function gated(change: () => Promise<unknown>): Promise<VaultStatus> {
    gate()
    await change()
    return status()
  }

  async function unlockWithProtector(): Promise<VaultStatus> {
    if (isVaultOpen()) return openInterface({ protector: true })
    if (await vault.unlockWithProtector()) return thenOpen(keepAnew())
    throw new Failure('PROTECTION_UNAVAILABLE', { protection: vault.status().protections[0] ?? 'os' })
  }

  /** A keychain whose key was changed asks for it. That it cannot be done now is no reason to stay outside. */
  async function keepAnew(): Promise<void> {
    for (const protector of deps.protectors) {
      if (protector.isStale?.() === true) await vault.addProtector(protector.kind).catch(reportBug)
    }
  }

  async function lock(): Promise<VaultStatus> {
    interfaceLock.close()
    await vault.lock()
    onContents()
    return status()
  }

  async function openInterface(opener: Opener): Promise<VaultStatus> {
    vault.read()
    // A keychain answers to whoever sits here, so it is no answer where a passphrase was chosen.
    if ('protector' in opener && status().canVerify) throw new Failure('INTERFACE_LOCKED', {})
    await vault.verify(opener)
    const [how = ''] = Object.keys(opener)
    await vault.audit({ action: 'open-interface', subject: how })
    interfaceLock.open()
    return status()
  }

  async function restoreBackup(name: string, opener: Opener): Promise<VaultStatus> {
    gateIfOpen()
    return thenOpen(deps.aroundRestore(() => vault.restoreBackup(name, opener)))
  }

  async function backups(): Promise<BackupView[]> {
    const views: BackupView[] = []
    for (const backup of await vault.backups()) views.push(await describeBackup(vault, backup))
    return views
  }

  function auditTrail(): AuditTrailView {
    const { entries, dropped, isWhole } = vault.auditTrail()
    return { entries: entries.map(({ atMs, action, subject }) => ({ atMs, action, subject })), dropped, isWhole }
  }

  return {
    status,
    gate,
    lock,
    openInterface,
    unlockWithProtector,
    restoreBackup,
    backups,
    auditTrail,
    create: (how: NewVault) => thenOpen(vault.create(how)),
    unlock: (passphrase: string) =>
      isVaultOpen() ? openInterface({ passphrase }) : thenOpen(vault.unlock({ passphrase })),
    unlockWithKit: (kit: string) => (isVaultOpen() ? openInterface({ kit }) : thenOpen(vault.unlockWithKit({ kit }))),
    activity: () => interfaceLock.activity(),
    settingsChanged: () => interfaceLock.rearm(),
    /** The machine sleeps, or its screen was locked: whoever wakes it may be somebody else. */
    away() {
      interfaceLock.close()
      lockVaultIfAsked()
    },
    close: () => interfaceLock.dispose(),

    /**
     * At the start of the application: a vault that this host's keychain or key file opens needs no person. An
     * interface that was locked stays locked, or a restart would undo the lock.
     */
    async openByItself() {
      if (!(await vault.unlockWithProtector())) return
      await keepAnew()
      if (!status().canVerify || !interfaceMemory.wasLocked()) interfaceLock.open()
      onContents()
    },

    lockInterface() {
      interfaceLock.close()
      return status()
    },

    changePassphrase: (passphrase: string) => gated(() => vault.changePassphrase({ passphrase })),
    addProtection: (kind: Exclude<Protection, 'pass'>) => gated(() => vault.addProtector(kind)),
    removeProtection: (kind: Protection) => gated(() => vault.removeProtection(kind)),

    async createKit() {
      gate()
      return { kit: await vault.createKit() }
    },

    /** Gated, because groups could be guessed one by one. */
    async confirmKit(groups: readonly { place: number; group: string }[]) {
      gate()
      if (await vault.confirmKit(groups)) return status()
      throw new Failure('WRONG_KIT', { waitMs: 0, groups: groups.map(({ place }) => place) })
    },

    async replaceDataKey(passphrase: string | null) {
      gate()
      // A vault that has a passphrase keeps having one.
      if (passphrase === null && status().canVerify) throw new Failure('PROTECTION_UNAVAILABLE', { protection: 'pass' })
      const { kit } = await vault.replaceDataKey(passphrase === null ? {} : { passphrase })
      onNewFingerprints()
      return { kit }
    },

    inspectBackup: async (name: string, opener: Opener) => viewOfBackup(await vault.inspectBackup(name, opener)),

    async removeBackup(name: string) {
      gate()
      await vault.removeBackup(name)
    },

    keepOurs: () => gated(() => vault.keepOurs()),

    async setAside() {
      await vault.setAside()
      return status()
    },
  }
}
