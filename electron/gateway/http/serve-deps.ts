import type { FailureThrottle } from '../../loopback/failure-throttle.ts'
import type { GatewayAnswer } from '../answer.ts'
import type { ClientLimits } from '../clients/client-limits.ts'
import type { ClientUsage } from '../clients/client-usage.ts'
import type { Clients } from '../clients/clients.ts'
import type { Gateway } from '../gateway.ts'
import type { BodyBudget } from './body-budget.ts'
import type { GatewayHttpLimits } from './limits.ts'
import type { Slots } from './slots.ts'
import type { AtTurnEnd } from './turn-end.ts'
import type { UnderWay } from './under-way.ts'

/** What a request on a socket is served with. */
export interface ServeDeps {
  gateway: Gateway
  clients: Pick<Clients, 'find' | 'revision' | 'areKnown'>
  usage: Pick<ClientUsage, 'begin'>
  clientLimits: ClientLimits
  slots: Slots
  bodies: BodyBudget
  throttle: FailureThrottle
  metrics: () => Promise<GatewayAnswer>
  underWay: Pick<UnderWay, 'add' | 'delete'>
  limits: GatewayHttpLimits
  atTurnEnd: AtTurnEnd
  reportBug: (error: unknown) => void
}
