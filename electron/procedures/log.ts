import type { LogTail } from '../../shared/log.ts'
import type { Diagnostics } from '../diagnostics/diagnostics.ts'
import type { Implementer } from './implementer.ts'

export interface LogServices {
  appLog: { tail: (lines: number) => Promise<LogTail> }
  diagnostics: Diagnostics
}

export function logProcedures(os: Implementer, { appLog, diagnostics }: LogServices) {
  return {
    log: { tail: os.log.tail.handler(({ input }) => appLog.tail(input.lines)) },
    diagnostics: {
      preview: os.diagnostics.preview.handler(() => diagnostics.preview()),
      save: os.diagnostics.save.handler(async ({ input }) => ({ path: await diagnostics.save(input.id) })),
    },
  }
}
