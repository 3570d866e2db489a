import { errorCode, startFailureCode } from '../error-code.ts'

/** Why there is no window, in one sentence of the system's language. Of an error only its code is shown. */
const texts = {
  en: {
    held: (pid: number) =>
      `Keywheel is already open with this data folder, in process ${pid}. Use it there, or end it first.`,
    switchRefused: (name: string) => `Keywheel does not run with --${name}. Start it without.`,
    failed: (code: string) => `Keywheel could not start (${code}).`,
    stopped: (code: string) =>
      `Keywheel came upon a fault of its own (${code}) and has stopped. What was saved is safe; start it again.`,
  },
  'zh-CN': {
    held: (pid: number) => `Keywheel 已在进程 ${pid} 中打开了这个数据文件夹。请使用那里的窗口，或先结束该进程。`,
    switchRefused: (name: string) => `Keywheel 不能带 --${name} 运行。请去掉该参数后再启动。`,
    failed: (code: string) => `Keywheel 无法启动（${code}）。`,
    stopped: (code: string) => `Keywheel 遇到内部故障（${code}），已停止运行。已保存的内容不受影响，请重新启动。`,
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

/** A switch would open the application to others. */
export class SwitchRefusedError extends Error {
  readonly switchName: string
  constructor(switchName: string) {
    super('SWITCH_REFUSED')
    this.name = 'SwitchRefusedError'
    this.switchName = switchName
  }
}

const textsOf = (locale: string) => (locale.toLowerCase().startsWith('zh') ? texts['zh-CN'] : texts.en)

/** What is said when the application cannot go on. */
export const describeFault = (error: unknown, locale: string): string =>
  textsOf(locale).stopped(errorCode(error) ?? 'FAULT')

export function describeStartFailure(error: unknown, locale: string): string {
  const text = textsOf(locale)
  if (error instanceof SwitchRefusedError) return text.switchRefused(error.switchName)
  return error instanceof FolderHeldError ? text.held(error.pid) : text.failed(startFailureCode(error))
}
