/** Why keys were not candidates. A list without a schema: the rotation is a library too, and needs nothing to run. */
export const exclusions = [
  'paused',
  'expired',
  'rejected',
  'exhausted',
  'not-allowed',
  'cooling',
  'probing',
  'at-limit',
  'at-concurrency',
] as const
export type Exclusion = (typeof exclusions)[number]

/** Why one key was chosen among those that could be. */
export const rules = [
  'next-in-turn',
  'next-after-failure',
  'smooth-weight',
  'reserve',
  'fewest-in-flight',
  'least-recently-used',
  'first-in-order',
  'most-headroom',
  'conversation',
  'pinned',
  'same-key-again',
  'manual-test',
  'host-probe',
] as const
export type Rule = (typeof rules)[number]
