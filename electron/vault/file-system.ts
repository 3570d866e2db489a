import type { FileHandle } from 'node:fs/promises'
import type { Stats } from 'node:fs'
import { constants } from 'node:fs'
import * as nodeFs from 'node:fs/promises'

/** What is at a path. `link` is only seen by `lstat`. */
export interface FileStat {
  readonly kind: 'file' | 'folder' | 'link' | 'other'
  readonly size: number
  readonly mode: number
  readonly uid: number
  readonly mtimeMs: number
}

export interface OpenFile {
  /** One write(2) of `bytes` from `offset` on: returns how many went in, which may be fewer than asked. */
  write(bytes: Uint8Array, offset: number): Promise<number>
  /** One read(2) into `bytes` from `offset` on, at `position` of the file. */
  read(bytes: Uint8Array, offset: number, position: number): Promise<number>
  stat(): Promise<FileStat>
  sync(): Promise<void>
  close(): Promise<void>
}

/**
 * The operations of the disk that the vault uses, one to one, so that tests can make any of them fail. Folders are
 * made 0700 and files 0600.
 */
export interface FileSystem {
  /** `create` fails when something is there; `folder` is for `sync` only. */
  open(path: string, how: 'create' | 'read' | 'folder'): Promise<OpenFile>
  lstat(path: string): Promise<FileStat>
  realpath(path: string): Promise<string>
  readdir(path: string): Promise<string[]>
  mkdir(path: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  link(from: string, to: string): Promise<void>
  unlink(path: string): Promise<void>
  touch(path: string, atMs: number): Promise<void>
}

function describe(stats: Stats): FileStat {
  const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : stats.isSymbolicLink() ? 'link' : 'other'
  return { kind, size: stats.size, mode: stats.mode & 0o777, uid: stats.uid, mtimeMs: stats.mtimeMs }
}

function openFile(handle: FileHandle): OpenFile {
  return {
    write: async (bytes, offset) => (await handle.write(bytes, offset, bytes.length - offset, null)).bytesWritten,
    read: async (bytes, offset, position) =>
      (await handle.read(bytes, offset, bytes.length - offset, position)).bytesRead,
    stat: async () => describe(await handle.stat()),
    sync: () => handle.sync(),
    close: () => handle.close(),
  }
}

// O_NONBLOCK: opening a FIFO put in the file's place must not hang. Windows does not have it.
const flags = {
  create: constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY,
  read: constants.O_RDONLY | (constants.O_NONBLOCK ?? 0),
  folder: constants.O_RDONLY,
}

export const nodeFileSystem: FileSystem = {
  open: async (path, how) => openFile(await nodeFs.open(path, flags[how], 0o600)),
  lstat: async (path) => describe(await nodeFs.lstat(path)),
  realpath: (path) => nodeFs.realpath(path),
  readdir: (path) => nodeFs.readdir(path),
  mkdir: async (path) => {
    await nodeFs.mkdir(path, { recursive: true, mode: 0o700 })
  },
  rename: (from, to) => nodeFs.rename(from, to),
  link: (from, to) => nodeFs.link(from, to),
  unlink: (path) => nodeFs.unlink(path),
  touch: (path, atMs) => nodeFs.utimes(path, atMs / 1000, atMs / 1000),
}
