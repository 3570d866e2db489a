/** A provider that echoes the key does not get it past here, wherever the chunks are cut. Lengths stay as they are. */
export interface SecretEraser {
  /** The bytes that may go on; a tail that could be the beginning of the secret waits for the next call. */
  push(chunk: Buffer): Buffer
  /** What was still waiting. */
  end(): Buffer
}

/** What does not come back from a provider: a key, or a key and what is sent beside it. */
export type Erased = string | readonly string[]

/** Nothing is made for the many requests that are sent a key and nothing else. */
export const erasedOf = (secret: string, extra: { readonly secrets: readonly string[] } | null): Erased =>
  extra === null ? secret : [secret, ...extra.secrets]

export const someOf = (erased: Erased, test: (secret: string) => boolean): boolean =>
  typeof erased === 'string' ? test(erased) : erased.some(test)

export const eachOf = (erased: Erased): readonly string[] => (typeof erased === 'string' ? [erased] : erased)

/** Shorter ones (`EMPTY`, `ollama`) are words that answers may contain. */
const shortestErased = 8
const star = 0x2a

export function createSecretEraser(erased: Erased): SecretEraser {
  return typeof erased === 'string' ? eraserOf(erased) : inTurn(erased.map(eraserOf))
}

/** What the first lets go the next one sees. */
function inTurn(erasers: readonly SecretEraser[]): SecretEraser {
  return {
    push: (chunk) => erasers.reduce((bytes, eraser) => eraser.push(bytes), chunk),
    end: () =>
      erasers.reduce<Buffer>((bytes, eraser) => Buffer.concat([eraser.push(bytes), eraser.end()]), Buffer.alloc(0)),
  }
}

function eraserOf(secret: string): SecretEraser {
  const needle = Buffer.from(secret, 'latin1')
  let tail: Buffer = Buffer.alloc(0)

  function push(chunk: Buffer) {
    const bytes = erase(tail.length > 0 ? Buffer.concat([tail, chunk]) : chunk, needle)
    const keep = tailLength(bytes, needle)
    tail = bytes.subarray(bytes.length - keep)
    return keep > 0 ? bytes.subarray(0, bytes.length - keep) : bytes
  }

  if (needle.length < shortestErased) return { push: (chunk) => chunk, end: () => Buffer.alloc(0) }
  return {
    push,
    end() {
      const last = tail
      tail = Buffer.alloc(0)
      return last
    },
  }
}

export function eraseSecret(bytes: Buffer, erased: Erased): Buffer {
  return typeof erased === 'string' ? withoutOne(bytes, erased) : erased.reduce(withoutOne, bytes)
}

function withoutOne(bytes: Buffer, secret: string): Buffer {
  const isClean = secret.length < shortestErased || !bytes.includes(secret, 0, 'latin1')
  return isClean ? bytes : erase(bytes, Buffer.from(secret, 'latin1'))
}

function erase(bytes: Buffer, needle: Buffer) {
  let at = bytes.indexOf(needle)
  if (at < 0) return bytes
  const clean = Buffer.from(bytes)
  while (at >= 0) {
    clean.fill(star, at, at + needle.length)
    at = clean.indexOf(needle, at + needle.length)
  }
  return clean
}

/** How many bytes at the end are also the beginning of the needle. */
function tailLength(bytes: Buffer, needle: Buffer) {
  const first = needle[0] ?? 0
  let at = bytes.indexOf(first, Math.max(0, bytes.length - needle.length + 1))
  while (at >= 0) {
    if (bytes.compare(needle, 0, bytes.length - at, at) === 0) return bytes.length - at
    at = bytes.indexOf(first, at + 1)
  }
  return 0
}
