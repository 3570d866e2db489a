import type { VaultAccess } from '../vault-access/vault-access.ts'
import type { Implementer } from './implementer.ts'

export interface VaultServices {
  vaultAccess: VaultAccess
}

export function vaultProcedures(os: Implementer, { vaultAccess: access }: VaultServices) {
  return {
    vault: {
      status: os.vault.status.handler(() => access.status()),
      create: os.vault.create.handler(({ input }) => access.create(input)),
      unlock: os.vault.unlock.handler(({ input }) => access.unlock(input.passphrase)),
      unlockWithKit: os.vault.unlockWithKit.handler(({ input }) => access.unlockWithKit(input.kit)),
      unlockWithProtector: os.vault.unlockWithProtector.handler(() => access.unlockWithProtector()),
      lock: os.vault.lock.handler(() => access.lock()),
      lockInterface: os.vault.lockInterface.handler(() => access.lockInterface()),
      openInterface: os.vault.openInterface.handler(({ input }) => access.openInterface(input)),
      activity: os.vault.activity.handler(() => access.activity()),
      changePassphrase: os.vault.changePassphrase.handler(({ input }) => access.changePassphrase(input.passphrase)),
      addProtection: os.vault.addProtection.handler(({ input }) => access.addProtection(input.protection)),
      removeProtection: os.vault.removeProtection.handler(({ input }) => access.removeProtection(input.protection)),
      createKit: os.vault.createKit.handler(() => access.createKit()),
      confirmKit: os.vault.confirmKit.handler(({ input }) => access.confirmKit(input.groups)),
      replaceDataKey: os.vault.replaceDataKey.handler(({ input }) => access.replaceDataKey(input.passphrase)),
      backups: os.vault.backups.handler(() => access.backups()),
      inspectBackup: os.vault.inspectBackup.handler(({ input }) => access.inspectBackup(input.name, input.opener)),
      restoreBackup: os.vault.restoreBackup.handler(({ input }) => access.restoreBackup(input.name, input.opener)),
      removeBackup: os.vault.removeBackup.handler(({ input }) => access.removeBackup(input.name)),
      auditTrail: os.vault.auditTrail.handler(() => access.auditTrail()),
      keepOurs: os.vault.keepOurs.handler(() => access.keepOurs()),
      setAside: os.vault.setAside.handler(() => access.setAside()),
    },
  }
}
