import { execFileSync } from 'node:child_process'
import * as nodeFs from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { absolutePath, lookAt } from '../../electron/transfer/destination.ts'
import { placedFileSystem } from '../../electron/transfer/placed-file-system.ts'
import { failureOf } from '../support/open-app.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const reasonOf = async (call: Promise<unknown>) => ((await failureOf(call)).data as { reason: string }).reason
const pathReason = (typed: string) => reasonOf((async () => absolutePath(typed, '/home/me'))())

describe('a typed path', () => {
  it('is taken from the home folder after ~, and made plain', () => {
    expect(absolutePath(' ~/work/.env ', '/home/me')).toBe('/home/me/work/.env')
    expect(absolutePath('/a/./b/../.env', '/home/me')).toBe('/a/.env')
  })

  it.each([
    ['.env', 'not-absolute'],
    ['./.env', 'not-absolute'],
    ['~you/.env', 'not-absolute'],
    ['/a\0b', 'not-absolute'],
    ['/a/', 'folder'],
  ])('%j is refused as %s', async (typed, reason) => {
    expect(await pathReason(typed)).toBe(reason)
  })
})

describe('what is at a path', () => {
  it('is read whole, with its mode and where a link leads', async () => {
    const folder = nodeFs.realpathSync(temporaryFolder())
    nodeFs.writeFileSync(join(folder, '.env'), 'A=1\n', { mode: 0o640 })
    nodeFs.symlinkSync(join(folder, '.env'), join(folder, 'link'))
    const place = await lookAt(placedFileSystem, join(folder, 'link'))
    expect(place).toMatchObject({ path: join(folder, 'link'), target: join(folder, '.env'), isLink: true })
    expect(place.present).toMatchObject({ bytes: Buffer.from('A=1\n'), placing: { mode: 0o640, links: 1 } })
  })

  it('may be nothing, in a folder that is there', async () => {
    const folder = nodeFs.realpathSync(temporaryFolder())
    const place = await lookAt(placedFileSystem, join(folder, 'new.env'))
    expect(place).toEqual({
      path: join(folder, 'new.env'),
      target: join(folder, 'new.env'),
      isLink: false,
      present: null,
    })
  })

  const rows: [string, (folder: string) => string, string][] = [
    ['a folder', (folder) => folder, 'folder'],
    ['a device', () => '/dev/null', 'not-a-file'],
    ['a pipe', (folder) => (execFileSync('mkfifo', [join(folder, 'pipe')]), join(folder, 'pipe')), 'not-a-file'],
    ['a link to nothing', (folder) => linked(folder, 'gone'), 'broken-link'],
    ['a link to itself', (folder) => linked(folder, 'link'), 'link-loop'],
    ['a path in no folder', (folder) => join(folder, 'no', 'such', '.env'), 'no-folder'],
    ['a path below a file', (folder) => join(written(folder, 'x'), '.env'), 'no-folder'],
    ['a file over 8 MiB', (folder) => written(folder, 'x'.repeat(8 * 1024 * 1024 + 1)), 'too-large'],
    ['a name that is too long', (folder) => join(folder, 'x'.repeat(300)), 'too-long'],
  ]
  it.each(rows)('that is %s is refused', async (_what, make, reason) => {
    expect(await reasonOf(lookAt(placedFileSystem, make(temporaryFolder())))).toBe(reason)
  })

  function linked(folder: string, to: string): string {
    nodeFs.symlinkSync(to, join(folder, 'link'))
    return join(folder, 'link')
  }
  function written(folder: string, text: string): string {
    nodeFs.writeFileSync(join(folder, 'file'), text)
    return join(folder, 'file')
  }

  it('that may not be read is refused', async () => {
    const fs = {
      ...placedFileSystem,
      open: () => Promise.reject(Object.assign(new Error('EACCES'), { code: 'EACCES' })),
    }
    expect(await reasonOf(lookAt(fs, written(temporaryFolder(), 'A=1')))).toBe('unreadable')
  })
})
