import type { Strategy } from '../../../shared/model.ts'
import { InvalidPoolError } from '../key-spec.ts'
import type { KeyTable } from '../key-table.ts'
import { ByConversation, hash32 } from './by-conversation.ts'
import { ByWeight } from './by-weight.ts'
import { InOrder } from './in-order.ts'
import { InTurn } from './in-turn.ts'
import type { Order, Rule } from './order.ts'
import { Ranked } from './ranked.ts'

/** The one place that knows all strategies. `headroom` is asked for the key's headroom as of now. */
export function createOrder(strategy: Strategy, table: KeyTable, headroom: (slot: number) => number): Order {
  const ranked = (rule: Rule, perLease: number, rank: (slot: number) => number) =>
    new Ranked(table.size, { rule, perLease, rank, turn: (slot) => table.lastTurn[slot]! })
  switch (strategy) {
    case 'round-robin':
      return new InTurn(table.size)
    case 'weighted':
      return new ByWeight(table.size, (slot) => table.keys[slot]!.weight)
    case 'least-in-flight':
      return ranked('fewest-in-flight', 1, (slot) => table.inFlight[slot]!)
    case 'least-recently-used':
      return ranked('least-recently-used', 0, () => 0)
    case 'ordered':
      return new InOrder(table.size)
    case 'most-headroom':
      return ranked('most-headroom', 1, (slot) => -headroom(slot))
    case 'sticky':
      return byConversation(table)
    default:
      // A program without types may name one that there is not.
      strategy satisfies never
      throw new InvalidPoolError('bad-strategy', -1)
  }
}

function byConversation(table: KeyTable): Order {
  return new ByConversation(table.size, (slot) => {
    const { fingerprint } = table.keys[slot]!
    return [hash32(fingerprint, 0), hash32(fingerprint, 0x5bd1e995)]
  })
}
