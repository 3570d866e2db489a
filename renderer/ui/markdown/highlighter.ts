import { createWorkerCalls, type CallWorker } from '../worker-calls.ts'

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

export interface CodeToHighlight {
  language: string
  code: string
}
export type HighlightWorker = CallWorker<CodeToHighlight, Highlighted>

const longestCode = 60_000
const longestLine = 2_000
const remembered = 200

/** Colours are found in a thread of their own, started at the first code block; without one code stays plain. */
export function createHighlighter(spawn: () => HighlightWorker) {
  const ask = createWorkerCalls(spawn)
  const known = new Map<string, Promise<Highlighted>>()

  return {
    highlight: (language: string, code: string): Promise<Highlighted> => {
      if (language === '' || !isHighlightable(code)) return Promise.resolve(null)
      const name = `${language}\n${code}`
      const found = known.get(name) ?? ask({ language, code })
      known.delete(name)
      known.set(name, found)
      const oldest = known.keys().next().value
      if (known.size > remembered && oldest !== undefined) known.delete(oldest)
      return found
    },
  }
}

function isHighlightable(code: string): boolean {
  return code.length <= longestCode && code.split('\n').every((line) => line.length <= longestLine)
}
