const hourMs = 3_600_000

export const inAnHour = (nowMs: number): number => nowMs + hourMs

/** The next midnight where the person is. */
export const tomorrow = (nowMs: number): number => new Date(nowMs).setHours(24, 0, 0, 0)

const twoDigits = (value: number) => String(value).padStart(2, '0')

/** As the field for a day and a time holds it, where the person is: `2026-11-24T18:30`. */
export function fieldOf(atMs: number): string {
  const date = new Date(atMs)
  const day = `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`
  return `${day}T${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`
}

/** The moment that the field names, or null when it names none that is still to come. */
export function laterMoment(field: string, nowMs: number): number | null {
  const atMs = /^\d{4,}-\d{2}-\d{2}T\d{2}:\d{2}/.test(field) ? new Date(field).getTime() : Number.NaN
  return atMs > nowMs ? atMs : null
}
