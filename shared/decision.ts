import * as z from 'zod'
import { exclusions, rules } from './decision-terms.ts'
import { AtMs, KeyId } from './identity.ts'
import { Strategy } from './model.ts'

const Reason = z.enum(exclusions)

/** Why one key was leased and the others were not. Ids and labels only, so it may be shown and kept. */
export const DecisionView = z.object({
  atMs: AtMs,
  keyId: KeyId,
  strategy: Strategy,
  rule: z.enum(rules),
  /** Keys that could have been chosen, the chosen one included. */
  usable: z.number().int(),
  /** Keys this request had tried before. */
  tried: z.number().int(),
  excluded: z.record(Reason, z.number().int()),
  /** At most ten keys that time brings back soonest; `backAtMs` less `atMs` is the time a key had left. */
  nearest: z.array(z.object({ keyId: KeyId, label: z.string(), reason: Reason, backAtMs: AtMs })),
})
export type DecisionView = z.infer<typeof DecisionView>
