import type { Dialog } from 'electron'

/** Asks for a `.env` that is there, or for a place for one, in the system's own dialog; its hidden files are shown. */
export function createChooseFile(dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>) {
  return async (purpose: 'open' | 'save' | 'replace'): Promise<string | null> => {
    if (purpose === 'open') {
      const { canceled, filePaths } = await dialog.showOpenDialog({
        properties: ['openFile', 'showHiddenFiles', 'dontAddToRecent'],
      })
      return canceled ? null : (filePaths[0] ?? null)
    }
    // To save overwrites nothing here: what is in the file is shown, and asked about, before anything is written.
    const { canceled, filePath } = await dialog.showSaveDialog({
      properties: [
        'showHiddenFiles',
        'createDirectory',
        'dontAddToRecent',
        ...(purpose === 'replace' ? ['showOverwriteConfirmation' as const] : []),
      ],
    })
    return canceled || filePath === '' ? null : filePath
  }
}
