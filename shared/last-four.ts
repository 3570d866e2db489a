/** All that is ever shown of a secret: its last four characters, and nothing at all of one under 20. */
export function lastFourOf(secret: string): string {
  return secret.length < 20 ? '' : secret.slice(-4)
}
