// Each document is a file of its own, encrypted under a key that only the open vault has.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { hkdf } from '../vault/cipher.ts'
import { kindAt } from '../vault/durable-file.ts'
import type { FileSystem } from '../vault/file-system.ts'
import { createSealedFolder, type SealedFolder } from '../vault/sealed-folder.ts'
import type { Shelf } from './shelf.ts'

export interface SealedShelfDeps {
  readonly fs: FileSystem
  readonly delay: (ms: number) => Promise<void>
  readonly folder: string
  /** The vault's key for kept files; fails while the vault is locked. */
  readonly filesKey: () => Promise<Buffer>
}

const ending = '.sealed'
const asideMark = '.damaged-'
/** A kill in the middle of a save leaves the new file under such a name; the old one still has its own. */
const halfMark = '.tmp-'
const markBytes = 8

export function createSealedShelf(deps: SealedShelfDeps): Shelf {
  const key = async () => hkdf(await deps.filesKey(), '', 'keywheel/conversations')

  /**
   * The folder's name is a mark of the key: after a backup of the vault with another key was restored, what the former
   * key sealed is not taken for damaged, and is there again when that vault is.
   */
  async function opened(): Promise<SealedFolder> {
    const mark = hkdf(await deps.filesKey(), '', 'keywheel/conversations-mark', markBytes).toString('hex')
    return createSealedFolder({ ...deps, folder: join(deps.folder, mark), key })
  }

  /** Until something was kept there is nothing to be found, and the vault need not make a key for it. */
  const isThere = async () => (await kindAt(deps.fs, deps.folder)) !== null
  const allNames = async () => ((await isThere()) ? (await opened()).names() : [])

  return {
    kept: 'vault',
    async names() {
      const found = await allNames()
      for (const name of found) if (name.includes(halfMark)) await (await opened()).remove(name)
      return found.filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length))
    },
    async read(name) {
      if (!(await isThere())) return undefined
      const plain = await (await opened()).read(name + ending)
      return plain === null ? undefined : JSON.parse(plain.toString('utf8'))
    },
    keep: async (name, document) => (await opened()).keep(name + ending, Buffer.from(JSON.stringify(document))),
    remove: async (name) => (await opened()).remove(name + ending),
    setAside: async (name) =>
      (await opened()).setAside(name + ending, `${name}${asideMark}${randomBytes(4).toString('hex')}`),
    damaged: async () => (await allNames()).filter((name) => name.includes(asideMark)).length,
  }
}
