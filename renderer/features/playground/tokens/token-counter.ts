import { estimateTokens } from '../../../../shared/estimate-tokens.ts'
import { createWorkerCalls, type CallWorker } from '../../../ui/worker-calls.ts'
import type { Counted } from './count-tokens.ts'

const remembered = 400

/** Counts texts, each one once: of a long conversation only what was typed is new. */
export function createTokenCounter(spawn: () => CallWorker<readonly string[], Counted[]>) {
  const ask = createWorkerCalls(spawn)
  const known = new Map<string, Counted>()

  const remember = (text: string, counted: Counted) => {
    known.set(text, counted)
    const oldest = known.keys().next().value
    if (known.size > remembered && oldest !== undefined) known.delete(oldest)
  }

  return {
    count: async (texts: readonly string[]): Promise<Counted> => {
      const unknown = [...new Set(texts)].filter((text) => !known.has(text))
      const counted = unknown.length === 0 ? [] : await ask(unknown)
      const found = new Map(unknown.map((text, place) => [text, counted?.[place] ?? estimated(text)]))
      if (counted) for (const [text, count] of found) remember(text, count)
      const all = texts.map((text) => found.get(text) ?? known.get(text) ?? estimated(text))
      return { tokens: all.reduce((sum, { tokens }) => sum + tokens, 0), isExact: all.every(({ isExact }) => isExact) }
    },
  }
}

const estimated = (text: string): Counted => ({ tokens: estimateTokens(text), isExact: false })
