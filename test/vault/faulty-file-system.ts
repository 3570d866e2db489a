import type { FileSystem, OpenFile } from '../../electron/vault/file-system.ts'

export interface Fault {
  /** Which operation fails, counted from 1. */
  nth: number
  code: string
  /** A disk that stays broken, or one that works again at the next operation. */
  lasting: boolean
}

/** Lets each operation through to another file system, or fails it. */
export function aFaultyFileSystem(inner: FileSystem) {
  const state = {
    operations: 0,
    fired: 0,
    fault: null as Fault | null,
    /** How many of the bytes asked for one write takes. */
    takes: (asked: number) => asked,
    /** Called before each operation; `done` counts those before it. */
    before: (_done: number) => undefined as void,
  }

  async function attempt<T>(run: () => Promise<T>): Promise<T> {
    state.before(state.operations)
    state.operations += 1
    const { fault } = state
    if (fault !== null && (fault.lasting ? state.operations >= fault.nth : state.operations === fault.nth)) {
      state.fired += 1
      throw Object.assign(new Error(`${fault.code}: a secret path`), { code: fault.code })
    }
    return run()
  }

  const openFile = (file: OpenFile): OpenFile => ({
    write: (bytes, offset) =>
      attempt(() => file.write(bytes.subarray(0, offset + state.takes(bytes.length - offset)), offset)),
    read: (bytes, offset, position) => attempt(() => file.read(bytes, offset, position)),
    stat: () => attempt(() => file.stat()),
    sync: () => attempt(() => file.sync()),
    // The descriptor is closed even when close reports an error, as close(2) does.
    close: () => file.close().then(() => attempt(() => Promise.resolve())),
  })

  const fs: FileSystem = {
    open: (path, how) => attempt(async () => openFile(await inner.open(path, how))),
    lstat: (path) => attempt(() => inner.lstat(path)),
    realpath: (path) => attempt(() => inner.realpath(path)),
    readdir: (path) => attempt(() => inner.readdir(path)),
    mkdir: (path) => attempt(() => inner.mkdir(path)),
    rename: (from, to) => attempt(() => inner.rename(from, to)),
    link: (from, to) => attempt(() => inner.link(from, to)),
    unlink: (path) => attempt(() => inner.unlink(path)),
    touch: (path, atMs) => attempt(() => inner.touch(path, atMs)),
  }

  const restart = (fault: Fault | null) => Object.assign(state, { operations: 0, fired: 0, fault })
  return { fs, state, restart }
}
