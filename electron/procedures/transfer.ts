import type { ImportPreview } from '../../shared/transfer.ts'
import type { Implementer } from './implementer.ts'

export interface TransferServices {
  imports: {
    preview: (bytes: Uint8Array) => ImportPreview
    apply: (id: string, models: readonly string[], allowNewHost: boolean) => Promise<{ models: number; keys: number }>
  }
}

export function transferProcedures(os: Implementer, { imports }: TransferServices) {
  return {
    transfer: {
      preview: os.transfer.preview.handler(({ input }) => imports.preview(Buffer.from(input.base64, 'base64'))),
      apply: os.transfer.apply.handler(({ input }) => imports.apply(input.id, input.models, input.allowNewHost)),
    },
  }
}
