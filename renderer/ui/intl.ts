/** A formatter takes longer to build than to format ten thousand times with, so that each is built once. */
function cached<O, F>(build: (language: string, options: O) => F): (language: string, options: O) => F {
  const built = new Map<string, F>()
  return (language, options) => {
    const name = language + JSON.stringify(options)
    const known = built.get(name)
    if (known !== undefined) return known
    const fresh = build(language, options)
    built.set(name, fresh)
    return fresh
  }
}

export const numberFormat = cached(
  (language, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, options),
)

export const relativeTimeFormat = cached(
  (language, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(language, options),
)

export const dateTimeFormat = cached(
  (language, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options),
)

export const listFormat = cached((language, options: Intl.ListFormatOptions) => new Intl.ListFormat(language, options))
