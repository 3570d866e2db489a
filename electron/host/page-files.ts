import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

/**
 * What is served is decided once, from a listing of the built page; a request's path is only ever looked up in that
 * list and never becomes a path on the disk, so no path can escape from it.
 */
export interface PageFile {
  readonly type: string
  readonly bytes: Buffer
}
export type PageFiles = ReadonlyMap<string, PageFile>

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webp': 'image/webp',
}

/** Reads the page's files under their address (`/assets/index.js`); kinds that are not on the list are left out. */
export async function readPageFiles(folder: string): Promise<PageFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && extname(entry.name) in contentTypes)
  return new Map(
    await Promise.all(
      files.map(async (entry): Promise<[string, PageFile]> => {
        const path = join(entry.parentPath, entry.name)
        const type = contentTypes[extname(entry.name)] ?? ''
        return [`/${relative(folder, path).split(sep).join('/')}`, { type, bytes: await readFile(path) }]
      }),
    ),
  )
}

/** The file at this address; `/` is the page itself. Only the plain spelling of an address names a file. */
export function findPageFile(files: PageFiles, target: string): PageFile | undefined {
  const [path = ''] = target.split('?', 1)
  return files.get(path === '/' ? '/index.html' : path)
}
