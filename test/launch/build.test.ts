import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildWhenStale, hashSources } from '../../electron/launch/build.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** A project whose build tool is the given script. */
function aProject(buildTool = '') {
  const root = temporaryFolder()
  const write = (path: string, content: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  for (const name of ['vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json']) write(name, '{}')
  for (const name of ['electron/main.ts', 'renderer/main.tsx', 'shared/key.ts']) write(name, `// ${name}`)
  write('node_modules/vite/bin/vite.js', buildTool)
  write('dist/placeholder', '')
  return { root, write }
}

const countingTool = `require('node:fs').appendFileSync('builds', process.argv.slice(2).join(' ') + '\\n')`

describe('What was built', () => {
  it('is fresh until a source changes', async () => {
    const { root, write } = aProject(countingTool)
    const announced: string[] = []
    const build = () => buildWhenStale(root, () => announced.push('building'))
    expect(await build()).toEqual({ kind: 'built' })
    expect(await build()).toEqual({ kind: 'fresh' })
    write('renderer/main.tsx', '// changed')
    expect(await build()).toEqual({ kind: 'built' })
    expect(announced).toHaveLength(2)
  })

  it('is stale after a build that failed, whose words are kept', async () => {
    const { root, write } = aProject(`console.error('main.tsx: no such thing'); process.exit(1)`)
    const build = () => buildWhenStale(root, () => undefined)
    expect(await build()).toEqual({ kind: 'failed', output: 'main.tsx: no such thing\n' })
    write('node_modules/vite/bin/vite.js', countingTool)
    expect(await build()).toEqual({ kind: 'built' })
  })
})

describe('The sources', () => {
  it.each<[string, (root: string, write: (path: string, content: string) => void) => void]>([
    ['a file is edited', (_, write) => write('shared/key.ts', '//')],
    ['a file is added', (_, write) => write('electron/vault/new.ts', '')],
    ['a file is renamed', (root) => renameSync(join(root, 'shared/key.ts'), join(root, 'shared/lock.ts'))],
    ['a file is deleted', (root) => rmSync(join(root, 'shared/key.ts'))],
    ['another version of a package is asked for', (_, write) => write('package-lock.json', '{"a":1}')],
    [
      'bytes move from one file to the next',
      (_, write) => (write('shared/key.ts', ''), write('shared/kez.ts', '// shared/key.ts')),
    ],
  ])('are others when %s', async (_, change) => {
    const { root, write } = aProject()
    const before = await hashSources(root)
    change(root, write)
    expect(await hashSources(root)).not.toBe(before)
  })

  it('are the same after a mere touch, and whatever is in other folders', async () => {
    const { root, write } = aProject()
    const before = await hashSources(root)
    utimesSync(join(root, 'shared/key.ts'), new Date(0), new Date(0))
    write('test/something.test.ts', '')
    write('README.md', '')
    expect(await hashSources(root)).toBe(before)
  })
})
