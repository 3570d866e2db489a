import { isFreeHeaderName, isPublicHeader } from '../../shared/model-headers.ts'

/** What a model's provider is sent beside the key, made once for many requests. */
export interface ExtraHeaders {
  readonly fields: Readonly<Record<string, string>>
  /** What of it does not come back in an answer, in each form in which an answer may hold it. */
  readonly secrets: readonly string[]
}

export const noExtraHeaders: ExtraHeaders = { fields: {}, secrets: [] }

/** A name that a request has of its own is left out, wherever it may come from. */
export function extraHeaders(list: readonly { name: string; value: string }[]): ExtraHeaders {
  const free = list.filter(({ name }) => isFreeHeaderName(name))
  return {
    fields: Object.fromEntries(free.map(({ name, value }) => [name.toLowerCase(), value])),
    secrets: free.flatMap(({ name, value }) => (isPublicHeader(name) ? [] : formsOf(value))),
  }
}

/** As it was sent, and as JSON and UTF-8 write it. */
function formsOf(value: string): string[] {
  const inJson = JSON.stringify(value).slice(1, -1)
  const forms = [value, inJson].flatMap((text) => [text, Buffer.from(text, 'utf8').toString('latin1')])
  return [...new Set(forms)]
}
