import * as z from 'zod'
import { LinkedFileId } from '../../../shared/linked-file.ts'
import type { SealedFolder } from '../../vault/sealed-folder.ts'

const Common = z.object({
  name: z.string(),
  provider: z.string().nullable().exactOptional(),
  apiBase: z.string().exactOptional(),
  temperature: z.number().nullable().exactOptional(),
  /** Marks, which tell keys apart and are none. */
  keys: z.array(z.string()).exactOptional(),
})

export const Link = z.object({
  id: LinkedFileId,
  path: z.string(),
  syncedAtMs: z.number(),
  base: z.array(Common),
})
export type Link = z.infer<typeof Link>

const name = 'linked-files.sealed'

/** The files that are watched, and what they and the vault last agreed on. */
export function createLinkList(sealed: SealedFolder) {
  return {
    async read(): Promise<Link[]> {
      const plain = await sealed.read(name)
      return plain === null ? [] : z.array(Link).parse(JSON.parse(plain.toString('utf8')))
    },
    write: (links: readonly Link[]): Promise<void> => sealed.keep(name, Buffer.from(JSON.stringify(links))),
  }
}
