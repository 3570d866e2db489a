import { dirname } from 'node:path'
import type { WatchFolder } from './watch-folder.ts'

export interface WatchedFile {
  /** Where the bytes lie now, another folder when the path is a symlink; null when there is no file. */
  follow: (target: string | null) => void
  end: () => void
}

/** Watches the folder of a path, and the one that a symlink there leads to: a change of either changes the file. */
export function watchFile(watch: WatchFolder, path: string, changed: () => void): WatchedFile {
  const ends = new Map<string, () => void>()

  function end(): void {
    for (const stop of ends.values()) stop()
    ends.clear()
  }

  function follow(target: string | null): void {
    // The folder itself may have gone, and another of its name come: what was watched then tells nothing any more.
    if (target === null) end()
    const folders = new Set([dirname(path), ...(target === null ? [] : [dirname(target)])])
    for (const [folder, stop] of ends) {
      if (folders.has(folder)) continue
      stop()
      ends.delete(folder)
    }
    for (const folder of folders) if (!ends.has(folder)) ends.set(folder, watch(folder, changed))
  }

  follow(path)
  return { follow, end }
}
