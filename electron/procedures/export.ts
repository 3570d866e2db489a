import type { Exports } from '../transfer/export/exports.ts'
import type { Implementer } from './implementer.ts'

export interface ExportServices {
  exports: Exports
  chooseFile: (purpose: 'open' | 'save') => Promise<string | null>
}

export function exportProcedures(os: Implementer, { exports, chooseFile }: ExportServices) {
  return {
    export: {
      preview: os.export.preview.handler(({ input }) => exports.preview(input.choice, input.whole)),
      reveal: os.export.reveal.handler(({ input }) => exports.reveal(input.id, input.whole)),
      write: os.export.write.handler(({ input }) => exports.write(input.id)),
      take: os.export.take.handler(({ input }) => exports.take(input.content, input.how)),
      earlier: os.export.earlier.handler(() => exports.earlier()),
      previewEarlier: os.export.previewEarlier.handler(({ input }) => exports.previewEarlier(input.id, input.whole)),
      chooseFile: os.export.chooseFile.handler(async ({ input }) => ({ path: await chooseFile(input.purpose) })),
    },
  }
}
