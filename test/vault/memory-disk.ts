import { dirname, join, resolve } from 'node:path'
import type { FileStat, FileSystem, OpenFile } from '../../electron/vault/file-system.ts'

interface Inode {
  kind: 'file' | 'folder'
  data: Buffer
  /** What a power cut leaves of the data for certain; null before the first fsync. */
  synced: Buffer | null
}

/** One change of names that a journalling file system makes whole or not at all, but not before the folder's fsync. */
interface NameChange {
  folder: string
  set: [path: string, inode: Inode][]
  removed: string[]
}

export type DiskImage = Map<string, Buffer | 'folder'>

const failed = (code: string) => Object.assign(new Error(code), { code })

/** A disk in memory that knows what would be left of it if the power failed now. */
export class MemoryDisk implements FileSystem {
  private readonly names = new Map<string, Inode>()
  private readonly lasting = new Map<string, Inode>()
  private pending: NameChange[] = []

  constructor(image: DiskImage = new Map()) {
    this.names.set('/', { kind: 'folder', data: Buffer.alloc(0), synced: null })
    for (const [path, content] of image) {
      const inode: Inode =
        content === 'folder'
          ? { kind: 'folder', data: Buffer.alloc(0), synced: null }
          : { kind: 'file', data: Buffer.from(content), synced: Buffer.from(content) }
      this.names.set(path, inode)
    }
    for (const [path, inode] of this.names) this.lasting.set(path, inode)
  }

  image(): DiskImage {
    return new Map([...this.names].map(([path, { kind, data }]) => [path, kind === 'folder' ? 'folder' : data]))
  }

  content(path: string): Buffer | undefined {
    return this.names.get(path)?.data
  }

  /** Changes the file in place, as a failing disk or another program would. */
  overwrite(path: string, data: Buffer) {
    this.names.set(path, { kind: 'file', data, synced: data })
    this.lasting.set(path, { kind: 'file', data, synced: data })
  }

  /**
   * Every legal state after a power cut now: any of the pending changes of names may have reached the disk, in order
   * but not all, and data that was not synced may be missing, there, torn at a sector or a page, or zero.
   */
  *afterPowerCut(): Generator<DiskImage> {
    for (let chosen = 0; chosen < 2 ** this.pending.length; chosen += 1) {
      const names = new Map(this.lasting)
      this.pending.forEach((change, nth) => {
        if ((chosen >> nth) & 1) applyTo(names, change)
      })
      for (const path of names.keys()) if (!isReachable(names, path)) names.delete(path)
      yield* withDataVariants(names)
    }
  }

  private inode(path: string): Inode {
    const inode = this.names.get(resolve(path))
    if (inode === undefined) throw failed('ENOENT')
    return inode
  }

  private change(change: NameChange) {
    applyTo(this.names, change)
    this.pending.push(change)
  }

  async open(path: string, how: 'create' | 'read' | 'folder'): Promise<OpenFile> {
    if (how !== 'create') return this.handle(path, this.inode(path))
    if (this.names.has(resolve(path))) throw failed('EEXIST')
    this.inode(dirname(path))
    const inode: Inode = { kind: 'file', data: Buffer.alloc(0), synced: null }
    this.change({ folder: dirname(path), set: [[resolve(path), inode]], removed: [] })
    return this.handle(path, inode)
  }

  private handle(path: string, inode: Inode): OpenFile {
    return {
      write: async (bytes, offset) => {
        inode.data = Buffer.concat([inode.data, bytes.subarray(offset)])
        return bytes.length - offset
      },
      read: async (bytes, offset, position) => inode.data.copy(bytes, offset, position),
      stat: async () => statOf(inode),
      sync: async () => {
        if (inode.kind === 'file') inode.synced = Buffer.from(inode.data)
        else this.syncNames(resolve(path))
      },
      close: async () => undefined,
    }
  }

  private syncNames(folder: string) {
    for (const change of this.pending) if (change.folder === folder) applyTo(this.lasting, change)
    this.pending = this.pending.filter((change) => change.folder !== folder)
  }

  lstat = async (path: string): Promise<FileStat> => statOf(this.inode(path))

  realpath = async (path: string) => {
    this.inode(path)
    return resolve(path)
  }

  readdir = async (path: string) => {
    this.inode(path)
    const inside = [...this.names.keys()].filter((name) => name !== '/' && dirname(name) === resolve(path))
    return inside.map((name) => name.slice(join(resolve(path), '/').length))
  }

  mkdir = async (path: string) => {
    if (this.names.has(resolve(path))) return
    await this.mkdir(dirname(path))
    const inode: Inode = { kind: 'folder', data: Buffer.alloc(0), synced: null }
    this.change({ folder: dirname(resolve(path)), set: [[resolve(path), inode]], removed: [] })
  }

  rename = async (from: string, to: string) => {
    const set: [string, Inode][] = [[resolve(to), this.inode(from)]]
    for (const [path, inode] of this.names) {
      if (path.startsWith(`${resolve(from)}/`)) set.push([resolve(to) + path.slice(resolve(from).length), inode])
    }
    const removed = [...this.names.keys()].filter(
      (path) => path === resolve(from) || path.startsWith(`${resolve(from)}/`),
    )
    this.change({ folder: dirname(to), set, removed })
  }

  link = async (from: string, to: string) => {
    if (this.names.has(resolve(to))) throw failed('EEXIST')
    this.change({ folder: dirname(to), set: [[resolve(to), this.inode(from)]], removed: [] })
  }

  unlink = async (path: string) => {
    this.inode(path)
    this.change({ folder: dirname(path), set: [], removed: [resolve(path)] })
  }

  touch = async (path: string) => void this.inode(path)
}

function applyTo(names: Map<string, Inode>, { set, removed }: NameChange) {
  for (const path of removed) names.delete(path)
  for (const [path, inode] of set) names.set(path, inode)
}

/** A file whose folder did not reach the disk is gone with it. */
const isReachable = (names: ReadonlyMap<string, Inode>, path: string): boolean =>
  path === '/' || (names.has(dirname(path)) && isReachable(names, dirname(path)))

const statOf = ({ kind, data }: Inode): FileStat => ({ kind, size: data.length, mode: 0o600, uid: 0, mtimeMs: 0 })

function* withDataVariants(names: ReadonlyMap<string, Inode>): Generator<DiskImage> {
  const base: DiskImage = new Map()
  const unsynced: [string, Buffer[]][] = []
  for (const [path, { kind, data, synced }] of names) {
    base.set(path, kind === 'folder' ? 'folder' : (synced ?? Buffer.alloc(0)))
    const isSafe = kind === 'folder' || (synced !== null && synced.equals(data))
    if (!isSafe) unsynced.push([path, variantsOf(data)])
  }
  yield base
  // One file is being written at a time, so the variants of several never meet.
  for (const [path, variants] of unsynced) for (const data of variants) yield new Map(base).set(path, data)
}

const variantsOf = (data: Buffer): Buffer[] => [
  data,
  data.subarray(0, 512),
  data.subarray(0, 4096),
  Buffer.concat([data.subarray(0, 512), Buffer.alloc(Math.max(0, data.length - 512))]),
  Buffer.alloc(data.length),
]
