// Headers that a model's provider wants beside the key. Their values may be secrets, so that the page sees them masked.
import * as z from 'zod'
import { maxHeaders } from './header-limits.ts'
import { HeaderId } from './identity.ts'

/** What shows a key, or a session. A key belongs into the list of keys, where it is tested, rotated and paused. */
const keyNames: ReadonlySet<string> = new Set([
  'authorization',
  'x-api-key',
  'api-key',
  'x-goog-api-key',
  'cookie',
  'cookie2',
  'set-cookie',
])

/** Set with every request, or about one connection only: another value would be taken for a part of the request. */
const ownNames: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])
const ownPrefixes = ['proxy-', 'sec-', 'x-keywheel-']

/** Says who calls, to anybody: an answer may contain it. */
const publicNames: ReadonlySet<string> = new Set([
  'http-referer',
  'referer',
  'user-agent',
  'x-title',
  'x-openrouter-title',
  'x-openrouter-categories',
])

const carriesKey = (name: string) => keyNames.has(name.toLowerCase())

const isOurs = (name: string) => {
  const lower = name.toLowerCase()
  return ownNames.has(lower) || ownPrefixes.some((prefix) => lower.startsWith(prefix))
}

/** Whether a header of a model may have this name at all. */
export const isFreeHeaderName = (name: string): boolean => !carriesKey(name) && !isOurs(name)

/** Whether what a header of this name holds is left in a provider's answer. */
export const isPublicHeader = (name: string): boolean => publicNames.has(name.toLowerCase())

/** A token of RFC 9110 §5.6.2. */
const token = /^[\w!#$%&'*+.^`|~-]+$/
/** RFC 9110 §5.5 without line breaks and controls; Latin-1 is what goes over the wire as it is. */
const fieldValue = /^[\t\u0020-\u007e\u0080-\u00ff]*$/
/** A line break at the end is refused with all others, and not trimmed away. */
const outerSpace = /^[ \t]+|[ \t]+$/g

export const HeaderName = z
  .string()
  .trim()
  .min(1, 'header_name_empty')
  .max(128, 'header_name_too_long')
  .regex(token, 'header_name_characters')
  .refine((name) => !carriesKey(name), 'header_name_key')
  .refine((name) => !isOurs(name), 'header_name_reserved')

export const HeaderValue = z
  .string()
  .transform((value) => value.replaceAll(outerSpace, ''))
  .pipe(
    z
      .string()
      .min(1, 'header_value_empty')
      .max(4096, 'header_value_too_long')
      .regex(fieldValue, 'header_value_characters'),
  )

/** A header as the page may know it. */
export const HeaderView = z.object({
  id: HeaderId,
  name: z.string(),
  /** The last four characters of its value, or empty when that is shorter than 20. */
  lastFour: z.string().max(4),
})
export type HeaderView = z.infer<typeof HeaderView>

/** One row: a new one has no id; a value that is left out stays as it is. */
const HeaderRow = z.object({ id: HeaderId.nullable(), name: HeaderName, value: HeaderValue.optional() })
export type HeaderRow = z.infer<typeof HeaderRow>

/** All headers that a model is to have, in their order. */
export const HeaderRows = z
  .array(HeaderRow)
  .max(maxHeaders, 'headers_limit')
  .superRefine((rows, context) => {
    const seen = new Set<string>()
    for (const [place, { id, name, value }] of rows.entries()) {
      const lower = name.toLowerCase()
      const say = (field: 'name' | 'value', message: string) =>
        context.addIssue({ code: 'custom', path: [place, field], message })
      if (seen.has(lower)) say('name', 'header_name_twice')
      if (id === null && value === undefined) say('value', 'header_value_empty')
      seen.add(lower)
    }
  })
