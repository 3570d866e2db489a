import { startFailureCode } from '../error-code.ts'

/** Why there is no window, in one sentence of the system's language. Of an error only its code is shown. */
const texts = {
  en: {
    held: (pid: number) =>
      `Keywheel is already open with this data folder, in process ${pid}. Use it there, or end it first.`,
    failed: (code: string) => `Keywheel could not start (${code}).`,
  },
  'zh-CN': {
    held: (pid: number) => `Keywheel 已在进程 ${pid} 中打开了这个数据文件夹。请使用那里的窗口，或先结束该进程。`,
    failed: (code: string) => `Keywheel 无法启动（${code}）。`,
  },
}

/** The data folder is in use by another process. */
export class FolderHeldError extends Error {
  readonly pid: number
  constructor(pid: number) {
    super('FOLDER_HELD')
    this.name = 'FolderHeldError'
    this.pid = pid
  }
}

export function describeStartFailure(error: unknown, locale: string): string {
  const text = locale.toLowerCase().startsWith('zh') ? texts['zh-CN'] : texts.en
  return error instanceof FolderHeldError ? text.held(error.pid) : text.failed(startFailureCode(error))
}
