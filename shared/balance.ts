import * as z from 'zod'
import { OutcomeView } from './outcome.ts'

/** What is left on a key's account, as its provider says. */
export const Balance = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('known'),
    /** One a currency; empty where the key has no limit of its own. */
    left: z.array(z.object({ amount: z.number(), currency: z.string().max(8) })),
    /** Spent with this key so far, where the provider says. */
    used: z.object({ amount: z.number(), currency: z.string().max(8) }).nullable(),
    /** False when the provider says that it is not enough for a request. */
    enough: z.boolean().nullable(),
  }),
  /** The provider has nothing to ask. */
  z.object({ kind: z.literal('not-offered') }),
  z.object({ kind: z.literal('failed'), outcome: OutcomeView }),
  /** It answered in another form than it is known for. */
  z.object({ kind: z.literal('not-understood') }),
])
export type Balance = z.infer<typeof Balance>
