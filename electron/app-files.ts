import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Bus } from './events/bus.ts'
import type { Host } from './host/host.ts'
import { Catalogue, emptyCatalogue } from './models/stored-model.ts'
import type { Clock } from './rotation/clock.ts'
import { nodeFileSystem } from './vault/file-system.ts'
import type { DeriveKey } from './vault/passphrase.ts'
import { createReplaceableFile } from './vault/replace-file.ts'
import { createVault, type Vault } from './vault/vault.ts'

/** The vault of this host's data folder. */
export function openVault(
  host: Host,
  { clock, deriveKey, bus }: { clock: Clock; deriveKey: DeriveKey; bus: Bus },
): Promise<Vault<Catalogue>> {
  return createVault<Catalogue>({
    folder: host.dataFolder,
    fs: nodeFileSystem,
    clock,
    randomBytes,
    deriveKey,
    protectors: host.protectors,
    delay: delayOn(clock),
    metadata: { schema: Catalogue, empty: () => structuredClone(emptyCatalogue) },
    onChange: () => bus.publish({ kind: 'vault-changed' }),
  })
}

const maxSmallFileBytes = 64 * 1024 * 1024

const delayOn = (clock: Clock) => (ms: number) => new Promise<void>((resolve) => void clock.schedule(ms, resolve))

/** A small file in the data folder, which is the old one or the new one, never half of either. */
export function replaceableFile(host: Host, clock: Clock, name: string) {
  const path = join(host.dataFolder, name)
  return createReplaceableFile({ fs: nodeFileSystem, delay: delayOn(clock) }, path, maxSmallFileBytes)
}
