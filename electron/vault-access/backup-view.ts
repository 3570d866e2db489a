import type { BackupView } from '../../shared/vault.ts'
import { inUse } from '../models/catalogue.ts'
import type { Catalogue } from '../models/stored-model.ts'
import type { Backup } from '../vault/backups.ts'
import type { BackupContents } from '../vault/restoring.ts'
import type { Vault } from '../vault/vault.ts'

/** A backup that was opened: what is in use in it counts, not its bin. */
export function viewOfBackup({
  metadata,
  ...backup
}: Backup & Pick<BackupContents<Catalogue>, 'metadata'>): BackupView {
  const models = inUse(metadata.models)
  const keys = models.reduce((count, model) => count + inUse(model.keys).length, 0)
  return { ...closedView(backup), contents: { models: models.length, keys } }
}

export const closedView = ({ name, generation, atMs, reason }: Backup): BackupView => {
  return { name, generation, savedAtMs: atMs, reason, contents: null }
}

/** What the open vault's data key tells of a backup. */
export async function describeBackup(vault: Vault<Catalogue>, backup: Backup): Promise<BackupView> {
  if (vault.status().state !== 'unlocked') return closedView(backup)
  const opened = await vault.peekBackup(backup.name)
  return opened === null ? closedView(backup) : viewOfBackup({ ...backup, metadata: opened.metadata })
}
