import type { DslightingChecks } from '../transfer/dslighting-checks.ts'
import type { Implementer } from './implementer.ts'

export interface DslightingServices {
  dslightingChecks: DslightingChecks
}

export function dslightingProcedures(os: Implementer, { dslightingChecks: checks }: DslightingServices) {
  return {
    dslighting: {
      check: os.dslighting.check.handler(({ input }) =>
        checks.check(Buffer.from(input.base64, 'base64'), input.fileName),
      ),
      checkExport: os.dslighting.checkExport.handler(() => checks.checkExport()),
      fix: os.dslighting.fix.handler(({ input }) => checks.fix(input.id, input.trap)),
      fixAll: os.dslighting.fixAll.handler(({ input }) => checks.fixAll(input.id)),
      text: os.dslighting.text.handler(({ input }) => checks.text(input.id)),
    },
  }
}
