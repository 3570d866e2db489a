const unitMs = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const

/** Reads OpenAI's durations (`1m30s`, `6ms`, `7m12.5s`) and protobuf's (`28.5s`); null for anything else. */
export function parseDurationMs(text: string): number | null {
  const whole = /^(?:\d+(?:\.\d+)?(?:ms|[dhms]))+$/.exec(text.trim())
  if (!whole) return null
  let totalMs = 0
  for (const [, amount, unit] of whole[0].matchAll(/(\d+(?:\.\d+)?)(ms|[dhms])/g)) {
    totalMs += Number(amount) * unitMs[unit as keyof typeof unitMs]
  }
  return Number.isFinite(totalMs) ? Math.ceil(totalMs) : null
}

/** A non-negative decimal number and nothing else; null otherwise. */
export function parseDecimal(text: string | undefined): number | null {
  const trimmed = text?.trim() ?? ''
  return /^\d{1,15}(\.\d{1,9})?$/.test(trimmed) ? Number(trimmed) : null
}
