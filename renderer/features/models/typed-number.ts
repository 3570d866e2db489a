/**
 * The number in a text, and NaN for every text without one: main refuses that at its field. `Infinity` and `1e400` are
 * none either; they would not survive the way to main, where nothing means no limit.
 */
export function typedNumber(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(value) ? value : Number.NaN
}
