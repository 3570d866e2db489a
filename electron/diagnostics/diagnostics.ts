// What is saved is what was previewed, to the letter.
import { writeFile } from 'node:fs/promises'
import { Failure } from '../../shared/failure.ts'
import { notWritten } from '../transfer/write-destination.ts'
import { diagnosticReport, type DiagnosticFacts } from './report.ts'

export interface DiagnosticsDeps {
  facts: () => Promise<DiagnosticFacts>
  newId: () => string
  /** Where to write it; null when the person put the question aside. */
  choosePath: () => Promise<string | null>
}

export interface Diagnostics {
  preview: () => Promise<{ id: string; text: string; fileName: string }>
  save: (id: string) => Promise<string | null>
}

export const diagnosticLogLines = 200
const previewsKept = 4

export function createDiagnostics({ facts, newId, choosePath }: DiagnosticsDeps): Diagnostics {
  const previews = new Map<string, string>()
  return {
    async preview() {
      const known = await facts()
      const preview = { id: newId(), text: diagnosticReport(known), fileName: fileName(known.atMs) }
      previews.set(preview.id, preview.text)
      for (const id of [...previews.keys()].slice(0, -previewsKept)) previews.delete(id)
      return preview
    },
    async save(id) {
      const text = previews.get(id)
      if (text === undefined) throw new Failure('EXPORT_EXPIRED', {})
      const path = await choosePath()
      if (path === null) return null
      await writeFile(path, text, { mode: 0o600 }).catch((error: unknown) => {
        throw notWritten(error, null)
      })
      return path
    },
  }
}

/** By its date, as file names sort. */
const fileName = (atMs: number) => `keywheel-diagnostics-${new Date(atMs).toISOString().slice(0, 10)}.txt`
