import type { Network } from '../network/network.ts'
import type { Implementer } from './implementer.ts'

export interface NetworkServices {
  network: Pick<Network, 'status' | 'set' | 'test'>
}

export function networkProcedures(os: Implementer, { network }: NetworkServices) {
  return {
    network: {
      status: os.network.status.handler(() => network.status()),
      set: os.network.set.handler(({ input }) => network.set(input)),
      test: os.network.test.handler(() => network.test()),
    },
  }
}
