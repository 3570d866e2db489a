import type { GatewayHttp } from '../gateway/http/gateway-http.ts'
import type { Implementer } from './implementer.ts'

export interface GatewayServices {
  gatewayHttp: Pick<GatewayHttp, 'switch' | 'clients'>
}

export function gatewayProcedures(os: Implementer, { gatewayHttp }: GatewayServices) {
  const { clients } = gatewayHttp
  return {
    gateway: {
      status: os.gateway.status.handler(() => gatewayHttp.switch.status()),
      switch: os.gateway.switch.handler(({ input }) => gatewayHttp.switch.set(input)),
      clients: os.gateway.clients.handler(() => clients.list()),
      addClient: os.gateway.addClient.handler(({ input }) => clients.mint(input)),
      editClient: os.gateway.editClient.handler(({ input }) => clients.edit(input.id, input.edit)),
      rotateClient: os.gateway.rotateClient.handler(({ input }) => clients.rotate(input.id)),
      revokeClient: os.gateway.revokeClient.handler(({ input }) => clients.revoke(input.id)),
    },
  }
}
