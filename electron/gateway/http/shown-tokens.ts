// A connection that has shown a client's token need not prove it again with every request, as long as nothing about the
// clients has changed. What it showed is kept with the connection, and compared with what the same connection shows now.
import type { Socket } from 'node:net'
import type { StoredClient } from '../../models/stored-client.ts'
import type { Clients } from '../clients/clients.ts'
import { presentedToken } from './access.ts'
import type { Arrival } from './arrival.ts'

interface Shown {
  authorization: string | null
  apiKey: string | null
  client: StoredClient
  revision: number
}

/** Whose token a request shows; to look one up by its digest costs as much as to read the rest of the head. */
export function createShownTokens({ find, revision }: Pick<Clients, 'find' | 'revision'>) {
  const shown = new WeakMap<Socket, Shown>()
  return (socket: Socket, arrival: Arrival): StoredClient | undefined => {
    const { authorization, apiKey } = arrival
    const before = shown.get(socket)
    if (before?.authorization === authorization && before.apiKey === apiKey && before.revision === revision())
      return before.client
    const token = presentedToken(arrival)
    const client = token === null ? undefined : find(token)
    if (client) shown.set(socket, { authorization, apiKey, client, revision: revision() })
    return client
  }
}
