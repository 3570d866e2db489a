/**
 * What became of one attempt; the order of the table in ARCHITECTURE.md, first match wins. A list without a schema,
 * because the page may need it at run time and may not load a library that makes code from strings.
 */
export const outcomeKinds = [
  'served',
  'cancelled',
  'address-blocked',
  'caller-fault',
  'not-allowed',
  'exhausted',
  'rate-limited',
  'upstream-failed',
  'rejected',
  'broken-stream',
] as const
