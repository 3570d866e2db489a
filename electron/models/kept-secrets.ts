// Everything that the vault keeps sealed, told by fingerprints: keys, also those in the bin or replaced, the values of
// extra headers and the password of a proxy. None of it is opened for it.
import { isPublicHeader } from '../../shared/model-headers.ts'
import type { Vault } from '../vault/vault.ts'
import { secretsIn } from './secrets-in.ts'
import type { Catalogue } from './stored-model.ts'

/** Finds them in a text; none while the vault is closed. */
export function createKeptSecrets(
  vault: Pick<Vault<Catalogue>, 'isOpen' | 'read' | 'secrets' | 'fingerprint'>,
): (body: Uint8Array) => string[] {
  let known: { generation: number; savedAtMs: number; fingerprints: ReadonlySet<string> } | null = null

  /** Made anew after a save, and not for every text. */
  function fingerprints(): ReadonlySet<string> {
    const { generation, savedAtMs, metadata } = vault.read()
    if (known?.generation === generation && known.savedAtMs === savedAtMs) return known.fingerprints
    const isPublic = publicHeaders(metadata)
    const kept = vault.secrets().filter(({ id }) => !isPublic.has(id))
    known = { generation, savedAtMs, fingerprints: new Set(kept.map(({ fp }) => fp)) }
    return known.fingerprints
  }

  const keptAmong = (candidates: readonly string[]) => {
    if (candidates.length === 0 || !vault.isOpen()) return []
    const kept = fingerprints()
    return candidates.filter((candidate) => kept.has(vault.fingerprint(candidate)))
  }
  return (body) => secretsIn(body, keptAmong)
}

/** What says publicly who calls may be said in a text too. */
function publicHeaders({ models }: Catalogue): ReadonlySet<string> {
  const headers = models.flatMap((model) => [...model.headers, ...model.headersTakenAway])
  return new Set(headers.filter(({ name }) => isPublicHeader(name)).map(({ id }) => id))
}
