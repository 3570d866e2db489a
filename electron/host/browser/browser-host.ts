import type { Folders, Machine } from '../data-folder.ts'
import type { Host } from '../host.ts'
import { keyFileProtector } from '../key-file.ts'
import { createSettingsFile } from '../settings-file.ts'
import { systemLocale } from './system-locale.ts'

/** What the application finds when it runs in plain Node and shows itself in a browser. */
export function createBrowserHost(folders: Folders, { platform, env, homeFolder }: Machine): Host {
  return {
    kind: 'browser',
    dataFolder: folders.data,
    homeFolder,
    locale: systemLocale(env, Intl.DateTimeFormat().resolvedOptions().locale),
    canClearClipboard: false,
    protectors: [keyFileProtector(folders, platform)],
    settings: createSettingsFile(folders.data),
  }
}
