import { readdir, readFile, readlink } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** The program that listens on a port, as far as this user may know. */
export interface PortHolder {
  readonly pid: number
  readonly program: string
}

const listening = '0A'

/** Asks Linux's /proc; on other systems, and about other users' programs, nobody can be named. */
export async function findPortHolder(port: number, procFolder = '/proc'): Promise<PortHolder | null> {
  const inodes = await listeningInodes(port, procFolder)
  if (inodes.size === 0) return null
  const pids = (await readdir(procFolder)).filter((name) => /^\d+$/.test(name))
  for (const pid of pids) {
    if (await holdsSocket(join(procFolder, pid, 'fd'), inodes)) {
      return { pid: Number(pid), program: await programOf(join(procFolder, pid)) }
    }
  }
  return null
}

/** As it was called: the name that a process gives itself may be that of a thread, as with Node. */
async function programOf(folder: string): Promise<string> {
  const [called = ''] = (await readOrEmpty(join(folder, 'cmdline'))).split('\0')
  return basename(called) || (await readOrEmpty(join(folder, 'comm'))).trim()
}

async function listeningInodes(port: number, procFolder: string): Promise<Set<string>> {
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readOrEmpty(join(procFolder, 'net', name))))
  const rows = tables.flatMap((table) => table.split('\n').slice(1)).map((line) => line.trim().split(/\s+/))
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0')
  return new Set(
    rows
      .filter((row) => row[1]?.endsWith(`:${hexPort}`) && row[3] === listening)
      .flatMap((row) => (row[9] === undefined ? [] : [row[9]])),
  )
}

async function holdsSocket(fdFolder: string, inodes: ReadonlySet<string>): Promise<boolean> {
  // Another user's descriptors, and those of a process that just ended, cannot be read: then it is not known to hold it.
  const names = await readdir(fdFolder).catch(() => [])
  const links = await Promise.all(names.map((name) => readlink(join(fdFolder, name)).catch(() => '')))
  return links.some((link) => inodes.has(/^socket:\[(\d+)\]$/.exec(link)?.[1] ?? ''))
}

const readOrEmpty = (path: string) => readFile(path, 'utf8').catch(() => '')
