/** A label for many keys: `#` stands for the number, and a longer run of them for one with leading zeros. */
export function labelsFrom(pattern: string, count: number, first = 1): string[] {
  const text = pattern.trim()
  const numbered = text.includes('#') || count === 1 ? text : `${text}-#`
  return Array.from({ length: count }, (_, index) =>
    numbered.replace(/#+/, (run) => String(first + index).padStart(run.length, '0')),
  )
}
