import * as nodeFs from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { watchFolder } from '../../../electron/transfer/linked/watch-folder.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** Resolves when something in the folder changes. */
function nextChange(folder: string): Promise<void> {
  return new Promise((resolve) => {
    onTestFinished(watchFolder(folder, () => resolve()))
  })
}

describe('a watched folder', () => {
  it.each([
    ['is written in place', (path: string) => nodeFs.writeFileSync(path, 'A=2\n')],
    [
      'is replaced by another',
      (path: string) => (nodeFs.writeFileSync(`${path}.new`, 'A=2\n'), nodeFs.renameSync(`${path}.new`, path)),
    ],
    ['is deleted', (path: string) => nodeFs.rmSync(path)],
  ])('tells when a file in it %s', async (_what, change) => {
    const path = join(temporaryFolder(), '.env')
    nodeFs.writeFileSync(path, 'A=1\n')
    const changed = nextChange(join(path, '..'))
    change(path)
    await expect(changed).resolves.toBeUndefined()
  })

  it('that is not there tells nothing, and is no failure', () => {
    expect(() => watchFolder('/no/such/folder', () => {})()).not.toThrow()
  })
})
