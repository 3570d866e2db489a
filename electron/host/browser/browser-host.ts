import { randomBytes } from 'node:crypto'
import process from 'node:process'
import { createFileProtector } from '../../vault/file-protector.ts'
import { nodeFileSystem } from '../../vault/file-system.ts'
import type { Folders, Machine } from '../data-folder.ts'
import type { Host } from '../host.ts'
import { createSettingsFile } from '../settings-file.ts'
import { systemLocale } from './system-locale.ts'

/** What the application finds when it runs in plain Node and shows itself in a browser. */
export function createBrowserHost(folders: Folders, { platform, env }: Machine): Host {
  const fileProtector = createFileProtector({
    fs: nodeFileSystem,
    keyFolder: folders.keys,
    dataFolder: folders.data,
    platform,
    uid: process.getuid?.(),
    randomBytes,
  })
  return {
    kind: 'browser',
    dataFolder: folders.data,
    locale: systemLocale(env, Intl.DateTimeFormat().resolvedOptions().locale),
    canClearClipboard: false,
    protectors: [fileProtector],
    settings: createSettingsFile(folders.data),
  }
}
