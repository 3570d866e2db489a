import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { Catalogue, emptyCatalogue } from '../../../electron/models/stored-model.ts'
import { systemClock } from '../../../electron/rotation/system-clock.ts'
import { nodeFileSystem } from '../../../electron/vault/file-system.ts'
import { scryptKey } from '../../../electron/vault/passphrase.ts'
import { reservedBytes } from '../../../electron/vault/session.ts'
import { maxBodyBytes } from '../../../electron/vault/vault-file.ts'
import { createVault } from '../../../electron/vault/vault.ts'

/** Base64, in which a sealed secret lies, makes four characters of three bytes. */
const fillingBytes = Math.floor(((maxBodyBytes - reservedBytes / 2) * 3) / 4)

/** Fills a vault, while no application has it open, with a secret that belongs to no model: the next key is too many. */
export async function fillVault(folder: string, passphrase: string): Promise<void> {
  const vault = await createVault<Catalogue>({
    folder,
    fs: nodeFileSystem,
    clock: systemClock,
    randomBytes,
    deriveKey: scryptKey,
    protectors: [],
    delay,
    metadata: { schema: Catalogue, empty: () => structuredClone(emptyCatalogue) },
    onChange: () => undefined,
  })
  await vault.unlock({ passphrase })
  const place = { recordId: 'filling', allowedHosts: ['api.example.com'] }
  // Only what takes the place of a secret goes into the reserve, which no key that is added does.
  await vault.commit((draft) => draft.sealSecret('a filling', place))
  await vault.commit((draft) => draft.sealSecret(Buffer.alloc(fillingBytes), place))
  await vault.lock()
}
