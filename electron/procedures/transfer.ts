import type { ImportChoice, Imported, ImportPreview, LastImportView } from '../../shared/transfer.ts'
import type { Implementer } from './implementer.ts'

export interface TransferServices {
  imports: {
    preview: (bytes: Uint8Array) => ImportPreview
    apply: (choice: ImportChoice) => Promise<Imported>
    lastImport: () => LastImportView | null
    undo: () => Promise<void>
  }
}

export function transferProcedures(os: Implementer, { imports }: TransferServices) {
  return {
    transfer: {
      preview: os.transfer.preview.handler(({ input }) => imports.preview(Buffer.from(input.base64, 'base64'))),
      apply: os.transfer.apply.handler(({ input }) => imports.apply(input)),
      lastImport: os.transfer.lastImport.handler(() => imports.lastImport()),
      undoImport: os.transfer.undoImport.handler(() => imports.undo()),
    },
  }
}
