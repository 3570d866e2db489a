import { raceLimits as limits } from '../../../../shared/key-race-limits.ts'
import type { TokenPrice } from '../../../../shared/model.ts'

/** A comparison as it is being put together; numbers are null while their fields are empty. */
export interface RaceDraft {
  keys: number
  prompt: string
  rounds: number | null
  maxTokens: number | null
}

export type RaceProblem = 'race_keys' | 'race_rounds' | 'race_calls' | 'prompt_empty' | 'tokens'

/** What keeps it from beginning, the first thing first. */
export function problemOf({ keys, prompt, rounds, maxTokens }: RaceDraft): RaceProblem | null {
  if (rounds === null || !Number.isInteger(rounds) || rounds < 1 || rounds > limits.rounds) return 'race_rounds'
  if (keys * rounds > limits.calls) return 'race_calls'
  if (maxTokens === null || maxTokens < 1 || maxTokens > limits.maxTokens) return 'tokens'
  if (prompt.trim() === '') return 'prompt_empty'
  return keys < 1 || keys > limits.keys ? 'race_keys' : null
}

/** At most, in millionths of a dollar: every answer as long as it may be. Null where no price is known. */
export function costOf(draft: RaceDraft, price: TokenPrice | null, promptTokens: number): number | null {
  if (!price) return null
  const perCall = promptTokens * price.promptMicros + (draft.maxTokens ?? 0) * price.completionMicros
  return (draft.keys * (draft.rounds ?? 0) * perCall) / 1_000_000
}
