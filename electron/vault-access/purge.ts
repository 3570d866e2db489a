import type { Purge, Purged } from '../../shared/bin.ts'
import type { Models } from '../models/models.ts'
import type { Network } from '../network/network.ts'
import type { Catalogue } from '../models/stored-model.ts'
import type { Vault } from '../vault/vault.ts'
import { closedView } from './backup-view.ts'

export interface PurgeDeps {
  models: Pick<Models, 'purge'>
  vault: Pick<Vault<Catalogue>, 'backupsHolding'>
  network: Pick<Network, 'forgetReplaced'>
}

/** Forgets what is in the bin, and names the backups that do not: only deleting those forgets it everywhere. */
export async function purge({ models, vault, network }: PurgeDeps, wanted: Purge): Promise<Purged> {
  const { keys, headers } = await models.purge(wanted)
  await network.forgetReplaced()
  const { holding, closed } = await vault.backupsHolding([...keys, ...headers])
  return { keys: keys.length, holding: holding.map(closedView), closed: closed.map(closedView) }
}
