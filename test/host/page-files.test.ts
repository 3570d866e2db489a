import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findPageFile, readPageFiles } from '../../electron/host/page-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

async function aPage() {
  const root = temporaryFolder()
  const folder = join(root, 'page')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'assets', 'index-abc.js'), 'export {}')
  writeFileSync(join(folder, 'assets', 'source.js.map'), '{}')
  writeFileSync(join(folder, '.env'), 'SECRET=1')
  writeFileSync(join(root, 'secret.json'), '{}')
  symlinkSync(join(root, 'secret.json'), join(folder, 'linked.json'))
  return readPageFiles(folder)
}

describe('The files of the page', () => {
  it('are found by their address, and the page itself at the root', async () => {
    const files = await aPage()
    expect(findPageFile(files, '/')).toBe(findPageFile(files, '/index.html'))
    expect(findPageFile(files, '/?a=1')?.type).toBe('text/html; charset=utf-8')
    expect(findPageFile(files, '/assets/index-abc.js')?.type).toBe('text/javascript; charset=utf-8')
  })

  it('are those of known kinds that really lie in the folder', async () => {
    expect([...(await aPage()).keys()].toSorted()).toEqual(['/assets/index-abc.js', '/index.html'])
  })

  it.each([
    '',
    '..',
    '/..',
    '/../secret.json',
    '/assets/../index.html',
    '/./index.html',
    '//index.html',
    '/index.html/',
    '/%69ndex.html',
    '/assets%2findex-abc.js',
    '\\index.html',
    '/index.html\u0000',
    '/linked.json',
    '/.env',
    '/__proto__',
    '/constructor',
  ])('are not found at %j', async (target) => {
    expect(findPageFile(await aPage(), target)).toBeUndefined()
  })
})
