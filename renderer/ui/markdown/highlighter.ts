/** For each line its pieces, as pairs of a length and a style's number; null where a language is unknown or too long. */
export type Highlighted = readonly (readonly number[])[] | null

/** The styles by their numbers; 0 is plain. */
export const styleNames = [
  'plain',
  'keyword',
  'string',
  'comment',
  'function',
  'constant',
  'parameter',
  'punctuation',
  'inserted',
  'deleted',
] as const

export interface HighlightRequest {
  id: number
  language: string
  code: string
}
export interface HighlightReply {
  id: number
  lines: Highlighted
}

/** What is used of a Worker. */
export interface HighlightWorker {
  postMessage: (request: HighlightRequest) => void
  addEventListener: {
    (kind: 'message', listen: (event: { data: HighlightReply }) => void): void
    (kind: 'error', listen: () => void): void
  }
}

const longestCode = 60_000
const longestLine = 2_000
const remembered = 200

/** Colours are found in a thread of their own, started at the first code block; without one code stays plain. */
export function createHighlighter(spawn: () => HighlightWorker) {
  const known = new Map<string, Promise<Highlighted>>()
  const waiting = new Map<number, (lines: Highlighted) => void>()
  let worker: HighlightWorker | null = null
  let lastId = 0
  let isBroken = false

  const answer = (id: number, lines: Highlighted) => {
    waiting.get(id)?.(lines)
    waiting.delete(id)
  }
  const giveUp = () => {
    isBroken = true
    for (const id of waiting.keys()) answer(id, null)
  }
  const start = () => {
    const started = spawn()
    started.addEventListener('message', ({ data }) => answer(data.id, data.lines))
    started.addEventListener('error', giveUp)
    return started
  }
  const ask = (language: string, code: string): Promise<Highlighted> => {
    if (isBroken || !isHighlightable(code)) return Promise.resolve(null)
    return new Promise((resolve) => {
      lastId += 1
      waiting.set(lastId, resolve)
      try {
        worker ??= start()
        // A thread has no other origin to name.
        // oxlint-disable-next-line unicorn/require-post-message-target-origin
        worker.postMessage({ id: lastId, language, code })
      } catch {
        // No thread is to be had here.
        giveUp()
      }
    })
  }

  return {
    highlight: (language: string, code: string): Promise<Highlighted> => {
      if (language === '') return Promise.resolve(null)
      const name = `${language}\n${code}`
      const found = known.get(name) ?? ask(language, code)
      known.delete(name)
      known.set(name, found)
      const oldest = known.keys().next().value
      if (known.size > remembered && oldest !== undefined) known.delete(oldest)
      return found
    },
  }
}

export type Highlighter = ReturnType<typeof createHighlighter>

function isHighlightable(code: string): boolean {
  return code.length <= longestCode && code.split('\n').every((line) => line.length <= longestLine)
}
