import type { ModelId } from '../../../shared/identity.ts'
import type { IncomingModel } from '../../models/take-over.ts'
import type { BothSides } from './sides.ts'
import type { Sides, SyncModel } from './three-way.ts'

/** What is to happen in the vault so that it says what was chosen; all of it in one commit. */
export interface VaultChanges {
  readonly taken: readonly IncomingModel[]
  readonly removed: readonly ModelId[]
}

export function vaultChanges(both: BothSides, after: Sides): VaultChanges {
  const before = new Map(both.sides.vault.map((model) => [model.name, model]))
  const changed = after.vault.filter((model) => !isSame(before.get(model.name), model))
  const removed = [...before.keys()].filter((name) => !after.vault.some((model) => model.name === name))
  return {
    taken: changed.map((model) => incoming(model, both)),
    removed: removed.flatMap((name) => both.stored.get(name)?.id ?? []),
  }
}

const isSame = (before: SyncModel | undefined, after: SyncModel) => JSON.stringify(before) === JSON.stringify(after)

/** The fields that are not ours come with a model that is new, and stay as they are in one that is known. */
function incoming({ name, provider, apiBase, temperature, keys }: SyncModel, both: BothSides): IncomingModel {
  const extra = both.stored.get(name)?.extra ?? both.inFile.get(name)?.extra ?? {}
  const secrets = keys.map((mark) => ({ secret: both.secretOf(mark) }))
  return { name, provider, apiBase, temperature, extra, keys: secrets, mode: 'exact' }
}
