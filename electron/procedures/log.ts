import type { LogTail } from '../../shared/log.ts'
import type { Implementer } from './implementer.ts'

export interface LogServices {
  appLog: { tail: (lines: number) => Promise<LogTail> }
}

export function logProcedures(os: Implementer, { appLog }: LogServices) {
  return { log: { tail: os.log.tail.handler(({ input }) => appLog.tail(input.lines)) } }
}
