type Json = Readonly<Record<string, unknown>>

const maxCharacters = 256

/** The id of an object of the Responses API; undefined when it is none. */
export function responseIdOf({ object, id }: Json): string | undefined {
  return object === 'response' && typeof id === 'string' && id.length <= maxCharacters ? id : undefined
}
