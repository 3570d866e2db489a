import type { RaceCall } from '../../../../shared/key-race.ts'
import { failureSentence, oneLine, outcomeSentence, type FailureText } from '../../../app/failure-message.ts'

const shownOfEach = 12

export interface ToldFailure {
  text: string
  /** The first of the calls that failed so. */
  shown: RaceCall[]
  /** How many more there are. */
  more: number
}

/** What is said of a call that failed; empty where nothing is known of it. */
export function failureText({ failure, outcome, keyLabel }: RaceCall, t: FailureText): string {
  const sentence =
    outcome && outcome.kind !== 'served'
      ? outcomeSentence(outcome, keyLabel, failure?.host ?? null, t)
      : failure && failureSentence(failure, t)
  return sentence ? oneLine(sentence, t) : ''
}

/** Each thing that is said once, in the order in which it first came up, with the calls that it is said of. */
export function groupFailures(calls: readonly RaceCall[], textOf: (call: RaceCall) => string): ToldFailure[] {
  return [...Map.groupBy(calls, textOf)].map(([text, alike]) => ({
    text,
    shown: alike.slice(0, shownOfEach),
    more: Math.max(0, alike.length - shownOfEach),
  }))
}
