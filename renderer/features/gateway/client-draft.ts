import type { ClientView, NewClient } from '../../../shared/gateway.ts'
import type { ModelId } from '../../../shared/identity.ts'

/** A client's fields as they stand in the form: text, also where there is a number or no limit. */
export interface ClientDraft {
  name: string
  /** Whether it may use every model, also those that are added later. */
  everyModel: boolean
  models: readonly ModelId[]
  requestsPerMinute: string
  tokensPerDay: string
}

export const emptyClient: ClientDraft = {
  name: '',
  everyModel: true,
  models: [],
  requestsPerMinute: '',
  tokensPerDay: '',
}

const asText = (limit: number | null) => (limit === null ? '' : String(limit))

export const clientDraftOf = (client: NewClient): ClientDraft => ({
  name: client.name,
  everyModel: client.allowedModels === null,
  models: client.allowedModels ?? [],
  requestsPerMinute: asText(client.requestsPerMinute),
  tokensPerDay: asText(client.tokensPerDay),
})

export const maxRequestsPerMinute = 1_000_000
export const maxTokensPerDay = 1_000_000_000_000

export type DraftField = 'allowedModels' | 'requestsPerMinute' | 'tokensPerDay'
export type DraftFault = 'no_model' | 'limit'

const isLimit = (text: string, max: number) =>
  text.trim() === '' || (/^\d{1,15}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= max)

/** What the form itself can say; the rest is for main. */
export function draftFaults(draft: ClientDraft): Partial<Record<DraftField, DraftFault>> {
  return {
    ...(draft.everyModel || draft.models.length > 0 ? {} : { allowedModels: 'no_model' }),
    ...(isLimit(draft.requestsPerMinute, maxRequestsPerMinute) ? {} : { requestsPerMinute: 'limit' }),
    ...(isLimit(draft.tokensPerDay, maxTokensPerDay) ? {} : { tokensPerDay: 'limit' }),
  }
}

const asLimit = (text: string) => (text.trim() === '' ? null : Number(text))

export const newClientOf = (draft: ClientDraft): NewClient => ({
  name: draft.name,
  allowedModels: draft.everyModel ? null : [...draft.models],
  requestsPerMinute: asLimit(draft.requestsPerMinute),
  tokensPerDay: asLimit(draft.tokensPerDay),
})

/** Whether saving would change anything. */
export function differs(draft: ClientDraft, client: NewClient): boolean {
  const before = clientDraftOf(client)
  const fields = ['name', 'everyModel', 'requestsPerMinute', 'tokensPerDay'] as const
  return (
    fields.some((field) => draft[field] !== before[field]) ||
    (!draft.everyModel && draft.models.toSorted().join() !== before.models.toSorted().join())
  )
}

/** The models of a client by name; one that was deleted has none, and is counted. */
export function allowedNames(
  client: Pick<ClientView, 'allowedModels'>,
  models: readonly { id: ModelId; name: string }[],
): { names: string[]; gone: number } | null {
  if (client.allowedModels === null) return null
  const names = client.allowedModels.flatMap((id) => models.find((model) => model.id === id)?.name ?? [])
  return { names, gone: client.allowedModels.length - names.length }
}
