import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

/** What is built is known by the contents of its sources: a checkout of another commit is stale, a mere touch is not. */
const sourceFolders = ['electron', 'renderer', 'shared']
const sourceFiles = ['vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json']

export type BuildOutcome = { readonly kind: 'built' | 'fresh' } | { readonly kind: 'failed'; readonly output: string }

const stampIn = (root: string) => join(root, 'dist', '.keywheel-build')

export async function buildWhenStale(root: string, aboutToBuild: () => void): Promise<BuildOutcome> {
  const wanted = await hashSources(root)
  const stamp = await readFile(stampIn(root), 'utf8').catch(() => '')
  if (stamp === wanted) return { kind: 'fresh' }
  aboutToBuild()
  return build(root)
}

/** Builds every bundle. The stamp goes first and comes back last, so that half a build is never taken for one. */
export async function build(root: string): Promise<BuildOutcome> {
  const hash = await hashSources(root)
  await rm(stampIn(root), { force: true })
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const { exitCode, output } = await run(process.execPath, [vite, 'build', '--app', '--logLevel', 'warn'], root)
  if (exitCode !== 0) return { kind: 'failed', output }
  await writeFile(stampIn(root), hash)
  return { kind: 'built' }
}

export async function hashSources(root: string): Promise<string> {
  const listed = await Promise.all(sourceFolders.map((folder) => filesIn(join(root, folder))))
  const paths = [...listed.flat(), ...sourceFiles.map((name) => join(root, name))].toSorted()
  const contents = await Promise.all(paths.map((path) => readFile(path)))
  const hash = createHash('sha256')
  for (const [index, path] of paths.entries()) {
    const content = contents[index] ?? Buffer.alloc(0)
    hash.update(`${relative(root, path).split(sep).join('/')}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

function run(program: string, args: readonly string[], cwd: string): Promise<{ exitCode: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part: string) => (output += part))
    }
    child.on('error', () => resolve({ exitCode: 1, output }))
    child.on('close', (code) => resolve({ exitCode: code ?? 1, output }))
  })
}
