import type { Cost } from '../../shared/chat.ts'
import type { ModelId } from '../../shared/identity.ts'
import type { Usage } from '../../shared/request.ts'
import type { PriceSource } from '../journal/batch.ts'
import type { Journal } from '../journal/journal.ts'

export interface AnswerCostDeps {
  sourceOf: (modelId: ModelId) => PriceSource | null
  /** Prices have one home: the journal's thread. */
  journal: Pick<Journal, 'ask'>
  wallMs: () => number
}

const perMillion = 1_000_000

/** What an answer cost, by the price that the journal would book it at; never a reason for an answer to fail. */
export function createAnswerCost({ sourceOf, journal, wallMs }: AnswerCostDeps) {
  return async ({ modelId, usage }: { modelId: ModelId; usage: Usage }): Promise<Cost | null> => {
    const source = sourceOf(modelId)
    if (!source) return null
    try {
      const [applied] = await journal.ask('prices', { sources: [source], wallMs: wallMs() })
      if (!applied?.price) return null
      const { promptMicros, completionMicros } = applied.price
      const micros = (usage.promptTokens * promptMicros + usage.completionTokens * completionMicros) / perMillion
      return { micros: Math.round(micros), estimated: applied.varies || usage.estimated === true }
    } catch {
      // The journal is closing or cannot be read: the answer stands, and its cost is not known.
      return null
    }
  }
}
