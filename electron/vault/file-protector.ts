// The key file never lies in the vault's own folder, and is not used when anyone but its owner can read it.
import { join, relative, isAbsolute } from 'node:path'
import { Failure } from '../../shared/failure.ts'
import { keyBytes } from './cipher.ts'
import { makeFolder, readWhole, syncFolder, writeNew } from './durable-file.ts'
import type { FileSystem } from './file-system.ts'
import type { KeyProtector } from './key-protector.ts'
import { asFailure, isMissing } from './storage-error.ts'

export interface FileProtectorDeps {
  readonly fs: FileSystem
  /** Where key files lie. Whoever copies the data folder has not copied these. */
  readonly keyFolder: string
  readonly dataFolder: string
  readonly platform: NodeJS.Platform
  /** The numeric user id, undefined where there is none. */
  readonly uid: number | undefined
  readonly randomBytes: (size: number) => Buffer
}

const maxKeyFileBytes = 256
const keyFileName = /^[\w-]{1,80}\.key$/

/** Protects a vault by file permissions only; on Windows, which has none of this kind, it is not offered. */
export function createFileProtector(deps: FileProtectorDeps): KeyProtector {
  const { fs, keyFolder, platform, uid } = deps

  const isUsable = async (): Promise<boolean> => platform !== 'win32' && !(await isInsideDataFolder(deps))

  async function isPrivate(path: string): Promise<boolean> {
    const stat = await fs.lstat(path)
    const isOurs = uid === undefined || stat.uid === uid
    return stat.kind === 'file' && isOurs && (stat.mode & 0o077) === 0
  }

  async function readKek(name: string): Promise<Buffer | null> {
    const path = join(keyFolder, name)
    if (!keyFileName.test(name) || !(await isUsable()) || !(await isPrivate(path))) return null
    const read = await readWhole(fs, path, maxKeyFileBytes)
    if (read.kind !== 'bytes') return null
    const kek = Buffer.from(read.bytes.toString('latin1').trim(), 'base64url')
    read.bytes.fill(0)
    return kek.length === keyBytes ? kek : null
  }

  return {
    kind: 'file',
    isAvailable: isUsable,

    /** Each key gets a file of its own name: an older one is never replaced. */
    async keep(kek, vaultId) {
      if (!(await isUsable())) throw new Failure('PROTECTION_UNAVAILABLE', { protection: 'file' })
      const name = `${vaultId}-${deps.randomBytes(4).toString('hex')}.key`
      try {
        await makeFolder(fs, keyFolder)
        await writeNew(fs, join(keyFolder, name), Buffer.from(`${Buffer.from(kek).toString('base64url')}\n`))
        await syncFolder(fs, keyFolder)
      } catch (error) {
        throw asFailure(error)
      }
      return name
    },

    async recall(remembered) {
      try {
        return await readKek(remembered)
      } catch {
        // Away or unreadable today: the vault's other slots decide what to say, and nothing is deleted.
        return null
      }
    },
  }
}

async function isInsideDataFolder({ fs, keyFolder, dataFolder }: FileProtectorDeps): Promise<boolean> {
  const way = relative(await resolvedAsFarAsItExists(fs, dataFolder), await resolvedAsFarAsItExists(fs, keyFolder))
  return way === '' || (!way.startsWith('..') && !isAbsolute(way))
}

async function resolvedAsFarAsItExists(fs: FileSystem, path: string): Promise<string> {
  try {
    return await fs.realpath(path)
  } catch (error) {
    const parent = join(path, '..')
    if (!isMissing(error) || parent === path) throw error
    return join(await resolvedAsFarAsItExists(fs, parent), path.slice(parent.length).replace(/^[/\\]/, ''))
  }
}
