const perDollar = 1_000_000
const price = /^(?<dollars>\d{1,7})(?:\.(?<part>\d{1,6}))?$/
const mostMicros = 1_000_000 * perDollar

/** What a person typed, in millionths of a dollar: exactly, or null. */
export function readPrice(text: string): number | null {
  const found = price.exec(text.trim())?.groups
  if (!found) return null
  const micros = Number(found['dollars']) * perDollar + Number((found['part'] ?? '').padEnd(6, '0'))
  return micros <= mostMicros ? micros : null
}

/** The same in a field: `2.5`, `0.075`. */
export function priceText(micros: number): string {
  const part = String(micros % perDollar)
    .padStart(6, '0')
    .replace(/0+$/, '')
  const dollars = String(Math.floor(micros / perDollar))
  return part === '' ? dollars : `${dollars}.${part}`
}
