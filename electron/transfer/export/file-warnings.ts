import { basename, dirname, join, relative, sep } from 'node:path'
import type { FileWarning } from '../../../shared/export.ts'
import { kindAt, readWhole } from '../../vault/durable-file.ts'
import type { FileSystem } from '../../vault/file-system.ts'
import type { Destination } from '../destination.ts'

const othersRead = 0o044
const maxIgnoreBytes = 1024 * 1024

export interface AboutFile {
  readonly hasSecrets: boolean
  readonly replacesWhole: boolean
  readonly lostComments: readonly number[]
  /** Models whose extra headers are not written. */
  readonly lostHeaders: readonly string[]
}

/** What a person should know of the place before secrets go there. None of it stops the export. */
export async function fileWarnings(fs: FileSystem, place: Destination, about: AboutFile): Promise<FileWarning[]> {
  const { present, isLink, target } = place
  const warnings: FileWarning[] = []
  if (about.hasSecrets) warnings.push({ kind: 'plain-secrets' })
  if (about.lostComments.length > 0) warnings.push({ kind: 'lost-comments', lines: [...about.lostComments] })
  if (about.lostHeaders.length > 0) warnings.push({ kind: 'lost-headers', models: [...about.lostHeaders] })
  if (about.replacesWhole && present !== null) warnings.push({ kind: 'replaces-whole-file' })
  if (present !== null && (present.placing.mode & othersRead) !== 0) {
    warnings.push({ kind: 'others-can-read', mode: (present.placing.mode & 0o777).toString(8).padStart(3, '0') })
  }
  if (isLink) warnings.push({ kind: 'symlink', target })
  if (present !== null && present.placing.links > 1) warnings.push({ kind: 'hard-links', count: present.placing.links })
  const workTree = await workTreeOf(fs, dirname(target))
  if (workTree !== null && !(await isIgnored(fs, workTree, target))) warnings.push({ kind: 'not-ignored', workTree })
  return warnings
}

async function workTreeOf(fs: FileSystem, folder: string): Promise<string | null> {
  if ((await quietly(() => kindAt(fs, join(folder, '.git')))) !== null) return folder
  return dirname(folder) === folder ? null : workTreeOf(fs, dirname(folder))
}

/** By the patterns of the .gitignore files on the way down, the last that fits; what git knows beyond them, it knows alone. */
async function isIgnored(fs: FileSystem, workTree: string, target: string): Promise<boolean> {
  let ignored = false
  for (const folder of foldersBetween(workTree, dirname(target))) {
    for (const line of await ignoreLines(fs, folder)) {
      if (fits(line.replace(/^!/, ''), relative(folder, target))) ignored = !line.startsWith('!')
    }
  }
  return ignored
}

function foldersBetween(top: string, bottom: string): string[] {
  const steps = relative(top, bottom).split(sep).filter(Boolean)
  return [top, ...steps.map((_, index) => join(top, ...steps.slice(0, index + 1)))]
}

async function ignoreLines(fs: FileSystem, folder: string): Promise<string[]> {
  const read = await quietly(() => readWhole(fs, join(folder, '.gitignore'), maxIgnoreBytes))
  const text = read?.kind === 'bytes' ? read.bytes.toString('utf8') : ''
  return text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'))
}

function fits(pattern: string, path: string): boolean {
  const isAnchored = pattern.slice(0, -1).includes('/')
  const glob = pattern.trim().replace(/^\//, '').replace(/\/$/, '')
  const parts = path.split(sep)
  const candidates = isAnchored ? parts.map((_, index) => parts.slice(0, index + 1).join('/')) : parts
  const isFolderOnly = pattern.trim().endsWith('/')
  const own = isAnchored ? path.split(sep).join('/') : basename(path)
  const expression = new RegExp(`^${glob.split('**').map(ofStars).join('.*')}$`)
  return candidates.some((candidate, index) => {
    const isFile = index === candidates.length - 1 && candidate === own
    return !(isFolderOnly && isFile) && expression.test(candidate)
  })
}

const ofStars = (glob: string) =>
  glob
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]')

/** Whether git would take the file is a hint; what cannot be looked at gives none. */
async function quietly<T>(look: () => Promise<T>): Promise<T | null> {
  try {
    return await look()
  } catch {
    return null
  }
}
