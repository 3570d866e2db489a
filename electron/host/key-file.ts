import { randomBytes } from 'node:crypto'
import process from 'node:process'
import { createFileProtector } from '../vault/file-protector.ts'
import { nodeFileSystem } from '../vault/file-system.ts'
import type { KeyProtector } from '../vault/key-protector.ts'
import type { Folders, Machine } from './data-folder.ts'

/** The key file of this machine's vault, the same in either host: a vault that one made opens in the other. */
export function keyFileProtector(folders: Folders, platform: Machine['platform']): KeyProtector {
  return createFileProtector({
    fs: nodeFileSystem,
    keyFolder: folders.keys,
    dataFolder: folders.data,
    platform,
    uid: process.getuid?.(),
    randomBytes,
  })
}
