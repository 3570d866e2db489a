import type { HeaderId, ModelId } from '../../shared/identity.ts'
import type { StoredHeader } from '../models/stored-model.ts'
import { extraHeaders, type ExtraHeaders } from '../upstream/extra-headers.ts'
import type { ServedModel } from './served-model.ts'

/** Undefined while they cannot be had. */
export type ExtraHeadersOf = (model: Pick<ServedModel, 'id' | 'headers'>) => ExtraHeaders | undefined

/** As an attempt asks for them; nothing at all for the many models that have none. */
export const extraHeadersFor = (
  { extraHeadersOf }: { extraHeadersOf: ExtraHeadersOf },
  model: Pick<ServedModel, 'id' | 'headers'>,
): (() => ExtraHeaders | undefined) | undefined =>
  model.headers.length === 0 ? undefined : () => extraHeadersOf(model)

/** All headers of a model, opened, or nothing: a provider is not asked with a part of them. */
export function openExtraHeaders(
  valueOf: (model: ModelId, header: HeaderId) => string | undefined,
): (model: ModelId, headers: readonly StoredHeader[]) => ExtraHeaders | undefined {
  return (model, headers) => {
    const opened: { name: string; value: string }[] = []
    for (const { id, name } of headers) {
      const value = valueOf(model, id)
      if (value === undefined) return undefined
      opened.push({ name, value })
    }
    return extraHeaders(opened)
  }
}
