import type { AppInfo } from '../../shared/contract.ts'
import type { Host } from './host.ts'

/** What the page has to know of where it runs. */
export function appInfo(host: Host, version: string): AppInfo {
  return {
    host: host.kind,
    version,
    dataFolder: host.dataFolder,
    language: host.locale.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en',
    canClearClipboard: host.canClearClipboard,
    canChooseFile: host.chooseFile !== undefined,
    canNotify: host.notify !== undefined,
    canOpenFolder: host.openFolder !== undefined,
  }
}
