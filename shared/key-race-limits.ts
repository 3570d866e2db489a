/** How large a comparison of keys may be; its schemas are in key-race.ts. */
export const raceLimits = {
  keys: 50,
  rounds: 100,
  calls: 500,
  atOnce: 4,
  promptLength: 100_000,
  maxTokens: 4_096,
} as const
