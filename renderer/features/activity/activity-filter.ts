/** What a person chose to see, as the journal is asked for it. */
import type { RequestFilter } from '../../../shared/activity.ts'
import type { KeyId, ModelId } from '../../../shared/identity.ts'
import type { OutcomeKind } from '../../../shared/outcome.ts'

export interface ActivityFilter {
  result: RequestFilter['result']
  outcome: OutcomeKind | null
  keyId: KeyId | null
  client: string | null
  text: string
}

export const everyRequest: ActivityFilter = { result: null, outcome: null, keyId: null, client: null, text: '' }

/** Written here, because a schema at run time would be code made from a string. */
export const resultChoices = [
  'served',
  'rotated',
  'failed',
  'cancelled',
  'open',
] as const satisfies readonly RequestFilter['result'][]

const mostText = 200

/** Of all time; the range of time moves on by itself. */
export const requestFilter = (filter: ActivityFilter, modelId: ModelId | null): RequestFilter => ({
  ...filter,
  modelId,
  fromMs: null,
  toMs: null,
  text: filter.text.trim().slice(0, mostText),
})

export const asksForSomething = (filter: ActivityFilter): boolean =>
  Object.values({ ...filter, text: filter.text.trim() }).some((value) => value !== null && value !== '')
