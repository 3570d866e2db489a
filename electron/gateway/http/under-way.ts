import type { ServerResponse } from 'node:http'
import type { ClientId } from '../../../shared/gateway.ts'

/** The answers under way of every client. */
export function createUnderWay() {
  const answers = new Map<ClientId, Set<ServerResponse>>()
  return {
    add(client: ClientId, response: ServerResponse) {
      const known = answers.get(client)
      if (known) known.add(response)
      else answers.set(client, new Set([response]))
    },
    delete(client: ClientId, response: ServerResponse) {
      const known = answers.get(client)
      known?.delete(response)
      if (known?.size === 0) answers.delete(client)
    },
    /** A revoked client is given nothing more, not even the rest of an answer. */
    end(client: ClientId) {
      for (const response of answers.get(client) ?? []) response.destroy()
    },
    endAll() {
      for (const responses of answers.values()) for (const response of responses) response.destroy()
    },
  }
}
