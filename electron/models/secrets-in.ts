// Secrets of the vault that stand in a text, found by their fingerprints: none of them is opened for it.

/** What a secret is made of, with what may stand before or after one. */
const runs = /[\w.~+/=:@-]{8,512}/g
/** Of more, as in a long document, the first ones are looked at. */
const mostRuns = 5_000
const searchedBytes = 1 << 20

export function secretsIn(body: Uint8Array, keptAmong: (candidates: readonly string[]) => string[]): string[] {
  const text = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, searchedBytes)).toString()
  return keptAmong(candidatesIn(text.replaceAll(/\\[bfnrt"\\]/g, ' ')))
}

/** Each run as it stands, without the punctuation around it, and what a `NAME=value` or an address is made of. */
function candidatesIn(text: string): string[] {
  const found = new Set<string>()
  for (const [run] of text.matchAll(runs)) {
    if (found.size >= mostRuns) break
    for (const piece of [run, trimmed(run), ...run.split(/[=:@/]+/).map(trimmed)])
      if (maybeSecret(piece)) found.add(piece)
  }
  return [...found]
}

/** No key is a plain word, and most of a text is nothing else. */
const maybeSecret = (piece: string) => piece.length >= 8 && /[\d_-]|[a-z][A-Z]/.test(piece)

const trimmed = (run: string) => run.replaceAll(/^[.~+/=:@-]+|[.~+/=:@-]+$/g, '')
