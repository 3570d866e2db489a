import type { RecordedText } from '../../../shared/activity.ts'
import { redact } from '../../rotation/classification/provider-message.ts'

export const mostCharacters = 65_536
/** Redacted a little further than it is kept, so that no key is cut in two at the end. */
const readCharacters = mostCharacters + 4_096
/** Pictures and files in a text, and nothing that a person wrote. */
const data = /[\w+/=-]{400,}/g

/** A text as it is kept: without these secrets and anything that has the shape of a key, without data, and not longer than a limit. */
export function keptText(text: string, secrets: readonly string[]): RecordedText {
  const short = text.replace(data, ({ length }) => `[${length} characters]`)
  const clean = redact(short.slice(0, readCharacters), secrets)
  const isCut = short.length > readCharacters || clean.length > mostCharacters
  return { text: clean.slice(0, mostCharacters).toWellFormed(), cut: isCut }
}
