import type { Stats } from 'node:fs'
import * as nodeFs from 'node:fs/promises'
import { nodeFileSystem, type FileSystem } from '../vault/file-system.ts'

/** Whose a file is and who may do what with it. */
export interface Placing {
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** How many names it has. */
  readonly links: number
}

/** The disk as a file of somebody else's program needs it: with owner and mode, which the vault's own files never have. */
export interface PlacedFileSystem extends FileSystem {
  placing(path: string): Promise<Placing>
  chown(path: string, uid: number, gid: number): Promise<void>
  chmod(path: string, mode: number): Promise<void>
}

const describe = ({ mode, uid, gid, nlink }: Stats): Placing => ({ mode: mode & 0o7777, uid, gid, links: nlink })

export const placedFileSystem: PlacedFileSystem = {
  ...nodeFileSystem,
  placing: async (path) => describe(await nodeFs.lstat(path)),
  chown: (path, uid, gid) => nodeFs.chown(path, uid, gid),
  chmod: (path, mode) => nodeFs.chmod(path, mode),
}
