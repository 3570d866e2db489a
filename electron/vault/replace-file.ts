import { randomBytes } from 'node:crypto'
import { readWhole, removeQuietly, renameOver, syncFolderOf, writeNew } from './durable-file.ts'
import type { FileSystem } from './file-system.ts'

/** A small file beside the vault that is the old one or the new one, never half of either. It holds no secret. */
export function createReplaceableFile(
  deps: { fs: FileSystem; delay: (ms: number) => Promise<void> },
  path: string,
  maxBytes: number,
) {
  const { fs, delay } = deps
  return {
    async read(): Promise<Uint8Array | null> {
      const read = await readWhole(fs, path, maxBytes)
      return read.kind === 'bytes' ? read.bytes : null
    },
    async write(bytes: Uint8Array): Promise<void> {
      const fresh = `${path}.tmp-${randomBytes(6).toString('hex')}`
      await writeNew(fs, fresh, bytes)
      try {
        await renameOver(fs, fresh, path, delay)
      } catch (error) {
        await removeQuietly(fs, fresh)
        throw error
      }
      await syncFolderOf(fs, path)
    },
  }
}
