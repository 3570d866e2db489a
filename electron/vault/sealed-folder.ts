// What is kept here of a person's files is ciphertext under a key of the vault, and opens only under the name it was kept by.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { makeFolder, namesIn, readWhole, removeQuietly, renameOver, syncFolder, writeNew } from './durable-file.ts'
import { hkdf, nonceBytes, open, seal, tagBytes } from './cipher.ts'
import type { FileSystem } from './file-system.ts'

export interface SealedFolderDeps {
  readonly fs: FileSystem
  readonly delay: (ms: number) => Promise<void>
  /** Where the files lie; made when the first is kept. */
  readonly folder: string
  /** The vault's key for kept files; fails while the vault is locked. */
  readonly key: () => Promise<Buffer>
}

const magic = Buffer.from('KWSEAL1\n')
const maxSealedBytes = 64 * 1024 * 1024

export type SealedFolder = ReturnType<typeof createSealedFolder>

export function createSealedFolder({ fs, delay, folder, key }: SealedFolderDeps) {
  const keyFor = async (name: string) => hkdf(await key(), 'keywheel/sealed-file', name)
  const aadOf = (name: string) => Buffer.concat([magic, Buffer.from(name)])

  return {
    names: () => namesIn(fs, folder),

    /** Keeps bytes under a name, in the place of what was kept under it. */
    async keep(name: string, bytes: Uint8Array): Promise<void> {
      const nonce = randomBytes(nonceBytes)
      const { ct, tag } = seal(await keyFor(name), nonce, aadOf(name), bytes)
      await makeFolder(fs, folder)
      const fresh = join(folder, `${name}.tmp-${randomBytes(6).toString('hex')}`)
      await writeNew(fs, fresh, Buffer.concat([magic, nonce, tag, ct]))
      try {
        await renameOver(fs, fresh, join(folder, name), delay)
      } catch (error) {
        await removeQuietly(fs, fresh)
        throw error
      }
      await syncFolder(fs, folder)
    },

    /** Null when nothing is kept under the name, or it does not open with this vault's key. */
    async read(name: string): Promise<Buffer | null> {
      const found = await readWhole(fs, join(folder, name), maxSealedBytes)
      if (found.kind !== 'bytes' || !found.bytes.subarray(0, magic.length).equals(magic)) return null
      const nonce = found.bytes.subarray(magic.length, magic.length + nonceBytes)
      const tag = found.bytes.subarray(magic.length + nonceBytes, magic.length + nonceBytes + tagBytes)
      const ct = found.bytes.subarray(magic.length + nonceBytes + tagBytes)
      return open(await keyFor(name), nonce, aadOf(name), { ct, tag })
    },

    remove: (name: string) => removeQuietly(fs, join(folder, name)),

    /** Keeps a file that does not open out of the way, under a name that is no other's. */
    setAside: (name: string, asName: string) => renameOver(fs, join(folder, name), join(folder, asName), delay),
  }
}
