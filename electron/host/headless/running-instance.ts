import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import * as z from 'zod'
import { WebSocket } from 'ws'
import type { contract } from '../../../shared/contract.ts'
import { askForLink, type Instance } from '../browser/instance-file.ts'
import type { Calls } from './calls.ts'

export interface Connection {
  readonly calls: Calls
  close: () => Promise<void>
}

const Session = z.object({ token: z.string() })

/**
 * Calls the application that runs with this data folder, as a page of its would: its file, which only its owner can
 * read, leads to a one-time code, the code to a session. What an interface guards, it guards from this, too.
 */
export async function connectTo(instance: Instance): Promise<Connection | null> {
  const link = await askForLink(instance)
  if (link === null) return null
  const { origin } = instance
  const answer = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ code: new URL(link).hash.replace('#code=', '') }),
  })
  if (!answer.ok) return null
  const { token } = Session.parse(await answer.json())
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, ['keywheel', token], { headers: { origin } })
  await opened(socket)
  const calls: ContractRouterClient<typeof contract> = createORPCClient(
    new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }),
  )
  return {
    calls,
    async close() {
      socket.close()
      await fetch(`${origin}/session`, { method: 'DELETE', headers: { origin, authorization: `Bearer ${token}` } })
    },
  }
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve())
    socket.once('error', reject)
  })
}
