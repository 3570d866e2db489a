import { create } from 'zustand'

/** A file or pasted text on its way to the import view. Its bytes go to main unchanged: only main reads them. */
export type OfferedFile = { kind: 'ready'; name: string; base64: string } | { kind: 'too-large'; name: string }

/** The same limit as main's, so that a huge file is refused before it is read. */
export const maxImportBytes = 8 * 1024 * 1024

function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => {
      const url = typeof reader.result === 'string' ? reader.result : ''
      resolve(url.slice(url.indexOf(',') + 1))
    })
    reader.addEventListener('error', () => reject(new Error('unreadable file')))
    reader.readAsDataURL(blob)
  })
}

export async function offeredFrom(blob: Blob, name: string): Promise<OfferedFile> {
  if (blob.size > maxImportBytes) return { kind: 'too-large', name }
  return { kind: 'ready', name, base64: await base64Of(blob) }
}

interface ImportInbox {
  offered: OfferedFile | null
  offer: (file: OfferedFile) => void
  /** Hands the file over and forgets it. */
  take: () => OfferedFile | null
}

export const useImportInbox = create<ImportInbox>((set, get) => ({
  offered: null,
  offer: (offered) => set({ offered }),
  take() {
    const { offered } = get()
    set({ offered: null })
    return offered
  },
}))
