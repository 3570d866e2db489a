import { describe, expect, it } from 'vitest'
import { createChooseFile } from '../../../electron/host/electron/choose-file.ts'

type Dialog = Parameters<typeof createChooseFile>[0]

/** A dialog that is answered with a path, or put aside. */
function aDialog(path: string | null) {
  const asked: string[] = []
  const dialog = {
    showOpenDialog: async () => {
      asked.push('open')
      return { canceled: path === null, filePaths: path === null ? [] : [path] }
    },
    showSaveDialog: async () => {
      asked.push('save')
      return { canceled: path === null, filePath: path ?? '' }
    },
  } as Dialog
  return { choose: createChooseFile(dialog), asked }
}

describe('the desktop’s dialog', () => {
  it('is the one for opening or for saving, and gives the path that was chosen', async () => {
    const { choose, asked } = aDialog('/home/me/.env')
    expect(await choose('open')).toBe('/home/me/.env')
    expect(await choose('save')).toBe('/home/me/.env')
    expect(asked).toEqual(['open', 'save'])
  })

  it('gives nothing when it was put aside', async () => {
    const { choose } = aDialog(null)
    expect([await choose('open'), await choose('save')]).toEqual([null, null])
  })
})
