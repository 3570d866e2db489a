// Before a file is changed what it held is kept, encrypted and in the data folder: never beside the file.
import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import { Failure } from '../../shared/failure.ts'
import { sha256 } from '../vault/cipher.ts'
import type { SealedFolder } from '../vault/sealed-folder.ts'

const keptPerPath = 10

const Head = z.object({ path: z.string(), savedAtMs: z.number() })
type Head = z.infer<typeof Head>

export interface EarlierVersion extends Head {
  readonly id: string
  readonly bytes: Buffer
}

export type EarlierVersions = ReturnType<typeof createEarlierVersions>

/** A name begins with a mark of the path, so that those of one path are found without opening any. */
const markOf = (path: string) => sha256(path).toString('hex').slice(0, 24)
const pattern = /^[0-9a-f]{24}-\d{13}-[0-9a-f]{8}\.sealed$/

/** Two of one millisecond, and a clock that was set back, still have an order: the newest must not be the one that goes. */
const savedAfter = (name: string) => Number(name.split('-')[1]) + 1

function encode(head: Head, bytes: Uint8Array): Buffer {
  const text = Buffer.from(JSON.stringify(head))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  return Buffer.concat([length, text, bytes])
}

function decode(id: string, plain: Buffer): EarlierVersion {
  const end = 4 + plain.readUInt32BE(0)
  const head = Head.parse(JSON.parse(plain.subarray(4, end).toString('utf8')))
  return { id, ...head, bytes: plain.subarray(end) }
}

export function createEarlierVersions({ sealed, wallMs }: { sealed: SealedFolder; wallMs: () => number }) {
  const names = async () =>
    (await sealed.names())
      .filter((name) => pattern.test(name))
      .toSorted()
      .toReversed()

  async function read(id: string): Promise<EarlierVersion | null> {
    const plain = await sealed.read(id)
    return plain === null ? null : decode(id, plain)
  }

  return {
    async keep(path: string, bytes: Uint8Array): Promise<void> {
      const mark = markOf(path)
      const ofPath = async () => (await names()).filter((name) => name.startsWith(mark))
      const [newest] = await ofPath()
      const savedAtMs = Math.max(Math.trunc(wallMs()), newest === undefined ? 0 : savedAfter(newest))
      const stamp = String(savedAtMs).padStart(13, '0')
      await sealed.keep(`${mark}-${stamp}-${randomBytes(4).toString('hex')}.sealed`, encode({ path, savedAtMs }, bytes))
      for (const name of (await ofPath()).slice(keptPerPath)) await sealed.remove(name)
    },

    /** Newest first; what was sealed under a key that this vault does not have is left alone and not listed. */
    async list(): Promise<EarlierVersion[]> {
      const found: EarlierVersion[] = []
      for (const name of await names()) {
        const version = await read(name)
        if (version !== null) found.push(version)
      }
      return found.toSorted((a, b) => b.savedAtMs - a.savedAtMs)
    },

    async find(id: string): Promise<EarlierVersion> {
      const version = pattern.test(id) ? await read(id) : null
      if (version === null) throw new Failure('EARLIER_VERSION_NOT_FOUND', {})
      return version
    },
  }
}
