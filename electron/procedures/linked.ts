import type { LinkedFiles } from '../transfer/linked/linked-files.ts'
import type { Implementer } from './implementer.ts'

export interface LinkedServices {
  linkedFiles: LinkedFiles
}

export function linkedProcedures(os: Implementer, { linkedFiles: files }: LinkedServices) {
  return {
    linked: {
      list: os.linked.list.handler(() => files.list()),
      check: os.linked.check.handler(() => files.check()),
      add: os.linked.add.handler(({ input }) => files.add(input.path)),
      remove: os.linked.remove.handler(({ input }) => files.remove(input.id)),
      differences: os.linked.differences.handler(({ input }) => files.differences(input.id)),
      apply: os.linked.apply.handler(({ input }) =>
        files.apply(input.id, input.mark, input.choices, input.allowNewHost),
      ),
    },
  }
}
