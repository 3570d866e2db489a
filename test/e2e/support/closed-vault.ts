// A vault as it may be after years, made between two starts of the application, while none has it open.
import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { Catalogue, emptyCatalogue } from '../../../electron/models/stored-model.ts'
import { systemClock } from '../../../electron/rotation/system-clock.ts'
import type { Draft } from '../../../electron/vault/draft.ts'
import { nodeFileSystem } from '../../../electron/vault/file-system.ts'
import { scryptKey } from '../../../electron/vault/passphrase.ts'
import { reservedBytes } from '../../../electron/vault/session.ts'
import { maxBodyBytes } from '../../../electron/vault/vault-file.ts'
import { createVault } from '../../../electron/vault/vault.ts'
import { HeaderId } from '../../../shared/identity.ts'
import { passphrase } from './keywheel.ts'

/** Each change is a save of its own. */
async function changeVault(folder: string, changes: readonly ((draft: Draft<Catalogue>) => void)[]): Promise<void> {
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
  for (const change of changes) await vault.commit(change)
  await vault.lock()
}

/** Base64, in which a sealed secret lies, makes four characters of three bytes. */
const fillingBytes = Math.floor(((maxBodyBytes - reservedBytes / 2) * 3) / 4)

/** With a secret that belongs to no model: the next key is too many. */
export function fillVault(folder: string): Promise<void> {
  const place = { recordId: 'filling', allowedHosts: ['api.example.com'] }
  // Only what takes the place of a secret goes into the reserve, which no key that is added does.
  return changeVault(folder, [
    (draft) => void draft.sealSecret('a filling', place),
    (draft) => void draft.sealSecret(Buffer.alloc(fillingBytes), place),
  ])
}

/** Headers `X-1` to `X-<count>` of the first model. */
export const addHeaders = (folder: string, count: number): Promise<void> =>
  changeVault(folder, [
    (draft) => {
      const [model] = draft.metadata.models
      if (model === undefined) throw new Error('There is no model to add headers to')
      for (let number = 1; number <= count; number += 1) {
        const id = HeaderId.parse(`header-${number}`)
        model.headers.push({ id, name: `X-${number}`, lastFour: '' })
        draft.sealSecret(`value ${number}`, { recordId: id, allowedHosts: [new URL(model.apiBase).host] })
      }
    },
  ])
