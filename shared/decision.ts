import * as z from 'zod'
import { AtMs, KeyId } from './identity.ts'
import { Strategy } from './model.ts'

/** Why keys were not candidates. */
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
export const Exclusion = z.enum(exclusions)
export type Exclusion = z.infer<typeof Exclusion>

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
export const Rule = z.enum(rules)
export type Rule = z.infer<typeof Rule>

/** Why one key was leased and the others were not. Ids and labels only, so it may be shown and kept. */
export const DecisionView = z.object({
  atMs: AtMs,
  keyId: KeyId,
  strategy: Strategy,
  rule: Rule,
  /** Keys that could have been chosen, the chosen one included. */
  usable: z.number().int(),
  /** Keys this request had tried before. */
  tried: z.number().int(),
  excluded: z.record(Exclusion, z.number().int()),
  /** At most ten keys that time brings back soonest; `backAtMs` less `atMs` is the time a key had left. */
  nearest: z.array(z.object({ keyId: KeyId, label: z.string(), reason: Exclusion, backAtMs: AtMs })),
})
export type DecisionView = z.infer<typeof DecisionView>
