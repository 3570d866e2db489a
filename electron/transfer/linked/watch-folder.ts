import { watch, type FSWatcher } from 'node:fs'

/** Tells that something in a folder may have changed; returns what ends it. */
export type WatchFolder = (folder: string, changed: () => void) => () => void

/**
 * A folder and not the file in it: whoever saves by renaming puts another file in its place. Where watching is not to
 * be had (a network disk, no more watches) the file is still looked at when the page asks.
 */
export const watchFolder: WatchFolder = (folder, changed) => {
  let watcher: FSWatcher
  try {
    watcher = watch(folder, { persistent: false }, changed)
  } catch {
    return () => {}
  }
  watcher.on('error', () => watcher.close())
  return () => watcher.close()
}
